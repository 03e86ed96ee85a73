//! Which node this is, among those that may share a database.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use linecard_clock::Entropy;

/// One running Linecard. Its name stays the same through restarts, so that what it had in hand
/// when it was killed is known to be in nobody's hand when it starts again.
///
/// The name lies in a file that is locked for as long as this value lives: a second Linecard on
/// the same folder would take the first one's jobs away from it. The system drops the lock when the
/// process ends, however it ends.
#[derive(Debug)]
pub struct Node {
    name: String,
    _locked: Option<File>,
}

/// The file that names this node cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum NodeError {
    /// Another process holds it.
    #[error(
        "another Linecard runs on {path}: stop that one first, or give this one a folder of its own"
    )]
    Taken {
        /// The file.
        path: String,
    },
    /// It cannot be read or written.
    #[error(
        "the file {path} cannot be used ({source}): give the user that runs Linecard the right to \
         write there"
    )]
    Unusable {
        /// The file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
}

impl Node {
    /// Takes the name in the file at `path`, which is made with a new name on the first start.
    pub fn open_or_create(path: &Path, entropy: &dyn Entropy) -> Result<Self, NodeError> {
        let unusable = |source| NodeError::Unusable {
            path: path.display().to_string(),
            source,
        };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(path).map_err(unusable)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(NodeError::Taken {
                    path: path.display().to_string(),
                });
            }
            Err(TryLockError::Error(source)) => return Err(unusable(source)),
        }
        let mut name = String::new();
        file.read_to_string(&mut name).map_err(unusable)?;
        let mut name = name.trim().to_owned();
        if name.is_empty() {
            name = entropy.token();
            writeln!(file, "{name}").map_err(unusable)?;
            file.sync_all().map_err(unusable)?;
        }
        Ok(Self {
            name,
            _locked: Some(file),
        })
    }

    /// A node of this name, kept in no file: for tests and measurements, which are alone.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            _locked: None,
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(test)]
mod tests {
    use linecard_clock::SystemEntropy;

    use super::*;

    #[test]
    fn x6_a_node_keeps_its_name_and_two_have_two() {
        let folder = tempfile::tempdir().unwrap();
        let open = |file: &str| Node::open_or_create(&folder.path().join(file), &SystemEntropy);
        let first = open("a").unwrap().name().to_owned();
        assert_eq!(open("a").unwrap().name(), first);
        assert_ne!(open("b").unwrap().name(), first);
    }

    #[test]
    fn x6_a_second_linecard_in_one_folder_is_refused_and_told_why() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("linecard.node");
        let first = Node::open_or_create(&path, &SystemEntropy).unwrap();
        let refused = Node::open_or_create(&path, &SystemEntropy).unwrap_err();
        assert!(matches!(refused, NodeError::Taken { .. }));
        assert!(refused.to_string().contains("linecard.node"), "{refused}");
        drop(first);
        Node::open_or_create(&path, &SystemEntropy).unwrap();
    }
}
