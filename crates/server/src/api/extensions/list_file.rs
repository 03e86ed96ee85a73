//! A list of extensions as a spreadsheet saves it: CSV (RFC 4180) with a line of column names.

use std::collections::BTreeSet;

use csv::{ReaderBuilder, StringRecord, Trim};
use linecard_number::Extension as Number;

use crate::api::input;
use crate::problem::FieldProblems;

/// One extension of the list. What a cell leaves empty says nothing.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) number: Number,
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
}

/// A line that cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WrongLine {
    pub(super) line: u64,
    pub(super) code: &'static str,
    pub(super) detail: String,
}

/// The first line does not name the columns.
#[derive(Debug, thiserror::Error)]
#[error(
    "The first line must name the columns `extension`, `name`, `email`; there is no `extension` \
     in it"
)]
pub(super) struct NoHeader;

/// A list that was read.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) rows: Vec<Row>,
    pub(super) wrong: Vec<WrongLine>,
}

impl List {
    /// Reads a list. The columns stand in any order, others are passed over, and semicolons or
    /// tabs may part the cells, as spreadsheets write them in many countries.
    pub(super) fn read(text: &str) -> Result<Self, NoHeader> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter(text))
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .from_reader(text.as_bytes());
        let mut records = reader.records();
        let header = records.next().and_then(Result::ok).ok_or(NoHeader)?;
        let columns = Columns::read(&header).ok_or(NoHeader)?;
        let mut list = Self::default();
        let mut seen = BTreeSet::new();
        // The text is UTF-8 and the lines may differ in length: no record is unreadable.
        let mut places = Places::of(text);
        for record in records.flatten() {
            let line = places.line(&record);
            list.add(&columns, line, &record, &mut seen);
        }
        Ok(list)
    }

    fn add(
        &mut self,
        columns: &Columns,
        line: u64,
        record: &StringRecord,
        seen: &mut BTreeSet<Number>,
    ) {
        if record.iter().all(str::is_empty) {
            return;
        }
        let mut wrong = |code, detail: String| self.wrong.push(WrongLine { line, code, detail });
        let number = record.get(columns.extension).unwrap_or_default();
        let number = match number.parse::<Number>() {
            Ok(number) => number,
            Err(error) => return wrong("not_an_extension", error.to_string()),
        };
        let mut fields = FieldProblems::default();
        let name = cell(record, columns.name).map(|name| input::name(&mut fields, "name", name));
        let email =
            cell(record, columns.email).map(|email| input::email(&mut fields, "email", email));
        if let Some(problem) = fields.into_first() {
            return wrong(problem.code, problem.detail);
        }
        if !seen.insert(number.clone()) {
            return wrong("twice", format!("{number} stands in an earlier line"));
        }
        self.rows.push(Row {
            line,
            number,
            name,
            email,
        });
    }
}

/// Counts the lines of the text: the reader's own count stays behind where a line ends in two
/// characters or is empty.
struct Places<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl<'t> Places<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    /// The line that a record begins in; records come in their order.
    fn line(&mut self, record: &StringRecord) -> u64 {
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        while let Some(byte) = self.text.get(self.at) {
            if self.at >= start && !matches!(byte, b'\r' | b'\n') {
                break;
            }
            self.line += u64::from(*byte == b'\n');
            self.at += 1;
        }
        self.line
    }
}

/// Where the columns stand.
struct Columns {
    extension: usize,
    name: Option<usize>,
    email: Option<usize>,
}

impl Columns {
    fn read(header: &StringRecord) -> Option<Self> {
        let place = |wanted: &str| {
            header
                .iter()
                .position(|name| name.eq_ignore_ascii_case(wanted))
        };
        Some(Self {
            extension: place("extension")?,
            name: place("name"),
            email: place("email"),
        })
    }
}

fn cell(record: &StringRecord, column: Option<usize>) -> Option<&str> {
    record.get(column?).filter(|cell| !cell.is_empty())
}

/// What parts the names of the columns parts all cells.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    [b'\t', b';']
        .into_iter()
        .find(|byte| header.as_bytes().contains(byte))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> List {
        List::read(text).unwrap()
    }

    fn row(line: u64, number: &str, name: &str, email: &str) -> Row {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Row {
            line,
            number: number.parse().unwrap(),
            name: some(name),
            email: some(email),
        }
    }

    #[test]
    fn a_list_is_read_as_spreadsheets_write_it() {
        let text = "\u{feff}Extension,Name,Email\r\n101,\"Adams, Alice\",alice@example.com\r\n\
                    102,\"Bob \"\"Bo\"\" Brown\",\r\n\r\n103,李雷,lilei@example.com\r\n";
        assert_eq!(
            read(text).rows,
            [
                row(2, "101", "Adams, Alice", "alice@example.com"),
                row(3, "102", "Bob \"Bo\" Brown", ""),
                row(5, "103", "李雷", "lilei@example.com"),
            ]
        );
    }

    #[test]
    fn columns_stand_in_any_order_and_others_are_passed_over() {
        let text = "Department;email;extension\nSales;eve@example.com;104\nSales";
        let list = read(text);
        assert_eq!(list.rows, [row(2, "104", "", "eve@example.com")]);
        assert_eq!(list.wrong.len(), 1);
    }

    #[test]
    fn a_line_that_cannot_be_used_is_named_and_the_others_are_taken() {
        let text = "extension,name,email\nAlice,Alice,a@example.com\n101,Alice,nowhere\n\
                    102,Bob,b@example.com\n102,Bob,b@example.com\n103,\"two\nlines\",";
        let list = read(text);
        assert_eq!(list.rows, [row(4, "102", "Bob", "b@example.com")]);
        let wrong: Vec<_> = list.wrong.iter().map(|it| (it.line, it.code)).collect();
        assert_eq!(
            wrong,
            [
                (2, "not_an_extension"),
                (3, "email_invalid"),
                (5, "twice"),
                (6, "invalid"),
            ]
        );
    }

    #[test]
    fn a_list_without_names_of_columns_is_refused() {
        for text in [
            "",
            "101,Alice,alice@example.com\n",
            "name,email\nAlice,x@y\n",
        ] {
            assert!(List::read(text).is_err(), "{text:?}");
        }
    }
}
