//! What was chosen for an import: a first guess, and whether it fits.

use std::collections::HashSet;

use linecard_book::exchange::csv::{DELIMITERS, Dialect};
use linecard_book::exchange::encoding::{Reading, TextEncoding};
use linecard_book::exchange::mapping::{self, Columns, Field};
use linecard_store::{ImportFile, ImportFormat, ImportPlan, OnDuplicate};

use super::rows::first_rows;

/// Why what was chosen cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// Nothing parts cells so.
    #[error("cells are parted by a comma, a semicolon, a tab or a bar")]
    Delimiter,
    /// No such encoding.
    #[error("there is no such encoding")]
    Encoding,
    /// This column holds nothing that is known.
    #[error("column {0} cannot hold that")]
    Column(usize),
    /// Two columns hold the same.
    #[error("column {0} holds what another one holds")]
    Twice(usize),
    /// No column holds a name or a company.
    #[error("no column holds a name or a company")]
    NoName,
    /// No column holds a number.
    #[error("no column holds a number")]
    NoNumber,
}

/// How the bytes of rows are read.
pub(super) fn reading(file: &ImportFile, plan: &ImportPlan) -> Result<Reading, PlanFault> {
    let named = |name: &String| TextEncoding::named(name).ok_or(PlanFault::Encoding);
    Ok(Reading {
        chosen: plan.encoding.as_ref().map(named).transpose()?,
        guessed: file.encoding.as_deref().and_then(TextEncoding::named),
    })
}

pub(super) fn dialect(plan: &ImportPlan) -> Result<Dialect, PlanFault> {
    let delimiter = u8::try_from(plan.delimiter).map_err(|_| PlanFault::Delimiter)?;
    if DELIMITERS.contains(&delimiter) {
        Ok(Dialect { delimiter })
    } else {
        Err(PlanFault::Delimiter)
    }
}

/// What each column holds.
pub(super) fn columns(plan: &ImportPlan) -> Result<Columns, PlanFault> {
    let mut columns = Columns::new();
    for (place, word) in plan.columns.iter().enumerate() {
        let field = match word {
            Some(word) => Some(Field::named(word).ok_or(PlanFault::Column(place + 1))?),
            None => None,
        };
        columns.push(field);
    }
    Ok(columns)
}

/// Whether an import can be started so.
pub(super) fn check(file: &ImportFile, plan: &ImportPlan) -> Result<(), PlanFault> {
    reading(file, plan)?;
    if file.format == ImportFormat::Vcard {
        return Ok(());
    }
    dialect(plan)?;
    let columns = columns(plan)?;
    let mut seen = HashSet::new();
    for (place, field) in columns.iter().enumerate() {
        if let Some(field) = field.filter(|field| *field != Field::LabelledNumber)
            && !seen.insert(field)
        {
            return Err(PlanFault::Twice(place + 1));
        }
    }
    let has = |wanted: &dyn Fn(&Field) -> bool| columns.iter().flatten().any(wanted);
    if !has(&|field| {
        matches!(
            field,
            Field::Name | Field::FirstName | Field::LastName | Field::Company
        )
    }) {
        return Err(PlanFault::NoName);
    }
    if !has(&|field| matches!(field, Field::Number(_) | Field::LabelledNumber)) {
        return Err(PlanFault::NoNumber);
    }
    Ok(())
}

/// The first guess, from a file's beginning.
pub(super) fn guess(file: &ImportFile, beginning: &[u8]) -> ImportPlan {
    let dialect = Dialect::guess(beginning);
    let mut plan = ImportPlan {
        delimiter: char::from(dialect.delimiter),
        encoding: None,
        has_header: false,
        columns: Vec::new(),
        on_duplicate: OnDuplicate::Skip,
    };
    if file.format == ImportFormat::Csv {
        guess_columns(file, &mut plan, beginning);
        plan.has_header = plan.columns.iter().any(Option::is_some);
    }
    plan
}

/// Guesses what the columns hold, with the delimiter and the encoding that are chosen.
pub(super) fn guess_columns(file: &ImportFile, plan: &mut ImportPlan, beginning: &[u8]) {
    let first = match (dialect(plan), reading(file, plan)) {
        (Ok(dialect), Ok(reading)) => first_rows(dialect, reading, beginning, 1).pop(),
        _ => None,
    };
    let names = first.and_then(|row| row.content.ok()).unwrap_or_default();
    let columns = if mapping::names_columns(&names) {
        mapping::guess(&names)
    } else {
        vec![None; names.len()]
    };
    let word = |field: Option<Field>| field.map(|field| field.word().to_owned());
    plan.columns = columns.into_iter().map(word).collect();
}
