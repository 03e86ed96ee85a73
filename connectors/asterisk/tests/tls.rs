//! AMI over TLS: which certificate is taken, and which is not.

use std::fmt::Write as _;
use std::sync::Arc;

use linecard_asterisk::AsteriskKind;
use linecard_clock::{SystemClock, TestEntropy};
use linecard_pbx::{PbxKind as _, Problem, ProblemKind};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::session::settings;
use crate::stand_in::{StandIn, actions};

/// A stand-in behind TLS with a certificate of its own making.
struct Server {
    port: u16,
    fingerprint: String,
}

impl Server {
    async fn start() -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let certificate = made.cert.der().clone();
        let fingerprint =
            Sha256::digest(&certificate)
                .iter()
                .fold(String::new(), |mut text, byte| {
                    let _ = write!(text, "{byte:02X}:");
                    text
                });
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(acceptor.clone(), stream));
            }
        });
        Self {
            port,
            fingerprint: fingerprint.trim_end_matches(':').to_owned(),
        }
    }

    /// What a link with these settings finds.
    async fn probe(&self, changes: &[(&str, &str)]) -> Result<String, Problem> {
        let port = self.port.to_string();
        let mut all = vec![("host", "localhost"), ("port", port.as_str())];
        all.extend(changes);
        let kind = AsteriskKind::new(Arc::new(SystemClock), Arc::new(TestEntropy::default()));
        kind.probe(&settings(&all)).await
    }
}

/// Speaks AMI with whoever takes the certificate.
async fn serve(acceptor: TlsAcceptor, stream: TcpStream) {
    let Ok(mut stream) = acceptor.accept(stream).await else {
        return;
    };
    let stand_in = StandIn::default();
    let banner = format!("{}\r\n", stand_in.banner);
    stream.write_all(banner.as_bytes()).await.unwrap();
    let (mut held, mut bytes) = (Vec::new(), [0; 4_096]);
    while let Ok(length @ 1..) = stream.read(&mut bytes).await {
        held.extend_from_slice(&bytes[..length]);
        for asked in actions(&mut held) {
            let answer = stand_in.answer(&asked);
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

#[tokio::test]
async fn the_pinned_certificate_is_taken_whoever_made_it() {
    let server = Server::start().await;
    let pin = server.fingerprint.clone();
    let version = server
        .probe(&[("tls", "on"), ("tls_fingerprint", &pin)])
        .await;
    assert_eq!(version.unwrap(), "Asterisk 22.10.1");
}

#[tokio::test]
async fn another_certificate_than_the_pinned_one_needs_a_person() {
    let server = Server::start().await;
    let pin = "00".repeat(32);
    let problem = server
        .probe(&[("tls", "on"), ("tls_fingerprint", &pin)])
        .await;
    assert_eq!(problem.unwrap_err().kind, ProblemKind::NotAPhoneSystem);
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_not_taken() {
    let server = Server::start().await;
    let problem = server.probe(&[("tls", "on")]).await.unwrap_err();
    assert_eq!(problem.kind, ProblemKind::NotAPhoneSystem);
    assert!(problem.words.starts_with("TLS: "), "{}", problem.words);
}
