//! The company's own certificate and key, in two files in PEM.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use rustls::{Error as RustlsError, InconsistentKeys};
use sha2::{Digest as _, Sha256};

use super::error::TlsError;
use super::served::{Served, valid_until};

/// The most that is read of a file, in bytes; a long chain has 20 kB.
const LONGEST: u64 = 1024 * 1024;

/// The two files.
#[derive(Debug, Clone)]
pub(super) struct Files {
    pub(super) certificate: PathBuf,
    pub(super) key: PathBuf,
}

impl Files {
    /// Reads both as they are now. Blocks for as long as the disk takes.
    pub(super) fn read(&self) -> Result<Served, TlsError> {
        let (certificate, key) = (contents(&self.certificate)?, contents(&self.key)?);
        let made_from = Sha256::new()
            .chain_update(Sha256::digest(&certificate))
            .chain_update(Sha256::digest(&key))
            .finalize()
            .to_vec();
        let chain: Vec<_> = CertificateDer::pem_slice_iter(&certificate)
            .collect::<Result<_, _>>()
            .map_err(|error| self.bad_certificate(error))?;
        let Some(first) = chain.first() else {
            return Err(TlsError::NoCertificate(self.certificate.clone()));
        };
        let until = valid_until(first).map_err(|error| self.bad_certificate(error))?;
        let key =
            PrivateKeyDer::from_pem_slice(&key).map_err(|_| TlsError::NoKey(self.key.clone()))?;
        let key = CertifiedKey::from_der(chain, key, &super::provider())
            .map_err(|error| self.unfit(&error))?;
        Ok(Served {
            key: Arc::new(key),
            until,
            made_from,
            place: self.certificate.display().to_string(),
        })
    }

    fn bad_certificate(&self, words: impl std::fmt::Display) -> TlsError {
        TlsError::BadCertificate {
            path: self.certificate.clone(),
            words: words.to_string(),
        }
    }

    fn unfit(&self, error: &RustlsError) -> TlsError {
        match error {
            RustlsError::InconsistentKeys(InconsistentKeys::KeyMismatch) => TlsError::NotAPair {
                certificate: self.certificate.clone(),
                key: self.key.clone(),
            },
            RustlsError::InvalidCertificate(_) => self.bad_certificate(error),
            _ => TlsError::BadKey {
                path: self.key.clone(),
                words: error.to_string(),
            },
        }
    }
}

fn contents(path: &Path) -> Result<Vec<u8>, TlsError> {
    read(path).map_err(|error| TlsError::Unreadable {
        path: path.to_owned(),
        error,
    })
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut contents = Vec::new();
    File::open(path)?.take(LONGEST).read_to_end(&mut contents)?;
    Ok(contents)
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};
    use tempfile::TempDir;

    use super::*;

    /// The two files with this in them.
    fn files(certificate: &str, key: &str) -> (Files, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let files = Files {
            certificate: folder.path().join("cert.pem"),
            key: folder.path().join("key.pem"),
        };
        std::fs::write(&files.certificate, certificate).unwrap();
        std::fs::write(&files.key, key).unwrap();
        (files, folder)
    }

    fn pair() -> (String, String) {
        let mut params = CertificateParams::new(vec!["linecard.example".to_owned()]).unwrap();
        params.not_after = date_time_ymd(2030, 5, 6);
        let key = KeyPair::generate().unwrap();
        let made = params.self_signed(&key).unwrap();
        (made.pem(), key.serialize_pem())
    }

    fn refusal(certificate: &str, key: &str) -> TlsError {
        files(certificate, key).0.read().unwrap_err()
    }

    #[test]
    fn a_pair_is_read_with_its_end_and_a_change_of_it_is_seen() {
        let (certificate, key) = pair();
        let (files, _folder) = files(&certificate, &key);
        let first = files.read().unwrap();
        assert_eq!(first.until.to_string(), "2030-05-06T00:00:00Z");
        assert_eq!(files.read().unwrap().made_from, first.made_from);
        let (newer, its_key) = pair();
        std::fs::write(&files.certificate, newer).unwrap();
        std::fs::write(&files.key, its_key).unwrap();
        assert_ne!(files.read().unwrap().made_from, first.made_from);
    }

    #[test]
    fn what_is_wrong_with_the_files_is_said_with_the_file_that_is_at_fault() {
        let ((certificate, key), (_, others)) = (pair(), pair());
        let told = refusal("", &key).to_string();
        assert!(told.contains("cert.pem holds no certificate"), "{told}");
        let told = refusal(&certificate, &certificate).to_string();
        assert!(told.contains("key.pem holds no private key"), "{told}");
        let told = refusal(&certificate, &others).to_string();
        assert!(told.contains("does not belong to"), "{told}");
        let cut = certificate.replace("-----END", "---END");
        assert!(matches!(
            refusal(&cut, &key),
            TlsError::BadCertificate { .. }
        ));
        let missing = Files {
            certificate: "/nowhere/cert.pem".into(),
            key: "/nowhere/key.pem".into(),
        };
        let told = missing.read().unwrap_err().to_string();
        assert!(told.contains("/nowhere/cert.pem"), "{told}");
    }
}
