//! What is kept between two starts: where the agent is signed in, and the token for the next one. A
//! file that its owner alone can read; why no keyring: `docs/adr/0024-a-companion-opens-the-browser.md`.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::Error;

/// A sign-in that lasts.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    /// The server's address.
    pub(crate) server: Url,
    /// Good for the next tokens, once.
    pub(crate) refresh: SecretString,
}

/// The same as it is written.
#[derive(Serialize, Deserialize)]
struct Written {
    server: Url,
    refresh_token: String,
}

/// The folder of the companion's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(PathBuf);

impl Folder {
    /// A folder, which need not be there.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// Where programs keep such things for this person: `linecard` in the state folder of the XDG Base
    /// Directory Specification. `None`: the person has no home.
    pub fn of_person(
        variable: impl Fn(&str) -> Option<String>,
        home: Option<PathBuf>,
    ) -> Option<Self> {
        let state = variable("XDG_STATE_HOME").map(PathBuf::from);
        let state = state.filter(|path| path.is_absolute());
        let state = state.or_else(|| home.map(|home| home.join(".local/state")))?;
        Some(Self(state.join("linecard")))
    }

    /// Takes the folder for as long as what is returned lives. Two companions would show each other's
    /// tokens a second time, which the server takes for theft.
    pub(crate) fn lock(&self) -> Result<File, Error> {
        let path = self.0.join("companion.lock");
        let taken = self.made().and_then(|()| writing(&path, false));
        let file = taken.map_err(|error| unusable(&path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(fs::TryLockError::WouldBlock) => Err(Error::Running),
            Err(fs::TryLockError::Error(error)) => Err(unusable(&path, error)),
        }
    }

    /// Who is signed in.
    pub(crate) fn read(&self) -> Result<Option<SignedIn>, Error> {
        let path = self.path();
        match fs::read(&path) {
            Ok(bytes) => {
                let written: Written = serde_json::from_slice(&bytes)
                    // What serde says of it could repeat the token.
                    .map_err(|_| unusable(&path, io::ErrorKind::InvalidData.into()))?;
                Ok(Some(SignedIn {
                    server: written.server,
                    refresh: written.refresh_token.into(),
                }))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unusable(&path, error)),
        }
    }

    /// Keeps it. A machine that loses its power keeps the one before or this one, never half of it.
    pub(crate) fn write(&self, known: &SignedIn) -> Result<(), Error> {
        let written = Written {
            server: known.server.clone(),
            refresh_token: known.refresh.expose_secret().to_owned(),
        };
        let path = self.path();
        let kept = || {
            self.made()?;
            let new = path.with_extension("new");
            let mut file = writing(&new, true)?;
            file.write_all(&serde_json::to_vec(&written)?)?;
            file.sync_all()?;
            fs::rename(&new, &path)
        };
        kept().map_err(|error| unusable(&path, error))
    }

    /// Nobody is signed in any more.
    pub(crate) fn forget(&self) -> Result<(), Error> {
        let path = self.path();
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unusable(&path, error)),
            _ => Ok(()),
        }
    }

    fn path(&self) -> PathBuf {
        self.0.join("companion.json")
    }

    fn made(&self) -> io::Result<()> {
        let mut folder = fs::DirBuilder::new();
        folder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.create(&self.0)
    }
}

/// Opens a file that its owner alone can read.
fn writing(path: &Path, empty: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(empty);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn unusable(path: &Path, error: io::Error) -> Error {
    Error::File {
        path: path.to_owned(),
        error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> SignedIn {
        SignedIn {
            server: "https://linecard.example.com".parse().unwrap(),
            refresh: "very-secret".to_owned().into(),
        }
    }

    #[test]
    fn what_is_kept_is_there_at_the_next_start_until_it_is_forgotten() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::at(root.path().join("state/linecard"));
        assert!(folder.read().unwrap().is_none());
        folder.write(&known()).unwrap();
        let read = folder.read().unwrap().unwrap();
        assert_eq!(read.server, known().server);
        assert_eq!(read.refresh.expose_secret(), "very-secret");
        folder.forget().unwrap();
        folder.forget().unwrap();
        assert!(folder.read().unwrap().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::at(root.path().join("state/linecard"));
        folder.write(&known()).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder.path()), 0o600);
        assert_eq!(mode(&folder.0), 0o700);
    }

    #[test]
    fn a_damaged_file_is_told_without_what_is_in_it() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::at(root.path().to_owned());
        fs::write(folder.path(), r#"{"refresh_token":"very-secret""#).unwrap();
        let error = folder.read().unwrap_err();
        assert!(!format!("{error} {error:?}").contains("very-secret"));
    }

    #[test]
    fn only_one_companion_has_the_folder() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::at(root.path().to_owned());
        let taken = folder.lock().unwrap();
        assert!(matches!(folder.lock(), Err(Error::Running)));
        drop(taken);
        folder.lock().unwrap();
    }

    #[test]
    fn the_folder_is_where_xdg_says() {
        let of = |state: Option<&'static str>| {
            let home = Some(PathBuf::from("/home/alice"));
            Folder::of_person(|_| state.map(str::to_owned), home)
                .unwrap()
                .0
        };
        assert_eq!(of(None), Path::new("/home/alice/.local/state/linecard"));
        assert_eq!(of(Some("/state")), Path::new("/state/linecard"));
        // The specification has a relative path passed over.
        assert_eq!(
            of(Some("state")),
            Path::new("/home/alice/.local/state/linecard")
        );
        assert_eq!(Folder::of_person(|_| None, None), None);
    }
}
