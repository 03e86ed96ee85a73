//! How Asterisk's certificate is checked.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use sha2::{Digest as _, Sha256};

/// AMI over TLS (`tlsenable` in `manager.conf`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tls {
    /// The certificate is for the host's name and from an authority that this machine trusts.
    Trusted,
    /// The certificate is this very one, whoever made it: the SHA-256 of its DER form, as
    /// `openssl x509 -fingerprint -sha256` prints it. Asterisk's own are usually self-signed.
    Pinned([u8; 32]),
}

/// A fingerprint that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("is no SHA-256 fingerprint: 64 hexadecimal digits, with or without colons")]
pub struct FingerprintError;

impl Tls {
    /// Reads a fingerprint: `AB:CD:…`, with or without colons.
    pub fn pinned(text: &str) -> Result<Self, FingerprintError> {
        let digits: Vec<u8> = text
            .bytes()
            .filter(|byte| !matches!(byte, b':' | b' '))
            .collect();
        let bytes: Option<Vec<u8>> = digits
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        if digits.len() != 64 {
            return Err(FingerprintError);
        }
        bytes
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self::Pinned)
            .ok_or(FingerprintError)
    }

    pub(crate) fn config(&self) -> Result<Arc<ClientConfig>, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()?;
        let config = match self {
            Self::Trusted => {
                let mut roots = RootCertStore::empty();
                roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
                builder.with_root_certificates(roots)
            }
            Self::Pinned(fingerprint) => {
                builder
                    .dangerous()
                    .with_custom_certificate_verifier(Arc::new(Pin {
                        fingerprint: *fingerprint,
                        provider,
                    }))
            }
        };
        Ok(Arc::new(config.with_no_client_auth()))
    }
}

/// Takes one certificate and no other. That the other side has its key is checked as always.
#[derive(Debug)]
struct Pin {
    fingerprint: [u8; 32],
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pin {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if Sha256::digest(certificate)[..] == self.fingerprint {
            Ok(ServerCertVerified::assertion())
        } else {
            let other = CertificateError::ApplicationVerificationFailure;
            Err(Error::InvalidCertificate(other))
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_openssl_prints_it() {
        let pinned = Tls::pinned(&vec!["aB"; 32].join(":")).unwrap();
        assert_eq!(pinned, Tls::Pinned([0xab; 32]));
        assert_eq!(Tls::pinned(&"ab".repeat(32)), Ok(pinned));
    }

    #[test]
    fn what_is_no_fingerprint_is_refused() {
        for text in [
            "",
            "ab",
            &"ab".repeat(31),
            &"ab".repeat(33),
            &"xy".repeat(32),
            &"é".repeat(32),
        ] {
            assert_eq!(Tls::pinned(text), Err(FingerprintError), "{text}");
        }
    }
}
