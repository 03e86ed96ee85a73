//! One record that a search gave: is it really the number?
//!
//! The search takes what cannot be parsed by its digits, so it finds too much. A record counts
//! when a number that somebody typed into it, read with the company's plan, is the one asked for.

use linecard_crm::{Module, Record};
use linecard_number::{Phone, Plan};

use crate::links::Pages;
use crate::record::{Object, PHONES};

/// The record, if one of its numbers is `phone`.
pub(crate) fn verified(
    object: &Object,
    module: Module,
    plan: &Plan,
    phone: &Phone,
    pages: &Pages,
) -> Option<Record> {
    let number = PHONES
        .iter()
        .filter_map(|property| object.text(property))
        .find(|number| plan.is_number_of(number, phone))?;
    object.record(module, number, pages)
}

/// Best first: people, then what is done with them, then companies; among equals the one that
/// changed last.
pub(crate) fn ranked(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by(|one, other| {
        one.at
            .module
            .cmp(&other.at.module)
            .then_with(|| other.modified.cmp(&one.modified))
    });
    records
}

#[cfg(test)]
mod tests {
    use linecard_number::Reading;
    use serde_json::json;

    use super::*;

    fn plan() -> Plan {
        Plan::of("US".parse().unwrap())
    }

    fn verify(property: &str, number: &str) -> Option<Record> {
        let Reading::Phone(phone) = plan().read("+14155550134") else {
            panic!("not read");
        };
        let object: Object =
            serde_json::from_value(json!({"id": "501", "properties": {property: number}})).unwrap();
        let pages = Pages::unknown("https://app.hubspot.com".parse().unwrap());
        verified(&object, Module::Contact, &plan(), &phone, &pages)
    }

    #[test]
    fn a_number_counts_however_it_was_typed_and_wherever() {
        for property in PHONES {
            for typed in ["+14155550134", "(415) 555-0134", "415.555.0134 ext. 12"] {
                let found = verify(property, typed).unwrap_or_else(|| panic!("{typed}"));
                assert_eq!(found.number, typed);
            }
        }
    }

    #[test]
    fn a_number_that_only_ends_the_same_does_not_count() {
        for other in ["555-0134", "+44 415 555 0134", "415 555 01345", "?"] {
            assert!(verify("phone", other).is_none(), "{other}");
        }
        assert!(verify("fax", "+14155550134").is_none());
    }
}
