//! The file in which a stand-in keeps what it must still know after it was killed.
//!
//! One JSON value a line, appended with each change; of two lines about the same thing the later
//! one counts. A last line that a kill cut short is ignored. When the file is opened it is written
//! anew without what no longer counts.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::grants::Grant;
use super::records::Record;

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Line {
    Record(Record),
    Grant(Grant),
}

/// Where changes are appended; nowhere for a stand-in that only lives in memory.
#[derive(Debug, Default)]
pub(crate) struct Journal(Option<Open>);

#[derive(Debug)]
struct Open {
    path: PathBuf,
    file: File,
}

/// Reads a file's lines; a file that is not there has none.
pub(crate) fn read(path: &Path) -> io::Result<Vec<Line>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let complete = text
        .rfind('\n')
        .map_or("", |end| text.get(..end).unwrap_or(""));
    complete
        .lines()
        .map(|line| serde_json::from_str(line).map_err(io::Error::from))
        .collect()
}

impl Journal {
    /// Begins the file anew with these lines.
    pub(crate) fn create(path: PathBuf, lines: &[Line]) -> io::Result<Self> {
        let file = replacement(&path, lines)?;
        Ok(Self(Some(Open { path, file })))
    }

    /// Forgets everything but these lines.
    pub(crate) fn replace(&mut self, lines: &[Line]) -> io::Result<()> {
        if let Some(open) = &mut self.0 {
            open.file = replacement(&open.path, lines)?;
        }
        Ok(())
    }

    /// Appends one line. It survives the end of the process when this returns.
    pub(crate) fn append(&mut self, line: &Line) -> io::Result<()> {
        let Some(open) = &mut self.0 else {
            return Ok(());
        };
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        open.file.write_all(text.as_bytes())
    }
}

/// Writes a new file beside the old one and puts it in its place, so that a kill leaves one of
/// the two and never a half.
fn replacement(path: &Path, lines: &[Line]) -> io::Result<File> {
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(".new");
    let mut file = File::create(&fresh)?;
    let mut text = String::new();
    for line in lines {
        text.push_str(&serde_json::to_string(line)?);
        text.push('\n');
    }
    file.write_all(text.as_bytes())?;
    fs::rename(&fresh, path)?;
    Ok(file)
}
