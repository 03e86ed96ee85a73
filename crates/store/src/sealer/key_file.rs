//! The key file: a line with its name and version, a line with 32 random bytes in base64.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use linecard_clock::Entropy;
use secrecy::SecretBox;
use secrecy::zeroize::Zeroizing;

const FIRST_LINE: &str = "linecard key file, version 1";

/// The key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SealerError {
    /// It cannot be read or made.
    #[error(
        "the key file {path} cannot be read or made ({error}): give the user that runs Linecard the right to its folder"
    )]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        error: io::Error,
    },
    /// It holds something else.
    #[error(
        "{path} is no key file of this version: put back the one that was made with the database"
    )]
    NotAKeyFile {
        /// The file.
        path: PathBuf,
    },
}

pub(super) fn open_or_create(
    path: &Path,
    entropy: &dyn Entropy,
) -> Result<SecretBox<[u8; 32]>, SealerError> {
    let io = |error| SealerError::Io {
        path: path.to_owned(),
        error,
    };
    let text = match fs::read(path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            create(path, entropy).map_err(io)?;
            Zeroizing::new(fs::read(path).map_err(io)?)
        }
        Err(error) => return Err(io(error)),
    };
    key(&text).ok_or_else(|| SealerError::NotAKeyFile {
        path: path.to_owned(),
    })
}

/// Writes a new key file. It is complete on the disk before it has its name: a crash leaves
/// none rather than half of one.
fn create(path: &Path, entropy: &dyn Entropy) -> io::Result<()> {
    let mut key = Zeroizing::new([0; 32]);
    entropy.fill(&mut *key);
    let text = Zeroizing::new(format!("{FIRST_LINE}\n{}\n", STANDARD.encode(*key)));

    let unfinished = path.with_extension("new");
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&unfinished)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

fn key(text: &[u8]) -> Option<SecretBox<[u8; 32]>> {
    let (first, second) = std::str::from_utf8(text).ok()?.split_once('\n')?;
    if first.trim_end() != FIRST_LINE {
        return None;
    }
    let bytes = Zeroizing::new(STANDARD.decode(second.trim_end()).ok()?);
    let key: [u8; 32] = bytes.as_slice().try_into().ok()?;
    Some(SecretBox::new(Box::new(key)))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use linecard_clock::SystemEntropy;
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn the_first_start_makes_a_key_file_for_its_owner_only_and_the_next_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("linecard.key");
        let made = open_or_create(&path, &SystemEntropy).unwrap();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        let read = open_or_create(&path, &SystemEntropy).unwrap();
        assert_eq!(made.expose_secret(), read.expose_secret());
    }

    #[test]
    fn a_file_that_holds_something_else_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("linecard.key");
        let short = format!("{FIRST_LINE}\nc2hvcnQ=\n");
        for text in [
            "",
            "my notes\n",
            "linecard key file, version 2\nAAAA\n",
            &short,
        ] {
            fs::write(&path, text).unwrap();
            let error = open_or_create(&path, &SystemEntropy).unwrap_err();
            assert!(matches!(error, SealerError::NotAKeyFile { .. }), "{text:?}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let path = Path::new("/proc/no/such/linecard.key");
        let error = open_or_create(path, &SystemEntropy).unwrap_err();
        assert!(error.to_string().contains("/proc/no/such/linecard.key"));
    }
}
