//! Everything in the store as one encrypted file, and a store made from such a file.
//!
//! The file is [age](https://age-encryption.org/v1)'s, locked with a passphrase. Inside are lines of
//! JSON: what made it ([`format::Header`]), then table by table its columns and its rows, then how many
//! rows that were. It is the same whichever database it was made of. Secrets travel opened, because
//! another machine has another key file; they are sealed anew where they are restored.
//!
//! A backup is of one moment, taken in one transaction that reads. A restore checks the whole file
//! before it writes, and writes in one transaction. What it changes on the way, so that two Linecards
//! do not do the same work, is in [`settle`].

mod dump;
mod envelope;
mod file;
mod format;
mod load;
mod passphrase;
mod reading;
mod settle;
mod tables;

pub use file::{BackupFile, BackupFileError};
pub use load::{RestoreError, Restored};
pub use passphrase::{Passphrase, WeakPassphrase};

use std::io::{self, Write};

use tokio::sync::mpsc;

use crate::{Store, StoreError};

/// How many pieces wait for whoever takes the file.
const PIECES: usize = 8;

/// A backup could not be made. What was written of it is of no use: it lacks its end.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file could not be written, or whoever took it is gone.
    #[error("the backup could not be written ({0}): look for space and rights where it goes")]
    Write(#[from] io::Error),
    /// The file could not be locked.
    #[error("the backup could not be encrypted ({0})")]
    Encrypt(#[from] age::EncryptError),
    /// The program is stopping.
    #[error("the backup was given up because the program is stopping")]
    Stopping,
}

impl Store {
    /// Writes everything that is kept into `out`, encrypted. It is complete when this returns; of a
    /// store of a million contacts only a few pieces are in memory. `out` may block: it is written to
    /// on a thread of its own. On SQLite the journal grows as long as it takes.
    pub async fn back_up(
        &self,
        passphrase: Passphrase,
        out: impl Write + Send + 'static,
    ) -> Result<(), BackupError> {
        let (pieces, taken) = mpsc::channel(PIECES);
        let sealing = tokio::task::spawn_blocking(move || envelope::seal(&passphrase, taken, out));
        let mut unit = self.read().await?;
        let dumped = dump::dump(&mut unit, pieces).await;
        drop(unit);
        // Why nobody takes the pieces any more tells more than that nobody does.
        sealing.await.map_err(|_| BackupError::Stopping)??;
        dumped
    }
}
