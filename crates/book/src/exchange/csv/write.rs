//! Contacts as rows of CSV.

use crate::Slot;
use crate::exchange::Draft;
use crate::exchange::cell::write_row;

/// The names of the columns, as the guess of a later import knows them.
pub const HEADER: [&str; 13] = [
    "Name",
    "Company",
    "E-mail",
    "Business",
    "Business 2",
    "Business Fax",
    "Mobile",
    "Mobile 2",
    "Home",
    "Home 2",
    "Home Fax",
    "Other",
    "Remark",
];

/// Adds the beginning of a file to `out`: the mark by which spreadsheets know UTF-8, and the names
/// of the columns.
pub fn write_header(out: &mut String) {
    out.push('\u{feff}');
    write_row(out, HEADER);
}

/// Adds a contact to `out`. Of several numbers in a slot (a CRM's contacts may have them in the last)
/// all stand in its cell.
pub fn write_contact(out: &mut String, contact: &Draft) {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let numbers = Slot::ALL.map(|slot| {
        let of_slot = contact.numbers.iter().filter(|(of, _)| *of == slot);
        let written: Vec<&str> = of_slot.map(|(_, number)| number.as_str()).collect();
        written.join(" / ")
    });
    let mut cells = vec![
        contact.name.clone(),
        text(&contact.company),
        text(&contact.email),
    ];
    cells.extend(numbers);
    cells.push(text(&contact.remark));
    write_row(out, cells.iter().map(String::as_str));
}
