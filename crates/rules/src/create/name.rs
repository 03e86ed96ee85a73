//! What a record that is created is called (G5).

use super::Options;
use crate::template::Template;

/// The names that the templates may use: the number as it came, and the name that came over the
/// phone line.
pub const NAMES: [&str; 2] = ["Number", "Caller_Name"];

/// The names of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// First name; may be empty.
    pub first: String,
    /// Last name; never empty.
    pub last: String,
    /// The company.
    pub company: String,
}

/// Names the record for `number`. Whatever the templates and the line give, the last name is
/// not empty: it falls back to the number.
#[must_use]
pub fn name(options: &Options, number: &str, caller_name: Option<&str>) -> Name {
    let values = [
        number.trim().to_owned(),
        caller_name.unwrap_or_default().trim().to_owned(),
    ];
    let fill = |text: &str| match Template::parse_with(text, &NAMES) {
        Ok(template) => template.render(&values).trim().to_owned(),
        Err(_) => text.to_owned(),
    };
    let last = fill(&options.last_name);
    Name {
        first: fill(&options.first_name),
        last: if last.is_empty() {
            format!("-{}", number.trim())
        } else {
            last
        },
        company: fill(&options.company),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g5_the_default_name_is_the_manuals() {
        let name = name(&Options::default(), "5503301", Some("Eve"));
        assert_eq!(name.first, "Automatic New Contact");
        assert_eq!(name.last, "-5503301");
    }

    #[test]
    fn g5_the_name_from_the_line_can_be_used_and_is_no_template_itself() {
        let options = Options {
            first_name: String::new(),
            last_name: "{{Caller_Name}}".to_owned(),
            ..Options::default()
        };
        assert_eq!(name(&options, "1", Some("{{Number}}")).last, "{{Number}}");
        assert_eq!(name(&options, "5503301", None).last, "-5503301");
    }
}
