//! A CSV file, as `cdr_csv`, `cdr_custom` and `cel_custom` write it.

use std::fs::File;
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use csv::{ByteRecord, ReaderBuilder};
use linecard_pbx::RecordsError;

use super::earliest::Earliest;
use super::{MOST_ROWS, NEWEST, Wanted, unreadable};
use crate::records::row::Rows;
use crate::records::settings::{Kind, RecordsSettings};
use crate::records::{cdr, cel};

/// Only so much of the end of a file is read, about a quarter of a million calls.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// What `cdr_csv` and `cel_custom` call their file.
const USUAL_NAME: &str = "Master.csv";

pub(super) async fn read(
    path: PathBuf,
    settings: RecordsSettings,
    wanted: Wanted,
) -> Result<Rows, RecordsError> {
    let reading = tokio::task::spawn_blocking(move || read_now(&path, &settings, &wanted));
    reading
        .await
        .map_err(|error| unreadable(error.to_string()))?
}

fn read_now(
    path: &Path,
    settings: &RecordsSettings,
    wanted: &Wanted,
) -> Result<Rows, RecordsError> {
    let path = if path.is_dir() {
        path.join(USUAL_NAME)
    } else {
        path.to_owned()
    };
    let fails = |error: std::io::Error| unreadable(format!("{}: {error}", path.display()));
    let mut file = match File::open(&path) {
        Ok(file) => file,
        // Asterisk makes it with the first call.
        Err(error) if error.kind() == ErrorKind::NotFound && parent_exists(&path) => {
            return Ok(Rows::default());
        }
        Err(error) => return Err(fails(error)),
    };
    let length = file.metadata().map_err(fails)?.len();
    let skipped = length.saturating_sub(MOST_BYTES);
    file.seek(SeekFrom::Start(skipped)).map_err(fails)?;
    let mut lines = BufReader::new(file.take(MOST_BYTES));
    if skipped > 0 {
        // The line in whose middle we are.
        lines.skip_until(b'\n').map_err(fails)?;
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(lines);
    rows(&mut reader, settings, wanted)
        .map_err(|error| unreadable(format!("{}: {error}", path.display())))
}

fn parent_exists(path: &Path) -> bool {
    path.parent().is_some_and(Path::is_dir)
}

fn rows<R: std::io::Read>(
    reader: &mut csv::Reader<R>,
    settings: &RecordsSettings,
    wanted: &Wanted,
) -> Result<Rows, RecordsError> {
    let fails = |error: csv::Error| unreadable(error.to_string());
    let mut earliest = Earliest::new(MOST_ROWS);
    let mut newest = std::collections::VecDeque::new();
    let mut record = ByteRecord::new();
    let mut found: (usize, Vec<(&'static str, usize)>) = (0, Vec::new());
    while reader.read_byte_record(&mut record).map_err(fails)? {
        if found.0 != record.len() {
            let there = columns(settings, record.len());
            found = (record.len(), wanted.find(&there)?);
        }
        let values: Vec<(&'static str, Box<str>)> = found
            .1
            .iter()
            .filter_map(|(name, place)| {
                let value = String::from_utf8_lossy(record.get(*place)?);
                Some((*name, Box::from(value.trim())))
            })
            .collect();
        let value = |column| {
            let found = values.iter().find(|(name, _)| *name == column);
            found.map_or_else(String::new, |(_, value)| value.to_string())
        };
        if newest.len() == NEWEST {
            newest.pop_front();
        }
        newest.push_back((value(wanted.time), value("uniqueid")));
        let Some(row) = wanted.row(values) else {
            continue;
        };
        if !wanted.wants(row.at) {
            continue;
        }
        earliest.add(row);
    }
    wanted.check_zone(newest.iter().map(|(text, id)| (&**text, &**id)))?;
    Ok(earliest.into_rows())
}

/// The columns of a line of that many: as set, or as Asterisk's own modules write them.
fn columns(settings: &RecordsSettings, many: usize) -> Vec<String> {
    if let Some(columns) = &settings.columns {
        return columns.clone();
    }
    let names: Vec<&str> = match (settings.kind, many) {
        (Kind::Cel, _) => cel::CSV_COLUMNS.to_vec(),
        // With `newcdrcolumns` and without `loguserfield`.
        (Kind::Cdr, 20) => {
            let names = cdr::CSV_COLUMNS.into_iter();
            names.filter(|name| *name != "userfield").collect()
        }
        (Kind::Cdr, _) => cdr::CSV_COLUMNS.to_vec(),
    };
    names.into_iter().take(many).map(str::to_owned).collect()
}
