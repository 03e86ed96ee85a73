//! Goes to a home address as a stranger would, and asks who is there.
//!
//! By hand and not with an HTTP client: the certificate is to be seen, and a home address may be one
//! of the company's own network, where the client of the connectors does not go.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{CertificateError, ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use url::Url;
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::Finding;

/// How long each step may take.
const WITHIN: Duration = Duration::from_secs(8);
/// The most that is read of an answer; ours has a few hundred bytes.
const LONGEST: u64 = 16 * 1024;

/// Who answered.
#[derive(Debug)]
pub(super) struct Heard {
    /// The answer's body; empty where the answer was none.
    pub(super) body: String,
    /// Until when the certificate is valid.
    pub(super) certificate_until: Option<Timestamp>,
}

/// How far one came.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) finding: Finding,
    pub(super) words: String,
}

impl Failure {
    fn new(finding: Finding, words: impl std::fmt::Display) -> Self {
        Self {
            finding,
            words: words.to_string(),
        }
    }
}

/// Asks at `address`, which is `https` with a name. The authority of the company's own, in PEM, is
/// trusted beside those that the machine trusts.
pub(super) async fn ask(
    address: &Url,
    question: &str,
    own_authority: Option<&str>,
) -> Result<Heard, Failure> {
    let roots = rustls_native_certs::load_native_certs().certs;
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots);
    if let Some(own) = own_authority {
        let own = CertificateDer::pem_slice_iter(own.as_bytes()).filter_map(Result::ok);
        store.add_parsable_certificates(own);
    }
    ask_trusting(address, question, store).await
}

async fn ask_trusting(
    address: &Url,
    question: &str,
    trusted: RootCertStore,
) -> Result<Heard, Failure> {
    let host = address.host_str().unwrap_or_default();
    let port = address.port_or_known_default().unwrap_or(443);
    let found = resolve(host, port).await?;
    let stream = connect(&found).await?;
    let mut stream = shake_hands(host, stream, trusted).await?;
    let certificate_until = stream
        .get_ref()
        .1
        .peer_certificates()
        .and_then(<[_]>::first)
        .and_then(|der| X509Certificate::from_der(der).ok())
        .and_then(|(_, it)| Timestamp::from_second(it.validity().not_after.timestamp()).ok());
    let body = in_time(exchange(&mut stream, address, question))
        .await
        .map_err(|error| Failure::new(Finding::SomethingElse, error))?;
    Ok(Heard {
        body,
        certificate_until,
    })
}

async fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, Failure> {
    let found = in_time(tokio::net::lookup_host((host, port)))
        .await
        .map_err(|error| Failure::new(Finding::NotResolved, error))?;
    Ok(found.collect())
}

async fn connect(found: &[SocketAddr]) -> Result<TcpStream, Failure> {
    in_time(TcpStream::connect(found))
        .await
        .map_err(|error| Failure::new(Finding::Unreachable, error))
}

async fn shake_hands(
    host: &str,
    stream: TcpStream,
    trusted: RootCertStore,
) -> Result<TlsStream<TcpStream>, Failure> {
    let not_tls = |words: String| Failure::new(Finding::NoTls, words);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| not_tls(error.to_string()))?
        .with_root_certificates(trusted)
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).map_err(|error| not_tls(error.to_string()))?;
    let shaking = TlsConnector::from(Arc::new(config)).connect(name, stream);
    in_time(shaking)
        .await
        .map_err(|error| Failure::new(refusal(&error), error))
}

/// What a failed handshake says of the certificate.
fn refusal(error: &io::Error) -> Finding {
    let tls = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let Some(rustls::Error::InvalidCertificate(why)) = tls else {
        return Finding::NoTls;
    };
    match why {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Finding::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Finding::NotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Finding::OtherName
        }
        CertificateError::UnknownIssuer => Finding::Untrusted,
        _ => Finding::BadCertificate,
    }
}

async fn exchange(
    stream: &mut TlsStream<TcpStream>,
    address: &Url,
    question: &str,
) -> io::Result<String> {
    let host = address.authority();
    let request = format!(
        "GET /api/v1/home-check/{question} HTTP/1.1\r\nHost: {host}\r\nAccept: text/plain\r\n\
         Connection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    stream.flush().await?;
    let mut answer = Vec::new();
    let read = stream.take(LONGEST).read_to_end(&mut answer).await;
    // Many servers close without saying goodbye; what came counts.
    if let Err(error) = read
        && answer.is_empty()
    {
        return Err(error);
    }
    let answer = String::from_utf8_lossy(&answer);
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body);
    Ok(body.unwrap_or_default().to_owned())
}

async fn in_time<T>(step: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    tokio::time::timeout(WITHIN, step)
        .await
        .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

#[cfg(test)]
mod tests {
    use rcgen::{CertificateParams, KeyPair, date_time_ymd};
    use rustls::ServerConfig;
    use rustls::pki_types::PrivateKeyDer;
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;

    use super::*;

    /// A certificate for `name` until the end of that year, and the roots that trust it.
    fn certificate(name: &str, until: i32) -> (ServerConfig, RootCertStore) {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(until, 12, 31);
        let key = KeyPair::generate().unwrap();
        let made = params.self_signed(&key).unwrap();
        let der: CertificateDer<'static> = made.der().clone();
        let mut trusted = RootCertStore::empty();
        trusted.add(der.clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let secret = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![der], secret)
            .unwrap();
        (config, trusted)
    }

    /// Somebody who answers one question with `body`. The address has the name `localhost`.
    async fn somebody(config: ServerConfig, body: &'static str) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = TlsAcceptor::from(Arc::new(config));
            let Ok(mut stream) = acceptor.accept(stream).await else {
                return;
            };
            let mut head = [0; 1024];
            let _read = stream.read(&mut head).await.unwrap();
            let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{body}");
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        });
        Url::parse(&format!("https://localhost:{port}")).unwrap()
    }

    async fn failure(address: &Url, trusted: RootCertStore) -> Finding {
        let asked = ask_trusting(address, "who", trusted).await;
        asked.unwrap_err().finding
    }

    #[tokio::test]
    async fn a21_who_answers_is_heard_and_the_certificates_end_is_seen() {
        let (config, trusted) = certificate("localhost", 2090);
        let address = somebody(config, "me").await;
        let heard = ask_trusting(&address, "who", trusted).await.unwrap();
        assert_eq!(heard.body, "me");
        let until = heard.certificate_until.unwrap();
        assert_eq!(until.to_string(), "2090-12-31T00:00:00Z");
    }

    #[tokio::test]
    async fn a21_a_certificate_is_told_to_have_ended_to_be_anothers_or_nobodys() {
        let (config, trusted) = certificate("localhost", 2021);
        let address = somebody(config, "me").await;
        assert_eq!(failure(&address, trusted).await, Finding::Expired);
        let (config, trusted) = certificate("elsewhere.example", 2090);
        let address = somebody(config, "me").await;
        assert_eq!(failure(&address, trusted).await, Finding::OtherName);
        let (config, _) = certificate("localhost", 2090);
        let address = somebody(config, "me").await;
        let nobody = RootCertStore::empty();
        assert_eq!(failure(&address, nobody).await, Finding::Untrusted);
    }

    #[tokio::test]
    async fn a21_where_nothing_listens_or_nobody_speaks_tls_it_is_said() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let address = Url::parse(&format!("https://localhost:{port}")).unwrap();
        let plain = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            stream
                .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                .await
                .unwrap();
        });
        let nobody = RootCertStore::empty;
        assert_eq!(failure(&address, nobody()).await, Finding::NoTls);
        plain.await.unwrap();
        assert_eq!(failure(&address, nobody()).await, Finding::Unreachable);
        let nowhere = Url::parse("https://nobody.invalid").unwrap();
        assert_eq!(failure(&nowhere, nobody()).await, Finding::NotResolved);
    }
}
