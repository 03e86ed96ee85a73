//! Whether somebody has made a created record their own, so that it is not to be undone (G11).

use std::collections::BTreeSet;

use linecard_crm::{NewRecord, Person, Record};
use linecard_number::{Plan, Reading};

/// Whether `person`, the record as it is now, is not any more what Linecard created: `new` was
/// asked for and `record` is what the CRM made of it. The time of the last change says nothing,
/// because a call that is logged changes it too in some CRMs.
#[must_use]
pub fn touched(new: &NewRecord, record: &Record, person: &Person, plan: &Plan) -> bool {
    let now = &person.record;
    let company = now.company.as_deref().unwrap_or_default();
    let companies = [record.company.as_deref().unwrap_or_default(), &new.company];
    let numbers: BTreeSet<String> = person
        .numbers
        .iter()
        .map(|number| match plan.read(&number.number) {
            Reading::Phone(phone) => phone.e164.to_string(),
            _ => number.number.clone(),
        })
        .collect();
    words(&now.name) != words(&record.name)
        || person.email.is_some()
        || (record.owner.is_some() && now.owner != record.owner)
        || !companies.contains(&company)
        || numbers
            .iter()
            .any(|number| number != new.phone.e164.as_str())
}

/// A name without regard to how its words are spaced.
fn words(name: &str) -> Vec<&str> {
    name.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use linecard_crm::{EntryKey, LabelledNumber, Module, NumberLabel};
    use linecard_number::Phone;

    use super::*;
    use crate::journal::tests::{plan, record};

    fn new() -> NewRecord {
        NewRecord {
            key: EntryKey::new("k"),
            module: Module::Lead,
            first_name: "Automatic New Contact".to_owned(),
            last_name: "-4155550134".to_owned(),
            company: "[not provided]".to_owned(),
            phone: Phone {
                e164: "+14155550134".parse().unwrap(),
                national: "4155550134".to_owned(),
                trunk_prefix: None,
                shown: "+1 415-555-0134".to_owned(),
                extension: None,
            },
            owner: Some("alice".to_owned()),
        }
    }

    fn made() -> Record {
        Record {
            owner: Some("alice".to_owned()),
            ..record("00Q1", "Automatic New Contact -4155550134")
        }
    }

    fn as_made() -> Person {
        Person {
            record: made(),
            numbers: vec![LabelledNumber {
                label: NumberLabel::Work,
                number: "(415) 555-0134".to_owned(),
            }],
            email: None,
        }
    }

    fn is_touched(change: impl FnOnce(&mut Person)) -> bool {
        let mut person = as_made();
        change(&mut person);
        touched(&new(), &made(), &person, &plan())
    }

    #[test]
    fn g11_a_record_the_crm_only_wrote_differently_is_untouched() {
        assert!(!is_touched(|_| {}));
        assert!(!is_touched(
            |it| it.record.company = Some("[not provided]".to_owned())
        ));
        assert!(!is_touched(
            |it| it.record.modified = Some(jiff::Timestamp::MAX)
        ));
    }

    #[test]
    fn g11_whatever_somebody_typed_makes_it_touched() {
        assert!(is_touched(|it| it.record.name = "Grace Hopper".to_owned()));
        assert!(is_touched(
            |it| it.email = Some("grace@example.com".to_owned())
        ));
        assert!(is_touched(|it| it.record.owner = Some("bob".to_owned())));
        assert!(is_touched(|it| it.record.company = Some("Navy".to_owned())));
        assert!(is_touched(|it| it.numbers.push(LabelledNumber {
            label: NumberLabel::Mobile,
            number: "+14155550135".to_owned(),
        })));
    }
}
