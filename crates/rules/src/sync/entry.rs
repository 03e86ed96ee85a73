//! What of a CRM's record goes into a phonebook, and what cannot (F11).

use linecard_crm::{NumberLabel, Person};
use linecard_number::{E164, Plan};
use serde::{Deserialize, Serialize};

/// A record as it stands in a phonebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name; never empty.
    pub name: String,
    /// Its numbers in the CRM's order, those that cannot be read included.
    pub numbers: Vec<Number>,
}

/// A number of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// What it is for.
    pub label: NumberLabel,
    /// As it stands in the CRM.
    pub written: String,
    /// What callers are matched by; `None`: it is no number of the public network.
    pub e164: Option<E164>,
}

/// Why a record does not stand in the phonebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Skipped {
    /// It has no name.
    NoName,
    /// It has no number.
    NoNumber,
    /// None of its numbers can be read as one.
    UnreadableNumber,
}

impl Skipped {
    /// The stable word under which the reason is kept and shown in the reader's language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NoName => "no_name",
            Self::NoNumber => "no_number",
            Self::UnreadableNumber => "unreadable_number",
        }
    }
}

/// Reads a record with the company's plan.
pub fn entry(person: &Person, plan: &Plan) -> Result<Entry, Skipped> {
    let name = person.record.name.trim();
    if name.is_empty() {
        return Err(Skipped::NoName);
    }
    let numbers: Vec<Number> = person
        .numbers
        .iter()
        .filter(|number| !number.number.trim().is_empty())
        .map(|number| Number {
            label: number.label,
            written: number.number.clone(),
            e164: plan.e164(&number.number),
        })
        .collect();
    if numbers.is_empty() {
        return Err(Skipped::NoNumber);
    }
    if numbers.iter().all(|number| number.e164.is_none()) {
        return Err(Skipped::UnreadableNumber);
    }
    Ok(Entry {
        name: name.to_owned(),
        numbers,
    })
}

#[cfg(test)]
mod tests {
    use linecard_crm::LabelledNumber;

    use super::*;
    use crate::journal::tests::{plan, record};

    fn person(name: &str, numbers: &[&str]) -> Person {
        Person {
            record: record("003A", name),
            numbers: numbers
                .iter()
                .map(|number| LabelledNumber {
                    label: NumberLabel::Work,
                    number: (*number).to_owned(),
                })
                .collect(),
            email: None,
        }
    }

    #[test]
    fn f11_a_record_without_a_name_or_a_number_is_skipped_with_the_reason() {
        let skipped = |name, numbers| entry(&person(name, numbers), &plan()).unwrap_err();
        assert_eq!(skipped(" ", &["4155550134"]), Skipped::NoName);
        assert_eq!(skipped("Grace", &[]), Skipped::NoNumber);
        assert_eq!(skipped("Grace", &[" "]), Skipped::NoNumber);
        assert_eq!(
            skipped("Grace", &["ask Bob", "101"]),
            Skipped::UnreadableNumber
        );
    }

    #[test]
    fn a_number_is_kept_as_written_and_matched_by_what_it_means() {
        let entry = entry(&person("Grace", &["ask Bob", "(415) 555-0134"]), &plan()).unwrap();
        assert_eq!(entry.numbers[0].e164, None);
        assert_eq!(entry.numbers[1].written, "(415) 555-0134");
        assert_eq!(
            entry.numbers[1].e164.as_ref().map(E164::as_str),
            Some("+14155550134")
        );
    }
}
