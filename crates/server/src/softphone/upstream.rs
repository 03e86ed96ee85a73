//! The phone system's end: a WebSocket to where it speaks SIP.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use linecard_sip::LONGEST_DOWN;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderValue, header};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use url::Url;

use super::SIP;
use crate::parting::READ_AT_ONCE;

/// A phone system on the same network answers in milliseconds.
const WITHIN: Duration = Duration::from_secs(5);

/// Bytes both ways.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

pub(super) type Upstream = WebSocketStream<Box<dyn Stream>>;

/// Why the phone system could not be reached.
#[derive(Debug, thiserror::Error)]
pub(super) enum UpstreamError {
    #[error("no answer within {} s", WITHIN.as_secs())]
    TooLate,
    #[error("{0}")]
    Network(#[from] io::Error),
    #[error("its certificate cannot be checked: {0}")]
    Tls(#[from] rustls::Error),
    #[error("its address has no host that can be asked for")]
    NoHost,
    #[error("it does not take SIP over WebSocket there: {0}")]
    WebSocket(#[from] Box<tokio_tungstenite::tungstenite::Error>),
}

/// Connects to `ws://…` or `wss://…`; the certificate of the latter must be one that this machine
/// trusts.
pub(super) async fn connect(address: &Url) -> Result<Upstream, UpstreamError> {
    tokio::time::timeout(WITHIN, open(address))
        .await
        .map_err(|_| UpstreamError::TooLate)?
}

async fn open(address: &Url) -> Result<Upstream, UpstreamError> {
    let host = address.host_str().ok_or(UpstreamError::NoHost)?;
    // An address of IPv6 stands in brackets in a URL only.
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let port = address
        .port_or_known_default()
        .ok_or(UpstreamError::NoHost)?;
    let stream = TcpStream::connect((host, port)).await?;
    // A message is one small packet: it must not wait for a second one.
    stream.set_nodelay(true)?;
    let stream: Box<dyn Stream> = if address.scheme() == "wss" {
        let name = ServerName::try_from(host.to_owned()).map_err(|_| UpstreamError::NoHost)?;
        let connector = TlsConnector::from(Arc::new(trusting()?));
        Box::new(connector.connect(name, stream).await?)
    } else {
        Box::new(stream)
    };
    let boxed = |error| UpstreamError::WebSocket(Box::new(error));
    let mut request = address.as_str().into_client_request().map_err(boxed)?;
    let sip = HeaderValue::from_static(SIP);
    request
        .headers_mut()
        .insert(header::SEC_WEBSOCKET_PROTOCOL, sip);
    let limits = WebSocketConfig::default()
        .read_buffer_size(READ_AT_ONCE)
        .max_message_size(Some(LONGEST_DOWN))
        .max_frame_size(Some(LONGEST_DOWN));
    let opened = tokio_tungstenite::client_async_with_config(request, stream, Some(limits)).await;
    let (upstream, _) = opened.map_err(boxed)?;
    Ok(upstream)
}

fn trusting() -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
