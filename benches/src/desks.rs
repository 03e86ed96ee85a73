//! The agents' Desks: one WebSocket each, on duty, noting when which card arrived.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use futures_util::{SinkExt as _, StreamExt as _};
use serde::Deserialize;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::company::{self, AGENTS};

/// A Desk's socket.
pub(crate) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The cards that arrived.
#[derive(Debug)]
pub(crate) struct Cards(Receiver<(String, Instant)>);

impl Cards {
    /// When each call's first complete card arrived, with its contact or that there is none, since
    /// the last time this was asked.
    pub(crate) fn seen(&mut self) -> HashMap<String, Instant> {
        let mut seen = HashMap::new();
        for (call, at) in self.0.try_iter() {
            seen.entry(call).or_insert(at);
        }
        seen
    }
}

/// What Desk is told, as far as it matters here.
#[derive(Deserialize)]
struct Told {
    card: Option<Card>,
}

#[derive(Deserialize)]
struct Card {
    /// The phone system's id, a dot, and the call's.
    call: String,
    state: String,
    lookup: String,
}

/// Opens every agent's Desk on the Linecard at `port`.
pub(crate) async fn open(port: u16) -> anyhow::Result<Cards> {
    let (arrived, cards) = channel();
    for agent in 0..AGENTS {
        let socket = desk(port, agent).await?;
        tokio::spawn(watch(socket, arrived.clone()));
    }
    Ok(Cards(cards))
}

/// Opens the Desk of agent `agent`, on duty.
pub(crate) async fn desk(port: u16, agent: usize) -> anyhow::Result<Socket> {
    let mut request = format!("ws://127.0.0.1:{port}/api/v1/desk/socket").into_client_request()?;
    let cookie = format!("linecard_session={}", company::session(agent));
    let headers = request.headers_mut();
    headers.insert("cookie", cookie.parse()?);
    headers.insert("origin", format!("http://127.0.0.1:{port}").parse()?);
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await?;
    let duty = Message::text(r#"{"t":"duty","state":"on"}"#);
    socket.send(duty).await?;
    Ok(socket)
}

/// Notes cards until Linecard goes. Pings are answered by the socket itself.
async fn watch(mut socket: Socket, arrived: Sender<(String, Instant)>) {
    while let Some(Ok(message)) = socket.next().await {
        let at = Instant::now();
        let Message::Text(text) = message else {
            continue;
        };
        let Ok(Told { card: Some(card) }) = serde_json::from_str(&text) else {
            continue;
        };
        let is_complete = ["found", "nobody"].contains(&card.lookup.as_str());
        let is_complete = card.state == "ringing" && is_complete;
        if let Some((_, call)) = card.call.split_once('.').filter(|_| is_complete)
            && arrived.send((call.to_owned(), at)).is_err()
        {
            return;
        }
    }
}
