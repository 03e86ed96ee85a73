//! Which column of a table is what of a contact.
//!
//! [`guess`] goes by the words in the first line, as the address books and phone systems of English,
//! Chinese and German speakers write them; a person may change what was guessed.

mod labels;
pub(super) mod limits;
mod words;

pub use limits::{LONGEST_EMAIL, LONGEST_NAME, LONGEST_NUMBER, LONGEST_REMARK};

pub(super) use labels::Kind;
pub(super) use limits::Taken;

use super::{Draft, Fault, RowFault, cell};
use crate::Slot;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The whole name.
    Name,
    /// The first name.
    FirstName,
    /// The middle name.
    MiddleName,
    /// The family name.
    LastName,
    /// The company.
    Company,
    /// The e-mail address.
    Email,
    /// What else there is to say.
    Remark,
    /// A number.
    Number(Slot),
    /// A number; the column before it says of which kind (Google's "Phone 1 - Label").
    LabelledNumber,
}

/// Every field with the word by which it is named outside.
pub const FIELDS: [(Field, &str); 17] = [
    (Field::Name, "name"),
    (Field::FirstName, "first_name"),
    (Field::MiddleName, "middle_name"),
    (Field::LastName, "last_name"),
    (Field::Company, "company"),
    (Field::Email, "email"),
    (Field::Remark, "remark"),
    (Field::Number(Slot::Business), "business"),
    (Field::Number(Slot::Business2), "business2"),
    (Field::Number(Slot::BusinessFax), "business_fax"),
    (Field::Number(Slot::Mobile), "mobile"),
    (Field::Number(Slot::Mobile2), "mobile2"),
    (Field::Number(Slot::Home), "home"),
    (Field::Number(Slot::Home2), "home2"),
    (Field::Number(Slot::HomeFax), "home_fax"),
    (Field::Number(Slot::Other), "other"),
    (Field::LabelledNumber, "labelled_number"),
];

impl Field {
    /// The field of this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let known = FIELDS.iter().find(|(_, known)| *known == word);
        known.map(|(field, _)| *field)
    }

    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        let known = FIELDS.iter().find(|(field, _)| *field == self);
        known.map_or("", |(_, word)| word)
    }
}

/// What each column holds; `None`: nothing that is taken.
pub type Columns = Vec<Option<Field>>;

/// A guess from the line of column names. A field is given to the first column that may have it.
#[must_use]
pub fn guess(names: &[String]) -> Columns {
    let mut columns = Columns::new();
    for name in names {
        let field = words::field(name)
            .filter(|field| *field == Field::LabelledNumber || !columns.contains(&Some(*field)));
        columns.push(field);
    }
    columns
}

/// Whether the first line of a table names its columns rather than a contact.
#[must_use]
pub fn names_columns(first: &[String]) -> bool {
    guess(first).iter().flatten().count() > 0 && !first.iter().any(|cell| has_number(cell))
}

/// A name of a column has hardly more than one digit in a row.
fn has_number(cell: &str) -> bool {
    cell.chars().filter(char::is_ascii_digit).count() >= 5
}

/// The contact that a row is.
pub fn draft(columns: &Columns, cells: &[String]) -> Result<Draft, RowFault> {
    let mut draft = Draft::default();
    let mut names: [&str; 4] = [""; 4];
    let mut numbers = Taken::default();
    for (place, (field, cell)) in columns.iter().zip(cells).enumerate() {
        let (Some(field), text) = (field, cell::unescaped(cell).trim()) else {
            continue;
        };
        if text.is_empty() {
            continue;
        }
        let in_column = |fault: Fault| fault.in_column(place + 1);
        let value = || Some(text.to_owned());
        match field {
            Field::Name => names[0] = limits::line(text, LONGEST_NAME).map_err(in_column)?,
            Field::FirstName => names[1] = limits::line(text, LONGEST_NAME).map_err(in_column)?,
            Field::MiddleName => names[2] = limits::line(text, LONGEST_NAME).map_err(in_column)?,
            Field::LastName => names[3] = limits::line(text, LONGEST_NAME).map_err(in_column)?,
            Field::Company => {
                limits::line(text, LONGEST_NAME).map_err(in_column)?;
                draft.company = value();
            }
            Field::Email => {
                limits::email(text).map_err(in_column)?;
                draft.email = value();
            }
            Field::Remark => {
                limits::length(text, LONGEST_REMARK).map_err(in_column)?;
                draft.remark = value();
            }
            Field::Number(slot) => numbers.take_slot(*slot, text).map_err(in_column)?,
            Field::LabelledNumber => {
                let label = place.checked_sub(1).and_then(|before| cells.get(before));
                let kind = Kind::of_label(label.map_or("", String::as_str));
                for number in text.split(":::") {
                    numbers.take_kind(kind, number.trim()).map_err(in_column)?;
                }
            }
        }
    }
    draft.name = whole_name(&names);
    draft.numbers = numbers.into_numbers();
    limits::finished(draft).map_err(Fault::of_row)
}

/// The name for people: as it is given whole, or put together of its parts as Chinese and as others
/// do.
pub(super) fn whole_name([whole, first, middle, last]: &[&str; 4]) -> String {
    if !whole.is_empty() {
        return (*whole).to_owned();
    }
    let is_han = |text: &str| {
        text.chars()
            .all(|it| ('\u{3400}'..='\u{9fff}').contains(&it) || it == '·')
    };
    if is_han(first) && is_han(last) && middle.is_empty() {
        return format!("{last}{first}");
    }
    let parts = [first, middle, last];
    let parts: Vec<&str> = parts
        .into_iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests;
