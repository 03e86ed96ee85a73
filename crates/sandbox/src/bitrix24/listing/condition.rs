//! One condition of a filter: `>=DATE_MODIFY`, `@ID`, `%TITLE`.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::bitrix24::asked::Param;
use crate::bitrix24::records::{Holds, moment};

/// How a condition compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    In,
    NotIn,
    /// Contains.
    Part,
    NotPart,
    /// A pattern with `%` for any text.
    Like,
    NotLike,
}

/// Longer prefixes first: `!=%` begins like `!`.
const PREFIXES: [(&str, Match); 15] = [
    ("!=%", Match::NotLike),
    ("!%=", Match::NotLike),
    (">=", Match::GreaterOrEqual),
    ("<=", Match::LessOrEqual),
    ("=%", Match::Like),
    ("%=", Match::Like),
    ("!%", Match::NotPart),
    ("!@", Match::NotIn),
    ("!=", Match::NotEqual),
    (">", Match::Greater),
    ("<", Match::Less),
    ("@", Match::In),
    ("%", Match::Part),
    ("!", Match::NotEqual),
    ("=", Match::Equal),
];

/// A field's name without its prefix.
pub(crate) fn split(key: &str) -> (Match, &str) {
    PREFIXES
        .into_iter()
        .find_map(|(prefix, how)| key.strip_prefix(prefix).map(|field| (how, field)))
        .unwrap_or((Match::Equal, key))
}

/// What a record has in a field: one text, or several where the field is multiple.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    One(String),
    /// A multiple field: compared as a whole text only, and `LIKE` finds nothing.
    Many(Vec<String>),
}

/// One condition.
#[derive(Debug, Clone)]
pub(crate) struct Condition<F> {
    pub(crate) how: Match,
    pub(crate) field: F,
    wanted: Vec<String>,
}

impl<F> Condition<F> {
    pub(crate) fn new(how: Match, field: F, value: &Param) -> Self {
        let wanted: Vec<String> = match value {
            Param::Scalar(serde_json::Value::Null) => vec![String::new()],
            _ => value.values().into_iter().filter_map(Param::text).collect(),
        };
        // A list without a prefix means one of these.
        let how = match (how, value) {
            (Match::Equal, Param::Map(_)) => Match::In,
            (Match::NotEqual, Param::Map(_)) => Match::NotIn,
            _ => how,
        };
        Self { how, field, wanted }
    }

    /// The number that a value must exceed, for a condition that says so.
    pub(crate) fn lower_bound(&self) -> Option<u64> {
        (self.how == Match::Greater)
            .then(|| self.wanted.first()?.parse().ok())
            .flatten()
    }

    pub(crate) fn holds(&self, cell: &Cell, holds: Holds, zone: &TimeZone) -> bool {
        let one = match cell {
            Cell::One(text) => text,
            Cell::Many(all) => return self.holds_of(all),
        };
        let first = self.wanted.first().map_or("", String::as_str);
        let same = |wanted: &String| is_same(one, wanted, holds, zone);
        match self.how {
            Match::Equal | Match::In => self.wanted.iter().any(same),
            Match::NotEqual | Match::NotIn => !self.wanted.iter().any(same),
            Match::Greater => is_ordered(one, first, holds, zone, |one, other| one > other),
            Match::GreaterOrEqual => is_ordered(one, first, holds, zone, |one, other| one >= other),
            Match::Less => is_ordered(one, first, holds, zone, |one, other| one < other),
            Match::LessOrEqual => is_ordered(one, first, holds, zone, |one, other| one <= other),
            Match::Part => folded(one).contains(&folded(first)),
            Match::NotPart => !folded(one).contains(&folded(first)),
            Match::Like => is_like(&folded(one), &folded(first)),
            Match::NotLike => !is_like(&folded(one), &folded(first)),
        }
    }

    fn holds_of(&self, all: &[String]) -> bool {
        let any = all.iter().any(|one| self.wanted.contains(one));
        match self.how {
            Match::Equal | Match::In => any,
            Match::NotEqual | Match::NotIn => !any,
            _ => false,
        }
    }
}

fn folded(text: &str) -> String {
    text.to_lowercase()
}

fn is_same(one: &str, wanted: &str, holds: Holds, zone: &TimeZone) -> bool {
    match holds {
        Holds::Integer => number(one) == number(wanted),
        Holds::Time => moment(one, zone).is_some() && moment(one, zone) == moment(wanted, zone),
        Holds::Flag => is_set(one) == is_set(wanted),
        Holds::Text => folded(one) == folded(wanted),
    }
}

/// A flag is `Y`, `1` or `true`, as the client's language writes it.
fn is_set(text: &str) -> bool {
    matches!(folded(text).as_str(), "y" | "1" | "true")
}

/// What is no number counts as 0, as the vendor's database has it.
fn number(text: &str) -> i64 {
    text.trim().parse().unwrap_or(0)
}

/// A time that cannot be read matches nothing.
fn is_ordered(
    one: &str,
    wanted: &str,
    holds: Holds,
    zone: &TimeZone,
    fits: fn(i128, i128) -> bool,
) -> bool {
    match holds {
        Holds::Integer => fits(number(one).into(), number(wanted).into()),
        Holds::Time => {
            let at = |text: &str| moment(text, zone).map(Timestamp::as_nanosecond);
            at(one)
                .zip(at(wanted))
                .is_some_and(|(one, other)| fits(one, other))
        }
        Holds::Text | Holds::Flag => {
            let order = folded(one).cmp(&folded(wanted));
            fits(i128::from(order as i8), 0)
        }
    }
}

/// `%` stands for any text.
fn is_like(text: &str, pattern: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('%') else {
        return text == pattern;
    };
    let Some(text) = text.strip_prefix(first) else {
        return false;
    };
    if rest.is_empty() {
        return true;
    }
    text.char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .any(|at| text.get(at..).is_some_and(|tail| is_like(tail, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(key: &str, wanted: &str, one: &str, kind: Holds) -> bool {
        let (how, field) = split(key);
        Condition::new(how, field, &Param::of(wanted)).holds(
            &Cell::One(one.to_owned()),
            kind,
            &TimeZone::UTC,
        )
    }

    #[test]
    fn every_prefix_compares_as_it_says() {
        for (key, wanted, one, result) in [
            ("TITLE", "acme", "ACME", true),
            ("=TITLE", "acm", "acme", false),
            ("!TITLE", "acme", "other", true),
            ("%TITLE", "cm", "Acme", true),
            ("!%TITLE", "cm", "Acme", false),
            ("=%TITLE", "ac%", "Acme", true),
            ("=%TITLE", "ac%", "An acme", false),
            ("%=TITLE", "%me", "Acme", true),
            ("!=%TITLE", "ac%", "Acme", false),
        ] {
            assert_eq!(
                holds(key, wanted, one, Holds::Text),
                result,
                "{key} {wanted}"
            );
        }
        for (key, wanted, result) in [(">ID", "9", true), ("<=ID", "9", false), (">ID", "", true)] {
            assert_eq!(
                holds(key, wanted, "10", Holds::Integer),
                result,
                "{key} {wanted}"
            );
        }
    }

    #[test]
    fn a_time_that_does_not_parse_matches_nothing() {
        let at = "2026-05-01T07:25:37Z";
        assert!(holds(">T", "2026-05-01T10:25:36+03:00", at, Holds::Time));
        assert!(!holds(">T", "yesterday", at, Holds::Time));
        assert!(!holds("<T", "yesterday", at, Holds::Time));
    }

    #[test]
    fn a_list_means_one_of_these() {
        let list: Param = serde_json::from_str("[7, \"9\"]").unwrap();
        for (key, one, result) in [("@ID", "9", true), ("ID", "7", true), ("!@ID", "8", true)] {
            let (how, field) = split(key);
            let condition = Condition::new(how, field, &list);
            let cell = Cell::One(one.to_owned());
            assert_eq!(
                condition.holds(&cell, Holds::Integer, &TimeZone::UTC),
                result
            );
        }
    }
}
