//! Who calls, as a notification says it. The number is as the server gives it: hidden where the agent
//! may not see it.

use serde::Deserialize;

/// The most characters of a text that somebody else chose.
const LONGEST: usize = 120;

/// Who calls.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Caller {
    name: Option<String>,
    company: Option<String>,
    number: Option<String>,
    queue: Option<String>,
}

impl Caller {
    /// The name, or the number; `None`: neither is known.
    pub(crate) fn who(&self) -> Option<String> {
        said(self.name.as_deref()).or_else(|| said(self.number.as_deref()))
    }

    /// What is known besides.
    pub(crate) fn company(&self) -> Option<String> {
        said(self.company.as_deref())
    }

    /// The number, where [`Caller::who`] is a name.
    pub(crate) fn number(&self) -> Option<String> {
        said(self.name.as_deref()).and_then(|_| said(self.number.as_deref()))
    }

    /// The queue it came through.
    pub(crate) fn queue(&self) -> Option<String> {
        said(self.queue.as_deref())
    }
}

/// A text in one line and of some length; `None`: it says nothing.
fn said(text: Option<&str>) -> Option<String> {
    let line = text?.chars().filter(|letter| !letter.is_control());
    let line: String = line.take(LONGEST).collect();
    let line = line.trim();
    (!line.is_empty()).then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(name: Option<&str>, number: Option<&str>) -> Caller {
        Caller {
            name: name.map(str::to_owned),
            company: None,
            number: number.map(str::to_owned),
            queue: None,
        }
    }

    #[test]
    fn a_caller_is_named_by_name_then_number_then_not_at_all() {
        let grace = caller(Some("Grace Hopper"), Some("(415) 555-0134"));
        assert_eq!(grace.who().unwrap(), "Grace Hopper");
        assert_eq!(grace.number().unwrap(), "(415) 555-0134");
        let number = caller(Some(" "), Some("(415) 555-0134"));
        assert_eq!(number.who().unwrap(), "(415) 555-0134");
        assert_eq!(number.number(), None);
        assert_eq!(caller(None, None).who(), None);
    }

    #[test]
    fn what_somebody_else_chose_stays_one_line_of_some_length() {
        let name = format!("Eve\n\u{7}{}", "x".repeat(500));
        let who = caller(Some(&name), None).who().unwrap();
        assert!(who.starts_with("Evexx") && who.chars().count() == LONGEST);
    }
}
