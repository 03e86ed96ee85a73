//! Contacts out of files: taken in, shown, and written row by row.
//!
//! A file comes in pieces into a [`folder`] on this node's disk and is looked at. What its rows become
//! is shown before anything is written ([`Preview`]). Then one task writes them ([`run`]), in
//! transactions so short that calls and the outbox do not wait, each with how far it has come: after
//! a crash it goes on there. Only the node that has the file works on it.

mod announce;
mod batch;
mod folder;
mod list;
mod plan;
mod preview;
mod rows;
mod run;
mod undo;

pub use folder::ImportFolder;
pub use plan::PlanFault;
pub use preview::{Preview, SampleColumn, SampleRow};

pub(crate) use run::run;

use linecard_store::{
    ContactError, Import, ImportId, ImportState, NotEditable, PhonebookId, StoreError,
};

use crate::Flow;

/// Imports of contacts into phonebooks.
#[derive(Clone)]
pub struct Imports(pub(crate) Flow);

/// Why an import is not done as wished.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// There is none.
    #[error("there is no such import; it may have been forgotten since")]
    NoImport,
    /// Its file lies on another node.
    #[error("the file of this import lies on another node of Linecard; go on there")]
    OtherNode,
    /// The file is longer than the setting allows.
    #[error(
        "the file has {bytes} bytes, and at most {most} are taken: split it, or raise the limit in the configuration"
    )]
    TooLong {
        /// How many it has.
        bytes: u64,
        /// How many are taken.
        most: u64,
    },
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// This is not the piece of the file that comes next.
    #[error("the piece does not begin where the last one ended: at {received}")]
    NotNext {
        /// How much of the file is there.
        received: u64,
    },
    /// It is in a state in which this cannot be done.
    #[error("this cannot be done with an import that is {}", .0.as_str())]
    State(ImportState),
    /// What was chosen does not fit.
    #[error(transparent)]
    Plan(#[from] PlanFault),
    /// The phonebook takes no import.
    #[error(transparent)]
    NotEditable(#[from] NotEditable),
    /// The file cannot be written or read.
    #[error("the file cannot be kept: {0}")]
    File(#[from] std::io::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ContactError> for ImportError {
    fn from(error: ContactError) -> Self {
        match error {
            ContactError::NotEditable(error) => Self::NotEditable(error),
            ContactError::Store(error) => Self::Store(error),
            // Neither is said of contacts that are new.
            ContactError::NoContact | ContactError::Conflict | ContactError::SlotTwice(_) => {
                Self::NoImport
            }
        }
    }
}

impl Imports {
    /// One import.
    pub async fn get(&self, id: ImportId) -> Result<Import, ImportError> {
        let mut unit = self.0.store().read().await?;
        let found = unit.imports().get(id).await?;
        found.ok_or(ImportError::NoImport)
    }

    /// The newest imports into a phonebook; at most `limit`.
    pub async fn of_phonebook(
        &self,
        phonebook: PhonebookId,
        limit: usize,
    ) -> Result<Vec<Import>, StoreError> {
        let mut unit = self.0.store().read().await?;
        unit.imports().of_phonebook(phonebook, limit).await
    }

    /// Stops it. What was written stays, and [`Import::progress`] says how much that is.
    pub async fn cancel(&self, id: ImportId) -> Result<Import, ImportError> {
        self.bring(
            id,
            &[ImportState::Running, ImportState::Failed],
            ImportState::Cancelled,
        )
        .await
    }

    /// Goes on with one that failed, where it stopped.
    pub async fn resume(&self, id: ImportId) -> Result<Import, ImportError> {
        self.on_this_node(id).await?;
        self.bring(id, &[ImportState::Failed], ImportState::Running)
            .await
    }

    /// Begins to take out again what it added. What it changed stays as it is, and so does what
    /// people have changed since.
    pub async fn undo(&self, id: ImportId) -> Result<Import, ImportError> {
        let import = self.get(id).await?;
        let mut unit = self.0.store().begin().await?;
        unit.phonebooks().editable(import.phonebook).await?;
        drop(unit);
        let from = [
            ImportState::Done,
            ImportState::Cancelled,
            ImportState::Failed,
        ];
        self.bring(id, &from, ImportState::Undoing).await
    }

    /// Forgets a file from which nothing has been written.
    pub async fn discard(&self, id: ImportId) -> Result<(), ImportError> {
        let import = self.get(id).await?;
        let mut unit = self.0.store().begin().await?;
        if !unit.imports().discard(id).await? {
            return Err(ImportError::State(import.state));
        }
        unit.commit().await?;
        self.folder().remove(id).await;
        Ok(())
    }

    async fn bring(
        &self,
        id: ImportId,
        from: &[ImportState],
        to: ImportState,
    ) -> Result<Import, ImportError> {
        let mut unit = self.0.store().begin().await?;
        let before = unit.imports().get(id).await?;
        let before = before.ok_or(ImportError::NoImport)?;
        if !unit.imports().change(id, from, to).await? {
            return Err(ImportError::State(before.state));
        }
        unit.commit().await?;
        self.0.shared().imports.notify_one();
        self.get(id).await
    }

    async fn on_this_node(&self, id: ImportId) -> Result<Import, ImportError> {
        let import = self.get(id).await?;
        if import.node == self.0.shared().node.name() {
            Ok(import)
        } else {
            Err(ImportError::OtherNode)
        }
    }

    fn folder(&self) -> &ImportFolder {
        &self.0.shared().import_folder
    }
}
