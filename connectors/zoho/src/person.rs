//! A record as a phonebook wants it.

use linecard_crm::{LabelledNumber, Module, Person};

use crate::api::Home;
use crate::candidate;
use crate::layout::{Layout, label};
use crate::row::Row;

/// Reads a record with every number that it has.
pub(crate) fn person(row: Row<'_>, module: Module, layout: &Layout, home: &Home) -> Option<Person> {
    let numbers: Vec<LabelledNumber> = layout
        .phones(module)
        .into_iter()
        .filter_map(|field| {
            Some(LabelledNumber {
                label: label(field),
                number: row.text(field)?.to_owned(),
            })
        })
        .collect();
    let first = numbers.first().map_or("", |number| number.number.as_str());
    Some(Person {
        record: candidate::record(row, module, first, home)?,
        email: row.text("Email").map(str::to_owned),
        numbers,
    })
}

/// The fields that make one.
pub(crate) fn fields(module: Module, layout: &Layout) -> String {
    let mut fields = layout.of_people(module);
    if module != Module::Account {
        fields.extend(layout.known(&["Email"]));
    }
    fields.join(",")
}
