//! A file comes in, piece by piece: a cut connection costs one piece, and the browser can show how
//! far it is.

use linecard_store::{AccountId, Import, ImportId, ImportState, NewImport, PhonebookId};

use super::{ImportError, Imports};

/// How many characters of a file's name are kept.
const LONGEST_NAME: usize = 200;

impl Imports {
    /// Announces a file of so many bytes whose contacts shall go into a phonebook.
    pub async fn announce(
        &self,
        account: AccountId,
        phonebook: PhonebookId,
        file_name: &str,
        bytes: u64,
    ) -> Result<Import, ImportError> {
        let most = self.folder().longest;
        if bytes > most {
            return Err(ImportError::TooLong { bytes, most });
        }
        if bytes == 0 {
            return Err(ImportError::Empty);
        }
        let shared = self.0.shared();
        let file_name = file_name.replace(char::is_control, " ");
        let new = NewImport {
            phonebook,
            account,
            node: shared.node.name().to_owned(),
            file_name: file_name.chars().take(LONGEST_NAME).collect(),
            bytes,
        };
        let mut unit = shared.store.begin().await?;
        unit.phonebooks().editable(phonebook).await?;
        let id = unit.imports().create(&new).await?;
        unit.commit().await?;
        self.get(id).await
    }

    /// Takes the piece of a file that begins at `from`. With the last one the file is looked at,
    /// and the import is ready to be started.
    pub async fn receive(
        &self,
        id: ImportId,
        from: u64,
        piece: Vec<u8>,
    ) -> Result<Import, ImportError> {
        let import = self.on_this_node(id).await?;
        if import.state != ImportState::Uploading {
            return Err(ImportError::State(import.state));
        }
        let received = import.received;
        let end = from.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if from != received || end > import.bytes {
            return Err(ImportError::NotNext { received });
        }
        if !piece.is_empty() {
            self.folder().add(id, from, piece).await?;
        }
        let file = if end == import.bytes {
            Some(self.folder().settle(id, &import.file_name).await?)
        } else {
            None
        };
        let mut unit = self.0.store().begin().await?;
        match &file {
            Some(file) => unit.imports().ready(id, file).await?,
            None => unit.imports().received(id, end).await?,
        }
        unit.commit().await?;
        self.get(id).await
    }
}
