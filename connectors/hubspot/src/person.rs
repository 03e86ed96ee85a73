//! A record as a phonebook wants it.

use linecard_crm::{LabelledNumber, Module, NumberLabel, Person};

use crate::links::Pages;
use crate::record::{COMPANY, CONTACT, LEAD, Object};

/// The properties asked for of a module's records.
pub(crate) fn properties(module: Module) -> &'static [&'static str] {
    match module {
        Module::Contact => &CONTACT,
        Module::Lead => &LEAD,
        Module::Account => &COMPANY,
    }
}

/// The person, with every number once; nothing for a record whose id is none.
pub(crate) fn person(object: &Object, module: Module, pages: &Pages) -> Option<Person> {
    let mut numbers: Vec<LabelledNumber> = Vec::new();
    for (property, label) in [
        ("phone", NumberLabel::Work),
        ("mobilephone", NumberLabel::Mobile),
        ("hs_whatsapp_phone_number", NumberLabel::Other),
    ] {
        let Some(number) = object.text(property) else {
            continue;
        };
        if !numbers.iter().any(|known| known.number == number) {
            numbers.push(LabelledNumber {
                label,
                number: number.to_owned(),
            });
        }
    }
    let first = numbers.first().map(|first| first.number.clone());
    Some(Person {
        record: object.record(module, &first.unwrap_or_default(), pages)?,
        numbers,
        email: object.text("email").map(str::to_owned),
    })
}
