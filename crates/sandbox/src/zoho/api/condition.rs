//! Conditions on records, as a search's criteria and COQL both state them.

use crate::zoho::phones;
use crate::zoho::switches::PhoneMatch;
use crate::zoho::times;

/// A condition, or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition {
    Both(Box<Self>, Box<Self>),
    Either(Box<Self>, Box<Self>),
    Field { name: String, test: Test },
}

/// What a field must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    Equals(String),
    Differs(String),
    StartsWith(String),
    OneOf(Vec<String>),
    Between(String, String),
    /// More than, or as much as when the second is set.
    More(String, bool),
    /// Less than, or as much as when the second is set.
    Less(String, bool),
    /// `%` stands for any text.
    Like(String),
    Null,
    NotNull,
}

/// A field's value.
pub(super) struct Held {
    pub(super) text: Option<String>,
    pub(super) is_phone: bool,
}

impl Condition {
    /// Whether it holds where `read` gives a field's value.
    pub(super) fn holds(&self, manner: PhoneMatch, read: &dyn Fn(&str) -> Held) -> bool {
        match self {
            Self::Both(one, other) => one.holds(manner, read) && other.holds(manner, read),
            Self::Either(one, other) => one.holds(manner, read) || other.holds(manner, read),
            Self::Field { name, test } => {
                let held = read(name);
                match held.text.filter(|text| !text.is_empty()) {
                    Some(text) if held.is_phone => test.holds_phone(manner, &text),
                    Some(text) => test.holds(&text),
                    None => matches!(test, Test::Null | Test::Differs(_)),
                }
            }
        }
    }

    /// How many conditions there are.
    pub(super) fn count(&self) -> usize {
        match self {
            Self::Both(one, other) | Self::Either(one, other) => one.count() + other.count(),
            Self::Field { .. } => 1,
        }
    }

    /// The fields that are asked about.
    pub(super) fn fields(&self) -> Vec<&str> {
        match self {
            Self::Both(one, other) | Self::Either(one, other) => {
                [one.fields(), other.fields()].concat()
            }
            Self::Field { name, .. } => vec![name],
        }
    }
}

impl Test {
    fn holds_phone(&self, manner: PhoneMatch, held: &str) -> bool {
        let same = |asked: &String| phones::matches(manner, held, asked);
        match self {
            Self::Equals(asked) => same(asked),
            Self::Differs(asked) => !same(asked),
            Self::OneOf(asked) => asked.iter().any(same),
            other => other.holds(held),
        }
    }

    fn holds(&self, held: &str) -> bool {
        match self {
            Self::Equals(asked) => compare(held, asked).is_eq(),
            Self::Differs(asked) => compare(held, asked).is_ne(),
            Self::StartsWith(asked) => lower(held).starts_with(&lower(asked)),
            Self::OneOf(asked) => asked.iter().any(|asked| compare(held, asked).is_eq()),
            Self::Between(from, to) => compare(held, from).is_ge() && compare(held, to).is_le(),
            Self::More(asked, equal) => match compare(held, asked) {
                std::cmp::Ordering::Equal => *equal,
                order => order.is_gt(),
            },
            Self::Less(asked, equal) => match compare(held, asked) {
                std::cmp::Ordering::Equal => *equal,
                order => order.is_lt(),
            },
            Self::Like(pattern) => like(&lower(held), &lower(pattern)),
            Self::Null => false,
            Self::NotNull => true,
        }
    }
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// Times by what they mean, numbers by their size, texts whatever their case.
fn compare(held: &str, asked: &str) -> std::cmp::Ordering {
    if let (Some(held), Some(asked)) = (times::read(held), times::read(asked)) {
        return held.cmp(&asked);
    }
    if let (Ok(held), Ok(asked)) = (held.parse::<u64>(), asked.parse::<u64>()) {
        return held.cmp(&asked);
    }
    lower(held).cmp(&lower(asked))
}

fn like(held: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('%');
    let Some(mut rest) = parts.next().and_then(|first| held.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = rest.get(at + part.len()..).unwrap_or("");
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_ends_beginnings_and_middles() {
        for (held, pattern, found) in [
            ("(415) 555-0134", "%0134", true),
            ("(415) 555-0135", "%0134", false),
            ("maya", "ma%", true),
            ("maya torres", "%tor%", true),
            ("maya", "maya", true),
            ("maya2", "maya", false),
            ("0134", "%0134%0134", false),
        ] {
            assert_eq!(like(held, pattern), found, "{held} {pattern}");
        }
    }

    #[test]
    fn times_are_compared_by_what_they_mean() {
        let test = Test::Between(
            "2026-05-14T08:00:00Z".to_owned(),
            "2026-05-14T09:00:00+00:00".to_owned(),
        );
        assert!(test.holds("2026-05-14T10:30:00+02:00"));
        assert!(!test.holds("2026-05-14T10:30:00+00:00"));
    }
}
