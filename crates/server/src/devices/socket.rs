//! A device's socket: pages to open and calls that ring down, calls to place up.
//!
//! Who opens it is not known until its first message shows a token: a browser's socket has no
//! headers of its own, and an address is written down by proxies. Until then nothing is told.

use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::Response;
use futures_util::future::BoxFuture;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use linecard_flow::{CallRef, CardState, DeskEvent, Seat};
use linecard_store::DeviceClient;
use tokio::time::{Instant, MissedTickBehavior};

use super::messages::{DeviceDown, DeviceUp};
use super::{clients, dial};
use crate::access::Device;
use crate::origin;
use crate::parting::{End, NotASocket, READ_AT_ONCE, SEND_WITHIN, SILENT_FOR};
use crate::problem::Problem;
use crate::state::App;

/// The longest message a device may send, in bytes; an honest one has a few hundred.
const LONGEST_MESSAGE: usize = 16 * 1024;
/// How long the first message may take.
const HELLO_WITHIN: Duration = Duration::from_secs(10);
/// How often it is looked whether the device still speaks and may stay.
const LOOK_EVERY: Duration = Duration::from_secs(20);
/// How exactly it is known when a device was connected last; finer would be a write every moment.
const NOTE_EVERY: Duration = Duration::from_mins(5);
/// How many calls may be asked for at a time.
const DIALS: usize = 4;

/// Opens the socket of a device: the extension for Chrome, or the companion. Messages are JSON
/// texts: `DeviceDown` from the server, `DeviceUp` to it, whose first is `hello`. Close code 4401:
/// the token counts no more.
#[utoipa::path(
    get,
    path = "/devices/socket",
    tag = "devices",
    responses((status = 101, description = "Speaks WebSocket from here on")),
)]
pub(super) async fn open_device_socket(
    State(app): State<App>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let opener = clients::opener(&app, &headers).ok_or_else(origin::foreign)?;
    let upgrade = upgrade.map_err(NotASocket::from)?;
    Ok(upgrade
        .read_buffer_size(READ_AT_ONCE)
        .max_message_size(LONGEST_MESSAGE)
        .max_frame_size(LONGEST_MESSAGE)
        .on_upgrade(move |mut socket| async move {
            let end = converse(&app, opener, &mut socket).await;
            tracing::debug!(?end, "a device was let go");
            end.tell(&mut socket, "show a new token").await;
        }))
}

async fn converse(app: &App, kind: DeviceClient, socket: &mut WebSocket) -> End {
    let first = tokio::time::timeout(HELLO_WITHIN, hello(socket)).await;
    let (token, opened) = match first {
        Ok(Ok(hello)) => hello,
        Ok(Err(end)) => return end,
        Err(_) => return End::TooSlow,
    };
    match Device::admit(app, &token).await {
        Ok(Some(device)) if device.client() == kind => {
            let seat = device.sit_down(opened.as_deref());
            let mut conversation = Conversation {
                device: &device,
                socket,
                seat,
                heard: Instant::now(),
                dials: FuturesUnordered::new(),
            };
            match conversation.talk().await {
                Err(end) => end,
                Ok(never) => match never {},
            }
        }
        Ok(_) => End::SignedOut,
        Err(error) => error.into(),
    }
}

/// The first message; nothing else counts before it.
async fn hello(socket: &mut WebSocket) -> Result<(String, Option<String>), End> {
    loop {
        match socket.recv().await {
            Some(Ok(Message::Text(text))) => {
                return match serde_json::from_str(&text) {
                    Ok(DeviceUp::Hello { token, opened }) => Ok((token, opened)),
                    _ => Err(End::SignedOut),
                };
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            _ => return Err(End::Left),
        }
    }
}

struct Conversation<'a> {
    device: &'a Device,
    socket: &'a mut WebSocket,
    seat: Seat,
    heard: Instant,
    /// Calls that are being asked for; each gives what the device is told of it.
    dials: FuturesUnordered<BoxFuture<'a, DeviceDown>>,
}

impl Conversation<'_> {
    async fn talk(&mut self) -> Result<std::convert::Infallible, End> {
        let mut access_changed = self.device.access_changed();
        // Looked at after the watch began: what changed before it is seen here.
        may_stay(self.device).await?;
        Box::pin(self.device.note_presence()).await?;
        let hello = Box::pin(self.device.hello()).await?;
        self.send(hello).await?;
        for card in self.seat.hello().cards {
            self.tell(DeskEvent::Card(card)).await?;
        }
        let mut look = tokio::time::interval(LOOK_EVERY);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut note = tokio::time::interval_at(Instant::now() + NOTE_EVERY, NOTE_EVERY);
        let stopping = self.device.stopping();
        loop {
            tokio::select! {
                event = self.seat.next() => self.tell(event.ok_or(End::TooSlow)?).await?,
                message = self.socket.recv() => match message {
                    Some(Ok(message)) => self.hear(message).await?,
                    Some(Err(_)) | None => return Err(End::Left),
                },
                Some(dialled) = self.dials.next() => self.send(dialled).await?,
                _ = look.tick() => {
                    if self.heard.elapsed() > SILENT_FOR {
                        return Err(End::TooSlow);
                    }
                    may_stay(self.device).await?;
                }
                _ = note.tick() => Box::pin(self.device.note_presence()).await?,
                () = access_changed.cancelled() => {
                    access_changed = self.device.access_changed();
                    may_stay(self.device).await?;
                }
                () = stopping.cancelled() => return Err(End::Stopping),
            }
        }
    }

    /// A ringing call is shown once: by Desk where one is open, else by one kind of device.
    async fn tell(&mut self, event: DeskEvent) -> Result<(), End> {
        let cards = self.seat.hello().cards;
        let mut here = cards.iter();
        let rings = |call: &CallRef| {
            here.any(|card| card.call == *call && card.state == CardState::Ringing)
        };
        match DeviceDown::of(event, rings) {
            Some(DeviceDown::Incoming { .. }) if self.device.is_shown_elsewhere() => Ok(()),
            Some(message) => self.send(message).await,
            None => Ok(()),
        }
    }

    async fn hear(&mut self, message: Message) -> Result<(), End> {
        self.heard = Instant::now();
        match message {
            Message::Text(text) => match serde_json::from_str(&text) {
                Ok(message) => self.obey(message).await,
                Err(error) => {
                    let detail = error.to_string();
                    let code = "not_understood";
                    self.send(DeviceDown::Refused { code, detail }).await
                }
            },
            Message::Close(_) => Err(End::Left),
            Message::Binary(_) | Message::Ping(_) | Message::Pong(_) => Ok(()),
        }
    }

    async fn obey(&mut self, message: DeviceUp) -> Result<(), End> {
        let device = self.device;
        match message {
            DeviceUp::Ping => self.send(DeviceDown::Pong).await?,
            DeviceUp::Dial { id, .. } if self.dials.len() >= DIALS => {
                let detail = "Earlier calls are still being asked for. Wait a moment.".to_owned();
                let refused = DeviceDown::not_dialled(id, "too_many_commands".to_owned(), detail);
                self.send(refused).await?;
            }
            DeviceUp::Dial { id, number } => {
                self.dials.push(Box::pin(dial::dial(device, id, number)));
            }
            DeviceUp::Popped { id, how } => {
                tracing::debug!(id, ?how, "a device opened a page");
                self.seat.popped(&id);
            }
            DeviceUp::PopFailed { id, problem } => {
                tracing::warn!(id, problem, "a device cannot open a page");
                self.seat.popped(&id);
            }
            // Who it is was said already.
            DeviceUp::Hello { .. } => {}
        }
        Ok(())
    }

    async fn send(&mut self, message: DeviceDown) -> Result<(), End> {
        let message = message.seen_with(&self.device.sight());
        let text = serde_json::to_string(&message).map_err(|error| {
            tracing::error!(%error, "a message to a device could not be written");
            End::Left
        })?;
        let sent = self.socket.send(Message::Text(text.into()));
        tokio::time::timeout(SEND_WITHIN, sent)
            .await
            .map_err(|_| End::TooSlow)?
            .map_err(|_| End::Left)
    }
}

/// Whether what the device was let in with still holds.
async fn may_stay(device: &Device) -> Result<(), End> {
    // Apart: every open socket would keep room for it.
    End::unless(Box::pin(device.stays()).await?)
}
