//! Where files lie while contacts are taken out of them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use linecard_book::exchange::encoding::{Normaliser, Survey};
use linecard_store::{ImportFile, ImportFormat, ImportId};

/// How much of a file is read at once.
const PIECE: usize = 256 * 1024;
/// How much of a file is looked at to tell cards from tables.
const BEGINNING: usize = 4 * 1024;

/// The folder of the files, and how long they may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFolder {
    /// Where it is; it is made when it is first needed.
    pub path: PathBuf,
    /// How many bytes a file may have.
    pub longest: u64,
}

impl ImportFolder {
    /// The file as it comes.
    fn coming(&self, id: ImportId) -> PathBuf {
        self.path.join(format!("{id}.coming"))
    }

    /// The file as rows are read from it.
    pub(super) fn rows(&self, id: ImportId) -> PathBuf {
        self.path.join(format!("{id}.rows"))
    }

    /// Adds a piece that begins at `from` to a file. It is on the disk when this returns.
    pub(super) async fn add(&self, id: ImportId, from: u64, piece: Vec<u8>) -> io::Result<()> {
        let (folder, path) = (self.path.clone(), self.coming(id));
        blocking(move || {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
            let mut file = owners_only().truncate(false).open(path)?;
            // What a cut connection left behind it is written over.
            file.set_len(from)?;
            file.seek(SeekFrom::Start(from))?;
            file.write_all(&piece)?;
            file.sync_data()
        })
        .await
    }

    /// Makes the file that came one that rows can be read from, and tells what it is.
    pub(super) async fn settle(&self, id: ImportId, name: &str) -> io::Result<ImportFile> {
        let (coming, rows) = (self.coming(id), self.rows(id));
        let is_named_card = [".vcf", ".vcard"]
            .iter()
            .any(|end| name.to_lowercase().ends_with(end));
        blocking(move || settle(&coming, &rows, is_named_card)).await
    }

    /// Removes what there is of a file.
    pub(super) async fn remove(&self, id: ImportId) {
        let paths = [self.coming(id), self.rows(id)];
        let removed = blocking(move || {
            for path in paths {
                match fs::remove_file(path) {
                    Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            Ok(())
        });
        if let Err(error) = removed.await {
            tracing::warn!(%error, "the file of an import could not be removed");
        }
    }

    /// Removes the files of all imports but these.
    pub(super) async fn remove_all_but(&self, needed: &[ImportId]) {
        let (folder, needed) = (self.path.clone(), needed.to_vec());
        let ids = blocking(move || match fs::read_dir(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
            Ok(entries) => Ok(entries
                .filter_map(|entry| {
                    let path = entry.ok()?.path();
                    path.file_stem()?.to_str()?.parse::<ImportId>().ok()
                })
                .filter(|id| !needed.contains(id))
                .collect()),
        });
        match ids.await {
            Ok(ids) => {
                for id in ids {
                    self.remove(id).await;
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the folder of imports could not be looked through");
            }
        }
    }
}

/// Does what waits for the disk beside the tasks that must not.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// People's numbers are for their owner's eyes only.
fn owners_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true).mode(0o600);
    options
}

fn settle(coming: &Path, rows: &Path, is_named_card: bool) -> io::Result<ImportFile> {
    let mut from = File::open(coming)?;
    let mut to = owners_only().truncate(true).open(rows)?;
    let (mut normaliser, mut survey) = (Normaliser::new(), Survey::new());
    let (mut piece, mut out) = (vec![0; PIECE], Vec::new());
    let (mut bytes, mut beginning) = (0, Vec::new());
    loop {
        let read = from.read(&mut piece)?;
        out.clear();
        normaliser.push(piece.get(..read).unwrap_or_default(), read == 0, &mut out);
        survey.push(&out);
        if beginning.len() < BEGINNING {
            beginning.extend(out.iter().take(BEGINNING));
        }
        to.write_all(&out)?;
        bytes += u64::try_from(out.len()).unwrap_or_default();
        if read == 0 {
            break;
        }
    }
    to.sync_data()?;
    fs::remove_file(coming)?;
    let begins = beginning.trim_ascii_start().get(..11);
    let is_card = begins.is_some_and(|begins| begins.eq_ignore_ascii_case(b"BEGIN:VCARD"));
    Ok(ImportFile {
        format: if is_card || is_named_card {
            ImportFormat::Vcard
        } else {
            ImportFormat::Csv
        },
        bytes,
        encoding: survey.finish().map(|encoding| encoding.name().to_owned()),
    })
}
