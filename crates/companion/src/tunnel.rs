//! A way to the server through a proxy: CONNECT (RFC 9110, 9.3.6).

use std::time::Duration;

use http::{Request, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use linecard_http::HttpProxy;
use tokio::net::TcpStream;
use url::Url;

/// How long a proxy may take, with its own way to the server.
const WITHIN: Duration = Duration::from_secs(15);
/// The longest answer, in bytes.
const LONGEST_ANSWER: usize = 16 * 1024;

/// Why there is no way through the proxy.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProxyError {
    /// It does not answer.
    #[error("the proxy {proxy} cannot be reached: {words}")]
    Unreachable {
        /// Its host and port.
        proxy: String,
        /// What the network says.
        words: String,
    },
    /// It answers that there is no way.
    #[error("the proxy {proxy} answers {status}")]
    Refused {
        /// Its host and port.
        proxy: String,
        /// The status of HTTP.
        status: u16,
    },
}

/// A connection to the server, with nothing said on it yet.
pub(crate) async fn open(proxy: &HttpProxy, server: &Url) -> Result<TcpStream, ProxyError> {
    let named = place(&proxy.address);
    let unreachable = |words: String| ProxyError::Unreachable {
        proxy: named.clone(),
        words,
    };
    match tokio::time::timeout(WITHIN, ask(proxy, &named, server)).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(No::Status(status))) => Err(ProxyError::Refused {
            proxy: named,
            status,
        }),
        Ok(Err(No::Words(words))) => Err(unreachable(words)),
        Err(_) => Err(unreachable("it took too long".to_owned())),
    }
}

/// Why not.
enum No {
    Status(u16),
    Words(String),
}

impl<E: std::error::Error> From<E> for No {
    fn from(error: E) -> Self {
        Self::Words(error.to_string())
    }
}

async fn ask(proxy: &HttpProxy, named: &str, server: &Url) -> Result<TcpStream, No> {
    let stream = TcpStream::connect(named).await?;
    stream.set_nodelay(true)?;
    let (mut asking, connection) = http1::Builder::new()
        .max_buf_size(LONGEST_ANSWER)
        .handshake::<_, String>(TokioIo::new(stream))
        .await?;
    // It ends with the request, which is told why.
    tokio::spawn(connection.with_upgrades());
    let target = place(server);
    let mut request = Request::connect(&target).header(header::HOST, &target);
    if let Some(who) = &proxy.authorization {
        request = request.header(header::PROXY_AUTHORIZATION, who);
    }
    let request = request.body(String::new())?;
    let answer = asking.send_request(request).await?;
    if !answer.status().is_success() {
        return Err(No::Status(answer.status().as_u16()));
    }
    let through = hyper::upgrade::on(answer).await?;
    match through.downcast::<TokioIo<TcpStream>>() {
        Ok(parts) if parts.read_buf.is_empty() => Ok(parts.io.into_inner()),
        // The server speaks when it is spoken to.
        _ => Err(No::Words("it says more than it was asked".to_owned())),
    }
}

/// Host and port.
fn place(address: &Url) -> String {
    let host = address.host_str().unwrap_or_default();
    let port = address.port_or_known_default().unwrap_or_default();
    format!("{host}:{port}")
}

#[cfg(test)]
mod tests;
