//! What an import would do, before it does anything.

use std::fs::File;
use std::io::{self, Read as _};

use linecard_book::exchange::{Place, RowFault};
use linecard_store::{
    ContactDetails, ImportFile, ImportFormat, ImportId, ImportPlan, ImportState, Like, OnDuplicate,
};

use super::folder::blocking;
use super::plan::{check, dialect, guess, guess_columns, reading};
use super::rows::{ReadRow, Rows, first_rows};
use super::{ImportError, Imports, PlanFault};

/// How many rows are looked at.
const LOOKED_AT: usize = 1_000;
/// How many of them are shown.
const SHOWN: usize = 20;
/// How many samples of a column are given.
const SAMPLES: usize = 3;
/// How much of a file's beginning guesses are made from.
const BEGINNING: u64 = 256 * 1024;

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What the file is.
    pub file: ImportFile,
    /// What is chosen, or guessed.
    pub plan: ImportPlan,
    /// Why it cannot be started so.
    pub fault: Option<PlanFault>,
    /// The columns of a table.
    pub columns: Vec<SampleColumn>,
    /// The first rows.
    pub rows: Vec<SampleRow>,
    /// How many rows were looked at.
    pub looked_at: usize,
    /// How many of them are contacts.
    pub good: usize,
    /// How many of the contacts are like one that is there.
    pub alike: usize,
    /// How many of them cannot be taken.
    pub bad: usize,
    /// About how many rows the file has; exact where all were looked at.
    pub about: u64,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleColumn {
    /// Its name; empty where the table names none.
    pub name: String,
    /// What stands in it, in the first rows.
    pub samples: Vec<String>,
}

/// A row as it would be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleRow {
    /// Where it is.
    pub at: Place,
    /// The contact, or why it is none.
    pub contact: Result<ContactDetails, RowFault>,
    /// The contact that it is like.
    pub like: Option<Like>,
    /// The row's beginning.
    pub shown: String,
}

impl Imports {
    /// Shows what an import would do with these choices; without them, with those that are guessed.
    /// With `columns` empty, what the columns hold is guessed.
    pub async fn preview(
        &self,
        id: ImportId,
        chosen: Option<ImportPlan>,
    ) -> Result<Preview, ImportError> {
        let import = self.on_this_node(id).await?;
        let file = match import.file {
            Some(file) if import.state == ImportState::Ready => file,
            _ => return Err(ImportError::State(import.state)),
        };
        let path = self.folder().rows(id);
        let numbers = self.0.organisation().await?.plan();
        let looked = blocking(move || {
            let mut beginning = Vec::new();
            File::open(&path)?
                .take(BEGINNING)
                .read_to_end(&mut beginning)?;
            let mut plan = chosen.unwrap_or_else(|| guess(&file, &beginning));
            if plan.columns.is_empty() && file.format == ImportFormat::Csv {
                guess_columns(&file, &mut plan, &beginning);
            }
            let columns = sample_columns(&file, &plan, &beginning);
            // A table has as many columns as its first row.
            plan.columns.resize(columns.len(), None);
            let fault = check(&file, &plan).err();
            let rows = match Rows::open(&path, &file, &plan, numbers, Place::START) {
                Ok(mut rows) => look(&mut rows)?,
                Err(ImportError::File(error)) => return Err(error),
                // The fault says so already.
                Err(_) => Vec::new(),
            };
            Ok((file, plan, fault, columns, rows))
        });
        let (file, plan, fault, columns, rows) = looked.await?;
        self.judge(import.phonebook, (file, plan, fault, columns), rows)
            .await
    }

    async fn judge(
        &self,
        phonebook: linecard_store::PhonebookId,
        (file, plan, fault, columns): (
            ImportFile,
            ImportPlan,
            Option<PlanFault>,
            Vec<SampleColumn>,
        ),
        rows: Vec<ReadRow>,
    ) -> Result<Preview, ImportError> {
        let contacts: Vec<ContactDetails> = rows
            .iter()
            .filter_map(|row| row.contact.as_ref().ok().cloned())
            .collect();
        let likes = if plan.on_duplicate == OnDuplicate::Add {
            vec![None; contacts.len()]
        } else {
            let mut unit = self.0.store().read().await?;
            unit.contacts().like(phonebook, &contacts).await?
        };
        let looked_at = rows.len();
        let read = rows.last().map_or(0, |row| row.next.byte);
        let about = if read == 0 || read >= file.bytes {
            u64::try_from(looked_at).unwrap_or_default()
        } else {
            let rows = u64::try_from(looked_at).unwrap_or_default();
            rows.saturating_mul(file.bytes) / read
        };
        let alike = likes.iter().flatten().count();
        let mut likes = likes.into_iter();
        let rows = rows.into_iter().take(SHOWN).map(|row| SampleRow {
            at: row.at,
            like: row
                .contact
                .as_ref()
                .ok()
                .and_then(|_| likes.next().flatten()),
            contact: row.contact,
            shown: row.shown,
        });
        Ok(Preview {
            rows: rows.collect(),
            good: contacts.len(),
            bad: looked_at - contacts.len(),
            file,
            plan,
            fault,
            columns,
            looked_at,
            alike,
            about,
        })
    }

    /// Starts an import as it is chosen.
    pub async fn start(
        &self,
        id: ImportId,
        plan: &ImportPlan,
    ) -> Result<linecard_store::Import, ImportError> {
        let import = self.on_this_node(id).await?;
        let Some(file) = &import.file else {
            return Err(ImportError::State(import.state));
        };
        check(file, plan)?;
        let mut unit = self.0.store().begin().await?;
        unit.phonebooks().editable(import.phonebook).await?;
        if !unit.imports().start(id, plan).await? {
            return Err(ImportError::State(import.state));
        }
        unit.commit().await?;
        self.0.shared().imports.notify_one();
        self.get(id).await
    }
}

fn look(rows: &mut Rows) -> io::Result<Vec<ReadRow>> {
    let mut read = Vec::new();
    while read.len() < LOOKED_AT
        && let Some(row) = rows.next()?
    {
        read.push(row);
    }
    Ok(read)
}

fn sample_columns(file: &ImportFile, plan: &ImportPlan, beginning: &[u8]) -> Vec<SampleColumn> {
    let (Ok(dialect), Ok(reading)) = (dialect(plan), reading(file, plan)) else {
        return Vec::new();
    };
    if file.format == ImportFormat::Vcard {
        return Vec::new();
    }
    let mut rows = first_rows(dialect, reading, beginning, SHOWN)
        .into_iter()
        .filter_map(|row| row.content.ok());
    let Some(first) = rows.next() else {
        return Vec::new();
    };
    let mut columns: Vec<SampleColumn> = first
        .iter()
        .map(|cell| SampleColumn {
            name: if plan.has_header {
                cell.clone()
            } else {
                String::new()
            },
            samples: Vec::new(),
        })
        .collect();
    for row in (!plan.has_header).then_some(first).into_iter().chain(rows) {
        for (column, cell) in columns.iter_mut().zip(row) {
            if !cell.is_empty() && column.samples.len() < SAMPLES {
                column.samples.push(cell);
            }
        }
    }
    columns
}
