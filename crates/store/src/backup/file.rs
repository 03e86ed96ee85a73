//! A backup that was read once from end to end.

use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::Passphrase;
use super::envelope;
use super::format::Header;
use super::reading::{Line, Lines};

/// A backup that is whole, and the right passphrase to it.
#[derive(Debug)]
pub struct BackupFile {
    pub(super) path: PathBuf,
    pub(super) passphrase: Passphrase,
    pub(super) header: Header,
}

/// A file cannot be restored from.
#[derive(Debug, thiserror::Error)]
pub enum BackupFileError {
    /// It cannot be opened.
    #[error("the file {path} cannot be read ({error}): check its name and the right to read it")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// It could not be read to its end.
    #[error("the backup cannot be read to its end ({0}): check the disk it lies on")]
    Read(#[source] io::Error),
    /// It is something else.
    #[error("{path} is no backup of Linecard's ({words}): choose the file that was downloaded")]
    NotABackup {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        words: String,
    },
    /// The passphrase does not open it.
    #[error(
        "the passphrase does not open this backup: type the one that was chosen when it was made \
         (or the file's beginning was altered)"
    )]
    WrongPassphrase,
    /// It was altered, or cut short.
    #[error(
        "the backup is damaged or not whole ({words}): take another copy of it, or an older one"
    )]
    Damaged {
        /// What is wrong.
        words: String,
    },
    /// A newer Linecard made it.
    #[error(
        "the backup was made by a newer Linecard (format {format}, schema {schema}): restore it with \
         that one"
    )]
    Newer {
        /// Its format.
        format: u32,
        /// The newest step of its schema.
        schema: i64,
    },
}

impl BackupFile {
    /// Reads the file from end to end and checks it. It blocks, for as long as that takes.
    pub fn check(path: &Path, passphrase: Passphrase) -> Result<Self, BackupFileError> {
        let (header, mut lines) = Lines::begin(envelope::open(path, &passphrase)?)?;
        while !matches!(lines.next()?, Line::End) {}
        Ok(Self {
            path: path.to_owned(),
            passphrase,
            header,
        })
    }

    /// When it was made.
    #[must_use]
    pub fn made(&self) -> Timestamp {
        self.header.made
    }
}
