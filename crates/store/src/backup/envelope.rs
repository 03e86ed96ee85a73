//! Locks the lines of a backup with its passphrase, and opens them again: age with its scrypt
//! recipient (<https://c2sp.org/age>). Nothing of the cryptography is our own.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::iter;
use std::path::Path;

use age::scrypt::{Identity, Recipient};
use age::{DecryptError, Decryptor, Encryptor};
use tokio::sync::mpsc;

use super::{BackupError, BackupFileError, Passphrase};

/// The cost of a guess: 2^17 rounds of scrypt, 128 MiB of memory, as OWASP recommends.
const WORK: u8 = 17;
/// The highest cost that is paid for a file: 1 GiB.
const MOST_WORK: u8 = 20;

/// A part of a backup on its way.
pub(super) enum Piece {
    /// Some lines.
    Lines(Vec<u8>),
    /// There are no more. Without it the file gets no end, and nobody takes it for whole.
    End,
}

/// Encrypts what comes, on a thread that may block.
pub(super) fn seal(
    passphrase: &Passphrase,
    mut pieces: mpsc::Receiver<Piece>,
    out: impl Write,
) -> Result<(), BackupError> {
    let mut recipient = Recipient::new(passphrase.secret());
    recipient.set_work_factor(WORK);
    let encryptor = Encryptor::with_recipients(iter::once(&recipient as _))?;
    let mut out = encryptor.wrap_output(BufWriter::new(out))?;
    while let Some(piece) = pieces.blocking_recv() {
        match piece {
            Piece::Lines(lines) => out.write_all(&lines)?,
            Piece::End => {
                out.finish()?.flush()?;
                return Ok(());
            }
        }
    }
    // Whoever read the store has stopped, and says why.
    Ok(())
}

/// The lines of the backup at `path`, on a thread that may block.
pub(super) fn open(
    path: &Path,
    passphrase: &Passphrase,
) -> Result<BufReader<impl Read + use<>>, BackupFileError> {
    let io = |error| BackupFileError::Io {
        path: path.to_owned(),
        error,
    };
    let file = BufReader::new(File::open(path).map_err(io)?);
    let decryptor = Decryptor::new_buffered(file).map_err(|error| of_header(path, error))?;
    let mut identity = Identity::new(passphrase.secret());
    identity.set_max_work_factor(MOST_WORK);
    let lines = decryptor
        .decrypt(iter::once(&identity as _))
        .map_err(|error| of_header(path, error))?;
    Ok(BufReader::new(lines))
}

fn of_header(path: &Path, error: DecryptError) -> BackupFileError {
    match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            BackupFileError::WrongPassphrase
        }
        DecryptError::Io(error) if error.raw_os_error().is_some() => BackupFileError::Io {
            path: path.to_owned(),
            error,
        },
        DecryptError::InvalidMac => BackupFileError::Damaged {
            words: error.to_string(),
        },
        error => BackupFileError::NotABackup {
            path: path.to_owned(),
            words: error.to_string(),
        },
    }
}
