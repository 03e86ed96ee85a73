//! A certificate authority of the tests' own, for clients that know nothing but https.

use std::sync::Arc;

use linecard_sandbox::Tls;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

/// What a server and its clients need.
pub(crate) struct Authority {
    pub(crate) tls: Tls,
    /// The authority's own certificate, for a client's bundle.
    pub(crate) pem: String,
}

/// Makes an authority, and a certificate of it for this machine.
pub(crate) fn authority() -> Authority {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, "Linecard test authority");
    let pem = params.self_signed(&key).unwrap().pem();
    let issuer = Issuer::new(params, key);

    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let own = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(names).unwrap();
    params.use_authority_key_identifier_extension = true;
    let certificate = params.signed_by(&own, &issuer).unwrap();
    let key = PrivateKeyDer::try_from(own.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    Authority {
        tls: Tls(Arc::new(config)),
        pem,
    }
}
