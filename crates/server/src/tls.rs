//! TLS built in: which certificate new connections are shown, and where it comes from.
//!
//! It comes from the company's own files, or from an authority that this Linecard keeps for the
//! company. Either way a newer one is taken while the program runs. A connection keeps the
//! certificate that it began with, so nobody is cut off. What cannot be used is told, and the
//! certificate before it stays. Why it is built so: `docs/adr/0014`.

mod authority;
mod error;
mod files;
mod keep;
mod served;

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio_rustls::TlsAcceptor;

pub use self::authority::certificate_of_authority;
pub(crate) use self::authority::kept_certificate;
pub use self::error::TlsError;
pub(crate) use self::keep::Keeper;
pub use self::keep::Reload;
use self::served::Served;

/// Where the certificate comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TlsSettings {
    /// From files in PEM, looked at again every few seconds.
    Files {
        /// The certificate, and those that lead to a known authority.
        certificate: PathBuf,
        /// Its private key.
        key: PathBuf,
    },
    /// From an authority of the company's own, which is made when there is none.
    Authority {
        /// Names and addresses beside those of the home addresses.
        names: Vec<String>,
    },
}

/// The certificate that new connections are shown.
#[derive(Debug)]
pub(crate) struct Tls(RwLock<Arc<Served>>);

impl Tls {
    fn new(served: Served) -> Self {
        Self(RwLock::new(Arc::new(served)))
    }

    /// Encrypts connections with whatever is shown when they begin.
    pub(crate) fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor, TlsError> {
        let resolver = Arc::clone(self) as Arc<dyn ResolvesServerCert>;
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(|error| TlsError::Library(error.to_string()))?
            .with_no_client_auth()
            .with_cert_resolver(resolver);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    fn now(&self) -> Arc<Served> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn show(&self, served: Served) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(served);
    }
}

impl ResolvesServerCert for Tls {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.now().key))
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}
