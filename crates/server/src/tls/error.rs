//! Why a certificate cannot be used, in one line that says what to do.

use std::io;
use std::path::PathBuf;

use jiff::Timestamp;
use linecard_store::StoreError;

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error(
        "cannot read {path}: {error}; tls.certificate and tls.key must name PEM files that \
         Linecard's user may read"
    )]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        error: io::Error,
    },
    /// There is no certificate in the file.
    #[error(
        "{0} holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----: put the \
         certificate there, followed by those of its authorities"
    )]
    NoCertificate(PathBuf),
    /// There is no private key in the file.
    #[error(
        "{0} holds no private key in PEM that is not locked with a password: put the key there \
         that belongs to the certificate"
    )]
    NoKey(PathBuf),
    /// The certificate cannot be understood.
    #[error("the certificate in {path} cannot be used: {words}")]
    BadCertificate {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        words: String,
    },
    /// The key cannot be used.
    #[error("the private key in {path} cannot be used: {words}; RSA, ECDSA and Ed25519 are known")]
    BadKey {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        words: String,
    },
    /// Certificate and key are of two pairs.
    #[error(
        "the key in {key} does not belong to the certificate in {certificate}: put both there \
         from the same pair"
    )]
    NotAPair {
        /// The certificate's file.
        certificate: PathBuf,
        /// The key's file.
        key: PathBuf,
    },
    /// The newer certificate is of no use any more.
    #[error("the certificate in {path} ended at {at}: put one there that is still valid")]
    Ended {
        /// Which file.
        path: PathBuf,
        /// When.
        at: Timestamp,
    },
    /// The authority could not issue a certificate.
    #[error("the certificate authority of this Linecard cannot issue a certificate: {0}")]
    NotIssued(String),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The TLS library refuses to work.
    #[error("TLS cannot be set up: {0}")]
    Library(String),
}
