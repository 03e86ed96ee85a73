//! A certificate with its key, ready to be shown.

use std::sync::Arc;

use jiff::Timestamp;
use rustls::pki_types::CertificateDer;
use rustls::sign::CertifiedKey;
use x509_parser::prelude::{FromDer as _, X509Certificate};

/// A certificate with its key, ready to be shown.
#[derive(Debug)]
pub(super) struct Served {
    pub(super) key: Arc<CertifiedKey>,
    /// Until when it is valid.
    pub(super) until: Timestamp,
    /// What it was made from: the same again needs no change.
    pub(super) made_from: Vec<u8>,
    /// Whose it is, for people.
    pub(super) place: String,
}

/// Until when a certificate is valid; an error says why it cannot be read.
pub(super) fn valid_until(certificate: &CertificateDer<'_>) -> Result<Timestamp, String> {
    let (_, read) = X509Certificate::from_der(certificate).map_err(|error| error.to_string())?;
    let until = read.validity().not_after.timestamp();
    Timestamp::from_second(until).map_err(|error| error.to_string())
}
