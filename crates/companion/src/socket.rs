//! The connection to the server: texts in, texts out.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use linecard_http::HttpProxy;
use serde::Serialize;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, client_async_tls_with_config, connect_async_with_config,
};
use url::Url;

use crate::messages::Down;
use crate::tunnel::{self, ProxyError};

/// The server's own close code: show a new token.
const SIGNED_OUT: u16 = 4401;
/// How long connecting may take, and one message to leave.
const WITHIN: Duration = Duration::from_secs(15);
/// The longest message taken, in bytes; an honest one has a few hundred.
const LONGEST_MESSAGE: usize = 256 * 1024;

/// Why there is no connection, or not any more.
#[derive(Debug)]
pub(crate) enum End {
    /// The server does not take the token.
    Token,
    /// For the reason in these words; it may work again in a moment.
    Lost(String),
    /// There is no way through the proxy, for now.
    Proxy(ProxyError),
}

/// Something came.
pub(crate) enum Came {
    Message(Box<Down>),
    /// A sign of life, and no more.
    Life,
}

pub(crate) struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    pub(crate) async fn connect(server: &Url, proxy: Option<&HttpProxy>) -> Result<Self, End> {
        let mut address = server.clone();
        let scheme = if server.scheme() == "https" {
            "wss"
        } else {
            "ws"
        };
        let set = address.set_scheme(scheme);
        set.map_err(|()| End::Lost(format!("{server} is no address of a server")))?;
        address.set_path("/api/v1/devices/socket");
        let request = address.as_str().into_client_request().map_err(lost)?;
        let config = WebSocketConfig::default()
            .max_message_size(Some(LONGEST_MESSAGE))
            .max_frame_size(Some(LONGEST_MESSAGE));
        let config = Some(config);
        let (socket, _) = if let Some(proxy) = proxy {
            let way = tunnel::open(proxy, server).await.map_err(End::Proxy)?;
            let greeting = client_async_tls_with_config(request, way, config, None);
            Box::pin(in_time(greeting)).await?
        } else {
            let connecting = connect_async_with_config(request, config, true);
            Box::pin(in_time(connecting)).await?
        };
        Ok(Self(socket))
    }

    pub(crate) async fn say(&mut self, message: &impl Serialize) -> Result<(), End> {
        let text = serde_json::to_string(message).map_err(|error| End::Lost(error.to_string()))?;
        in_time(self.0.send(Message::text(text))).await
    }

    pub(crate) async fn next(&mut self) -> Result<Came, End> {
        match self.0.next().await {
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text)
                .map(|message| Came::Message(Box::new(message)))
                .map_err(|error| End::Lost(error.to_string())),
            Some(Ok(Message::Close(Some(frame)))) if u16::from(frame.code) == SIGNED_OUT => {
                Err(End::Token)
            }
            Some(Ok(Message::Close(frame))) => {
                let reason = frame.map(|frame| frame.reason.to_string());
                let reason = reason.filter(|reason| !reason.is_empty());
                Err(End::Lost(reason.unwrap_or_else(|| "closed".to_owned())))
            }
            Some(Ok(_)) => Ok(Came::Life),
            Some(Err(error)) => Err(lost(error)),
            None => Err(End::Lost("closed".to_owned())),
        }
    }

    /// Says goodbye; a server that has gone already needs none.
    pub(crate) async fn close(mut self) {
        let _ = in_time(self.0.close(None)).await;
    }
}

async fn in_time<T>(doing: impl Future<Output = Result<T, Error>>) -> Result<T, End> {
    match tokio::time::timeout(WITHIN, doing).await {
        Ok(done) => done.map_err(lost),
        Err(_) => Err(End::Lost("it took too long".to_owned())),
    }
}

fn lost(error: Error) -> End {
    End::Lost(match error {
        Error::Http(answer) => format!("HTTP {}", answer.status().as_u16()),
        other => other.to_string(),
    })
}
