//! Texts with names to fill in: plain substitution of known names (E4, E5, E6, G5).

use std::fmt::Write as _;

/// The names that a text about a call may use, each with what it stands for in [`Values`].
pub const NAMES: [&str; 5] = [
    "Time",
    "Call_Log_Status",
    "Call_From",
    "Call_To",
    "Talk_Duration",
];

/// The subject when the admin sets none (E4).
pub const DEFAULT_SUBJECT: &str = "Extension Call";

/// The description when the admin sets none (E5).
pub const DEFAULT_DESCRIPTION: &str =
    "Call: {{Time}} {{Call_Log_Status}} from {{Call_From}} to {{Call_To}} {{Talk_Duration}}";

/// A text with names to fill in: `{{Time}}`, or `{{.Time}}` as some phone systems write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// An index into the names that the template may use.
    Name(usize),
}

/// A template uses a name that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{{{{{name}}}}} is not known; known are {known}", known = known.join(", "))]
pub struct UnknownName {
    /// The name as it stands in the text.
    pub name: String,
    /// The names that may stand there.
    pub known: &'static [&'static str],
}

/// What the names stand for, in the order of [`NAMES`].
pub type Values = [String; NAMES.len()];

impl Template {
    /// The subject when the admin sets none (E4).
    #[must_use]
    pub fn default_subject() -> Self {
        Self::known(DEFAULT_SUBJECT)
    }

    /// The description when the admin sets none (E5).
    #[must_use]
    pub fn default_description() -> Self {
        Self::known(DEFAULT_DESCRIPTION)
    }

    /// A text of our own, whose names a test below checks.
    fn known(text: &str) -> Self {
        Self::parse(text).unwrap_or_else(|_| Self(vec![Piece::Text(text.to_owned())]))
    }

    /// Reads a text about a call. Braces that enclose no name are plain text.
    pub fn parse(text: &str) -> Result<Self, UnknownName> {
        Self::parse_with(text, &NAMES)
    }

    /// Reads a text that may use these names.
    pub fn parse_with(text: &str, names: &'static [&'static str]) -> Result<Self, UnknownName> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let Some((inside, behind)) = after.split_once("}}") else {
                break;
            };
            let name = inside.trim();
            let name = name.strip_prefix('.').unwrap_or(name);
            let index = names
                .iter()
                .position(|known| *known == name)
                .ok_or_else(|| UnknownName {
                    name: name.to_owned(),
                    known: names,
                })?;
            pieces.push(Piece::Text(before.to_owned()));
            pieces.push(Piece::Name(index));
            rest = behind;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self(pieces))
    }

    /// Fills the names in, with values in the order of the names. A value is never read as a
    /// template again. Spaces that an empty value leaves at the end are cut off (E10).
    #[must_use]
    pub fn render(&self, values: &[String]) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            let _ = match piece {
                Piece::Text(words) => text.write_str(words),
                Piece::Name(index) => text.write_str(values.get(*index).map_or("", String::as_str)),
            };
        }
        text.truncate(text.trim_end().len());
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        ["T", "Incoming Call", "<1>", "John Smith<1050>", "00:01:12"].map(str::to_owned)
    }

    #[test]
    fn e6_names_are_filled_in_with_and_without_a_dot() {
        let template = Template::parse("{{Time}} {{.Call_To}}").unwrap();
        assert_eq!(template.render(&values()), "T John Smith<1050>");
    }

    #[test]
    fn e6_an_unknown_name_is_refused_and_the_known_ones_are_listed() {
        let error = Template::parse("{{Caller}}").unwrap_err();
        assert_eq!(
            error.to_string(),
            "{{Caller}} is not known; known are Time, Call_Log_Status, Call_From, Call_To, \
             Talk_Duration"
        );
    }

    #[test]
    fn a_value_that_looks_like_a_template_stays_text() {
        let template = Template::parse("{{Call_From}}").unwrap();
        let mut values = values();
        values[2] = "{{Time}}<1>".to_owned();
        assert_eq!(template.render(&values), "{{Time}}<1>");
    }

    #[test]
    fn braces_without_an_end_are_plain_text() {
        let template = Template::parse("a {{Time").unwrap();
        assert_eq!(template.render(&values()), "a {{Time");
    }

    #[test]
    fn the_defaults_can_be_read() {
        assert!(Template::parse(DEFAULT_SUBJECT).is_ok());
        assert!(Template::parse(DEFAULT_DESCRIPTION).is_ok());
    }
}
