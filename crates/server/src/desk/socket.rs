//! Desk's socket: cards and pops down, duty and commands up.
//!
//! A Desk that does not read is let go rather than waited for, and one that falls silent is
//! noticed by its missing pongs; either comes back by itself and is greeted with the cards as
//! they are then.

use std::time::Duration;

use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, FuturesUnordered, StreamExt as _};
use linecard_flow::{CreateError, Seat, pick_up_word};
use linecard_rules::pop::Client;
use serde::Deserialize;
use tokio::time::{Instant, Interval, MissedTickBehavior};
use utoipa::{IntoParams, ToSchema};

use super::messages::{DeskDown, DeskUp};
use super::search;
use crate::access::Agent;
use crate::origin;
use crate::parting::{End, NotASocket, READ_AT_ONCE, SEND_WITHIN, SILENT_FOR};
use crate::problem::Problem;
use crate::state::App;

/// The longest message Desk may send, in bytes; an honest one has about a hundred, one with a
/// note up to a few thousand.
const LONGEST_MESSAGE: usize = 64 * 1024;
/// How often Desk is pinged, and its session looked at.
const PING_EVERY: Duration = Duration::from_secs(20);
/// How many commands may be under way at a time.
const COMMANDS: usize = 4;

/// What opens the socket.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Opened {
    /// Which kind of client it is; `web` unless said. Each has its own setting of how pages open.
    #[serde(default)]
    #[param(inline)]
    client: DeskClient,
}

/// What an agent sits at.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DeskClient {
    /// Desk in a tab of the browser.
    #[default]
    Web,
    /// The desktop program or the extension for Chrome.
    Desktop,
}

impl From<DeskClient> for Client {
    fn from(client: DeskClient) -> Self {
        match client {
            DeskClient::Web => Self::Web,
            DeskClient::Desktop => Self::Desktop,
        }
    }
}

/// Opens Desk's socket. Messages are JSON texts: `DeskDown` from the server, `DeskUp` to it.
/// Close code 4401: sign in again.
#[utoipa::path(
    get,
    path = "/desk/socket",
    tag = "desk",
    params(Opened),
    responses((status = 101, description = "Speaks WebSocket from here on")),
)]
pub(super) async fn open_desk_socket(
    State(app): State<App>,
    headers: HeaderMap,
    agent: Agent,
    Query(opened): Query<Opened>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    if !origin::is_ours(&headers, &app.home) {
        return Err(origin::foreign());
    }
    let upgrade = upgrade.map_err(NotASocket::from)?;
    Ok(upgrade
        .read_buffer_size(READ_AT_ONCE)
        .max_message_size(LONGEST_MESSAGE)
        .max_frame_size(LONGEST_MESSAGE)
        .on_upgrade(move |socket| async move {
            if let Err(end) = Conversation::new(&agent, opened.client.into(), socket)
                .run()
                .await
            {
                tracing::debug!(?end, "a Desk was let go");
            }
        }))
}

struct Conversation<'a> {
    agent: &'a Agent,
    socket: WebSocket,
    seat: Seat,
    heard: Instant,
    /// Whether numbers are hidden from what Desk was told since it was greeted (F17).
    masked: bool,
    /// Commands under way; each gives what Desk is told of it.
    commands: FuturesUnordered<BoxFuture<'a, Option<DeskDown>>>,
    /// What is found of whom the agent looks for; a new search takes the place of the one before.
    searching: BoxStream<'a, DeskDown>,
}

impl<'a> Conversation<'a> {
    fn new(agent: &'a Agent, client: Client, socket: WebSocket) -> Self {
        Self {
            agent,
            socket,
            seat: agent.sit_down(client),
            heard: Instant::now(),
            masked: false,
            commands: FuturesUnordered::new(),
            searching: stream::pending().boxed(),
        }
    }

    async fn run(mut self) -> Result<(), End> {
        let end = self.talk().await;
        if let Err(end) = &end {
            end.tell(&mut self.socket, "sign in again").await;
        }
        end
    }

    async fn talk(&mut self) -> Result<(), End> {
        let mut access_changed = self.agent.access_changed();
        // Looked at after the watch began: what changed before it is seen here.
        may_stay(self.agent).await?;
        self.greet().await?;
        let mut ping = tokio::time::interval(PING_EVERY);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut ice = self.agent.ice_told_every().map(tokio::time::interval);
        let stopping = self.agent.stopping();
        loop {
            tokio::select! {
                event = self.seat.next() => {
                    let event = event.ok_or(End::TooSlow)?;
                    self.send(event.into()).await?;
                }
                message = self.socket.recv() => match message {
                    Some(Ok(message)) => self.hear(message).await?,
                    Some(Err(_)) | None => return Err(End::Left),
                },
                Some(refusal) = self.commands.next() => {
                    if let Some(refusal) = refusal {
                        self.send(refusal).await?;
                    }
                }
                Some(found) = self.searching.next() => self.send(found).await?,
                _ = ping.tick() => self.look_after().await?,
                () = due(&mut ice) => {
                    let servers = self.agent.ice_servers();
                    if !servers.is_empty() {
                        self.send(DeskDown::IceServers { servers }).await?;
                    }
                }
                () = access_changed.cancelled() => {
                    access_changed = self.agent.access_changed();
                    may_stay(self.agent).await?;
                    if self.agent.sight().is_masked() != self.masked {
                        self.greet().await?;
                        // Whoever is greeted has none yet.
                        ice = self.agent.ice_told_every().map(tokio::time::interval);
                    }
                }
                () = stopping.cancelled() => return Err(End::Stopping),
            }
        }
    }

    /// Tells everything as it is now, as the agent may see it now.
    async fn greet(&mut self) -> Result<(), End> {
        self.masked = self.agent.sight().is_masked();
        let hello = Box::pin(self.hello()).await?;
        self.send(hello).await
    }

    async fn hello(&mut self) -> Result<DeskDown, End> {
        let (link, abilities) = self.agent.link().await?;
        let creates = self.agent.may_create().await?;
        Ok(DeskDown::hello(
            self.agent.extension.to_string(),
            self.agent.account.name.clone(),
            &self.seat.hello(),
            link,
            abilities,
            creates,
            self.agent.softphone().map(|softphone| softphone.user),
        ))
    }

    async fn look_after(&mut self) -> Result<(), End> {
        if self.heard.elapsed() > SILENT_FOR {
            return Err(End::TooSlow);
        }
        may_stay(self.agent).await?;
        self.send_message(Message::Ping(Vec::new().into())).await
    }

    async fn hear(&mut self, message: Message) -> Result<(), End> {
        self.heard = Instant::now();
        match message {
            Message::Text(text) => match serde_json::from_str(&text) {
                Ok(message) => self.obey(message).await,
                Err(error) => {
                    self.send(DeskDown::Refused {
                        to: String::new(),
                        call: None,
                        code: "not_understood",
                        detail: error.to_string(),
                    })
                    .await
                }
            },
            Message::Close(_) => Err(End::Left),
            Message::Binary(_) | Message::Ping(_) | Message::Pong(_) => Ok(()),
        }
    }

    async fn obey(&mut self, message: DeskUp) -> Result<(), End> {
        let agent = self.agent;
        match message {
            DeskUp::Duty { state, reason } => {
                if let Err(unknown) = agent.change_duty(state.wish(reason)) {
                    self.send(DeskDown::duty_refused(&unknown)).await?;
                }
            }
            DeskUp::Ping => self.send(DeskDown::Pong).await?,
            DeskUp::Popped { id, how } => tracing::debug!(id, ?how, "a pop reached a Desk"),
            DeskUp::Search { search, text } => {
                let found = search::search(agent, search, &text);
                self.searching = found.chain(stream::pending()).boxed();
            }
            DeskUp::Answer { .. }
            | DeskUp::PickUp { .. }
            | DeskUp::HangUp { .. }
            | DeskUp::Transfer { .. }
            | DeskUp::Choose { .. }
            | DeskUp::Note { .. }
            | DeskUp::Sound { .. }
            | DeskUp::Create { .. }
                if self.commands.len() >= COMMANDS =>
            {
                self.send(DeskDown::Refused {
                    to: String::new(),
                    call: None,
                    code: "too_many_commands",
                    detail: "Earlier commands are still under way. Wait a moment.".to_owned(),
                })
                .await?;
            }
            DeskUp::Answer { call } => self.commands.push(Box::pin(async move {
                let error = agent.answer(&call).await.err()?;
                Some(DeskDown::refused("answer", &call, &error))
            })),
            DeskUp::PickUp { call } => self.commands.push(Box::pin(async move {
                let error = agent.pick_up(&call).await.err()?;
                let code = pick_up_word(&error);
                Some(DeskDown::not_done("pick_up", &call, code, error))
            })),
            DeskUp::Choose {
                call,
                connection,
                module,
                id,
            } => self.commands.push(Box::pin(async move {
                let chosen = agent.choose(&call, &connection, module.into(), id).await;
                Some(match chosen {
                    Ok(()) => DeskDown::done("choose", &call),
                    Err(error) => DeskDown::not_done("choose", &call, error.code(), error),
                })
            })),
            DeskUp::Create { call } => self.commands.push(Box::pin(async move {
                Some(match agent.create(&call).await {
                    Ok(()) => DeskDown::done("create", &call),
                    Err(error) => DeskDown::not_done("create", &call, create_code(&error), error),
                })
            })),
            DeskUp::Note {
                call,
                note,
                disposition,
            } => self.commands.push(Box::pin(async move {
                Some(match agent.note(&call, note, disposition).await {
                    Ok(()) => DeskDown::done("note", &call),
                    Err(error) => DeskDown::not_done("note", &call, error.code(), error),
                })
            })),
            DeskUp::Sound { call, sound } => self.commands.push(Box::pin(async move {
                // Nobody waits for it at Desk.
                let error = agent.keep_sound(&call, &sound.into()).await.err()?;
                tracing::warn!(%error, "how the sound of a call was is not kept");
                None
            })),
            DeskUp::Transfer {
                call,
                number,
                handle,
            } => self.commands.push(Box::pin(async move {
                Some(match agent.transfer(&call, number, handle).await {
                    Ok(()) => DeskDown::done("transfer", &call),
                    Err(error) => DeskDown::not_done("transfer", &call, error.code(), error),
                })
            })),
            DeskUp::HangUp { call } => self.commands.push(Box::pin(async move {
                let error = agent.hang_up(&call).await.err()?;
                Some(DeskDown::refused("hang_up", &call, &error))
            })),
        }
        Ok(())
    }

    async fn send(&mut self, message: DeskDown) -> Result<(), End> {
        let message = message.seen_with(&self.agent.sight());
        let text = serde_json::to_string(&message).map_err(|error| {
            tracing::error!(%error, "a message to Desk could not be written");
            End::Left
        })?;
        self.send_message(Message::Text(text.into())).await
    }

    async fn send_message(&mut self, message: Message) -> Result<(), End> {
        tokio::time::timeout(SEND_WITHIN, self.socket.send(message))
            .await
            .map_err(|_| End::TooSlow)?
            .map_err(|_| End::Left)
    }
}

/// The next time that something is to be said again and again; never, where it is not.
async fn due(often: &mut Option<Interval>) {
    match often {
        Some(often) => {
            often.tick().await;
        }
        None => std::future::pending().await,
    }
}

/// Whether what the agent was let in with still holds.
async fn may_stay(agent: &Agent) -> Result<(), End> {
    // Apart: every open Desk would keep room for it.
    End::unless(Box::pin(agent.stays()).await?)
}

/// The stable code of a record that was not created.
fn create_code(error: &CreateError) -> &'static str {
    match error {
        CreateError::NoCall => "call_gone",
        CreateError::Off => "creation_off",
        CreateError::Number(reason) => reason.code(),
        CreateError::Crm(failure) => failure.code(),
        CreateError::Store(_) => "not_kept",
    }
}
