//! Reads the rows of a file, each as a contact or with what is wrong.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use linecard_book::Number;
use linecard_book::exchange::csv::{self, Dialect};
use linecard_book::exchange::encoding::Reading;
use linecard_book::exchange::mapping::{self, Columns};
use linecard_book::exchange::{Draft, Place, Row, RowFault, Step, vcard};
use linecard_number::Plan;
use linecard_store::{ContactDetails, ImportFile, ImportFormat, ImportPlan};

use super::ImportError;
use super::plan::{columns, dialect, reading};

/// How much is read at once.
const PIECE: usize = 256 * 1024;

/// A row of a file.
pub(super) struct ReadRow {
    pub(super) at: Place,
    pub(super) next: Place,
    pub(super) contact: Result<ContactDetails, RowFault>,
    pub(super) shown: String,
}

enum Reader {
    Table {
        reader: Box<csv::Reader>,
        columns: Columns,
        /// The row that names the columns is still to come.
        names_come: bool,
    },
    Cards(vcard::Reader),
}

/// The rows of a file from a place on.
pub(super) struct Rows {
    file: File,
    piece: Vec<u8>,
    reader: Reader,
    numbers: Plan,
}

impl Rows {
    /// Reads from `at`, as `plan` says. Numbers are read as the company does.
    pub(super) fn open(
        path: &Path,
        file: &ImportFile,
        plan: &ImportPlan,
        numbers: Plan,
        at: Place,
    ) -> Result<Self, ImportError> {
        let reading = reading(file, plan)?;
        let reader = match file.format {
            ImportFormat::Vcard => Reader::Cards(vcard::Reader::new(reading, at)),
            ImportFormat::Csv => {
                let columns = columns(plan)?;
                let width = Some(columns.len());
                Reader::Table {
                    reader: Box::new(csv::Reader::new(dialect(plan)?, reading, width, at)),
                    columns,
                    names_come: plan.has_header && at.byte == 0,
                }
            }
        };
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(at.byte))?;
        Ok(Self {
            file,
            piece: vec![0; PIECE],
            reader,
            numbers,
        })
    }

    /// The next row; `None`: there are no more.
    pub(super) fn next(&mut self) -> io::Result<Option<ReadRow>> {
        loop {
            let step = match &mut self.reader {
                Reader::Cards(reader) => reader.next_row(),
                Reader::Table {
                    reader,
                    columns,
                    names_come,
                } => match reader.next_row() {
                    Step::Feed => Step::Feed,
                    Step::End => Step::End,
                    Step::Row(_) if std::mem::take(names_come) => continue,
                    Step::Row(row) => Step::Row(Box::new(drafted(columns, *row))),
                },
            };
            match step {
                Step::Row(row) => return Ok(Some(self.read(*row))),
                Step::End => return Ok(None),
                Step::Feed => self.feed()?,
            }
        }
    }

    fn feed(&mut self) -> io::Result<()> {
        let read = self.file.read(&mut self.piece)?;
        let bytes = self.piece.get(..read).unwrap_or_default();
        match &mut self.reader {
            Reader::Cards(reader) if read == 0 => reader.end(),
            Reader::Cards(reader) => reader.feed(bytes),
            Reader::Table { reader, .. } if read == 0 => reader.end(),
            Reader::Table { reader, .. } => reader.feed(bytes),
        }
        Ok(())
    }

    fn read(&self, row: Row<Draft>) -> ReadRow {
        ReadRow {
            at: row.at,
            next: row.next,
            contact: row.content.map(|draft| details(draft, &self.numbers)),
            shown: row.shown,
        }
    }
}

fn drafted(columns: &Columns, row: Row<Vec<String>>) -> Row<Draft> {
    Row {
        at: row.at,
        next: row.next,
        content: row
            .content
            .and_then(|cells| mapping::draft(columns, &cells)),
        shown: row.shown,
    }
}

/// The contact as it is kept, its numbers read as the company does.
fn details(draft: Draft, plan: &Plan) -> ContactDetails {
    let number = |(slot, written): (_, String)| Number {
        slot,
        e164: plan.e164(&written),
        written,
    };
    ContactDetails {
        name: draft.name,
        company: draft.company,
        email: draft.email,
        remark: draft.remark,
        numbers: draft.numbers.into_iter().map(number).collect(),
    }
}

/// The first rows of a table, from its beginning.
pub(super) fn first_rows(
    dialect: Dialect,
    reading: Reading,
    beginning: &[u8],
    limit: usize,
) -> Vec<Row<Vec<String>>> {
    let mut reader = csv::Reader::new(dialect, reading, None, Place::START);
    reader.feed(beginning);
    reader.end();
    let mut rows = Vec::new();
    while rows.len() < limit
        && let Step::Row(row) = reader.next_row()
    {
        rows.push(*row);
    }
    rows
}
