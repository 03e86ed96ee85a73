//! The agents' Desks: one socket each, on duty, noting when which card arrived, and when the phone system
//! was lost.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use futures_util::{SinkExt as _, StreamExt as _};
use serde::Deserialize;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::company::{self, Size};

/// A Desk's socket.
pub(crate) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The Desks of a company, and what they were told.
#[derive(Debug)]
pub(crate) struct Desks {
    port: u16,
    size: Size,
    news: Receiver<(News, Instant)>,
    told: Sender<(News, Instant)>,
}

#[derive(Debug)]
enum News {
    /// The first complete card of this call, maybe for several agents.
    Card(String),
    /// There is no phone system any more.
    Lost,
}

impl Desks {
    /// Of the company on the Linecard at `port`; none is open.
    pub(crate) fn of(size: Size, port: u16) -> Self {
        let (told, news) = channel();
        Self {
            port,
            size,
            news,
            told,
        }
    }

    /// Opens one more for every agent.
    pub(crate) async fn open(&self) -> anyhow::Result<()> {
        for agent in 0..self.size.agents {
            let socket = desk(self.port, agent).await?;
            tokio::spawn(watch(socket, self.told.clone()));
        }
        Ok(())
    }

    /// When each call's first complete card arrived, with its contact or that there is none, since
    /// the last time anything was asked.
    pub(crate) fn cards(&self) -> HashMap<String, Instant> {
        let mut seen = HashMap::new();
        for (news, at) in self.news.try_iter() {
            if let News::Card(call) = news {
                seen.entry(call).or_insert(at);
            }
        }
        seen
    }

    /// When each Desk heard that the phone system is lost, since the last time anything was asked.
    pub(crate) fn losses(&self) -> Vec<Instant> {
        let news = self.news.try_iter();
        news.filter(|(news, _)| matches!(news, News::Lost))
            .map(|(_, at)| at)
            .collect()
    }
}

/// What Desk is told, as far as it matters here.
#[derive(Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
enum Told {
    Card {
        card: Card,
    },
    Link {
        state: String,
    },
    #[serde(other)]
    Else,
}

#[derive(Deserialize)]
struct Card {
    /// The phone system's id, a dot, and the call's.
    call: String,
    state: String,
    lookup: String,
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

/// Notes what is told until Linecard goes. Pings are answered by the socket itself.
async fn watch(mut socket: Socket, told: Sender<(News, Instant)>) {
    // Each attempt to link the phone system again fails, and is told, too.
    let mut is_lost = false;
    while let Some(Ok(message)) = socket.next().await {
        let at = Instant::now();
        let Message::Text(text) = message else {
            continue;
        };
        let news = match serde_json::from_str(&text) {
            Ok(Told::Card { card }) => card.completes().map(News::Card),
            Ok(Told::Link { state }) => {
                let was_lost = is_lost;
                is_lost = state != "up" && (is_lost || state == "down");
                (is_lost && !was_lost).then_some(News::Lost)
            }
            Ok(Told::Else) | Err(_) => None,
        };
        if news.is_some_and(|news| told.send((news, at)).is_err()) {
            return;
        }
    }
}

impl Card {
    /// Whose call it is, as the phone system names it, where the card of a ringing call is complete.
    fn completes(self) -> Option<String> {
        let is_complete = ["found", "nobody"].contains(&self.lookup.as_str());
        let (_, call) = self.call.split_once('.')?;
        (self.state == "ringing" && is_complete).then(|| call.to_owned())
    }
}
