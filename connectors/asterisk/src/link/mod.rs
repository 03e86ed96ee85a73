//! The link that stays up: connects, drives the session, comes back after a loss.

mod command;
mod devices;
mod dial;
mod drive;
mod examine;
mod pause;
mod pick_up;
mod wire;

use std::sync::Arc;

use async_trait::async_trait;
use linecard_call::CallId;
use linecard_clock::{Clock, Entropy};
use linecard_number::Extension;
use linecard_pbx::{
    Abilities, CommandError, Device, Dial, DialFailure, DialTarget, LinkState, Past, Pbx,
    PickUpFailure, Problem, ProblemKind, QueuePause, Recorded, RecordsError, Report, Reports,
    Softphone,
};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use crate::backoff::Backoff;
use crate::records;
use crate::session::{Before, Credentials, Ending, Session};
use crate::settings::AsteriskSettings;
use dial::Ringing;
use drive::{Ask, drive};
use wire::connect;

/// Commands of people, waiting for their turn on one connection.
const MOST_ASKS: usize = 64;

/// A link to one Asterisk.
pub struct AsteriskLink {
    settings: AsteriskSettings,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    /// The way into the connection that is up, if one is.
    asks: watch::Sender<Option<mpsc::Sender<Ask>>>,
    ringing: Ringing,
}

impl AsteriskLink {
    /// A link that connects when it is run.
    #[must_use]
    pub fn new(
        settings: AsteriskSettings,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            settings,
            clock,
            entropy,
            asks: watch::Sender::new(None),
            ringing: Ringing::default(),
        }
    }

    /// Connects once, signs in, asks what the link needs, and leaves: the version that answered,
    /// or what is wrong. A class missing under `write` is named; those under `read` cannot be
    /// asked for, a user without them simply hears nothing.
    pub async fn probe(&self) -> Result<String, Problem> {
        let mut session = self.session(None);
        let (reports, mut told) = mpsc::channel::<Vec<Report>>(1);
        let (_asks, mut asked) = mpsc::channel(1);
        let stream = connect(&self.settings)
            .await
            .map_err(|ending| ending.problem)?
            .stream;
        let told = async move {
            while let Some(batch) = told.recv().await {
                let up = |report: &Report| matches!(report, Report::Link(LinkState::Up { .. }));
                if batch.iter().any(up) {
                    return;
                }
            }
        };
        tokio::select! {
            biased;
            ending = drive(stream, &mut session, &*self.clock, &mut asked, &reports) => {
                if let Some(ending) = ending {
                    return Err(ending.problem);
                }
            }
            () = told => {}
        }
        match session.missing_rights() {
            [] => Ok(session.version()),
            rights => Err(Problem {
                kind: ProblemKind::MissingRight,
                words: rights.join(", "),
            }),
        }
    }

    fn session(&self, before: Option<Before>) -> Session {
        let translator = self.settings.translator();
        let credentials = Credentials::from(&self.settings);
        Session::new(credentials, translator, before, Instant::now().into_std())
    }

    /// One connection from dialling to its end; `None` when nobody wants reports any more.
    async fn once(&self, before: &mut Option<Before>, reports: &Reports) -> (bool, Option<Ending>) {
        let stream = match connect(&self.settings).await {
            Ok(wire) => wire.stream,
            Err(ending) => return (false, Some(ending)),
        };
        let mut session = self.session(before.take());
        let (asks, mut asked) = mpsc::channel(MOST_ASKS);
        self.asks.send_replace(Some(asks));
        let ending = drive(stream, &mut session, &*self.clock, &mut asked, reports).await;
        self.asks.send_replace(None);
        asked.close();
        while let Ok(ask) = asked.try_recv() {
            ask.never_sent();
        }
        *before = session.remembered();
        (session.was_live(), ending)
    }
}

#[async_trait]
impl Pbx for AsteriskLink {
    fn abilities(&self) -> Abilities {
        Abilities {
            answer: false,
            hang_up: true,
            dial: true,
            transfer: true,
            pick_up: self.settings.softphones.is_some(),
            simulation: false,
        }
    }

    async fn run(&self, reports: Reports) {
        let mut backoff = Backoff::default();
        let mut before = None;
        let mut state = LinkState::Connecting;
        if tell(&reports, &state).await.is_err() {
            return;
        }
        loop {
            let (stood, ending) = self.once(&mut before, &reports).await;
            let Some(ending) = ending else {
                return;
            };
            if stood {
                backoff.reset();
            }
            let pause = if ending.needs_person {
                backoff.refused(&*self.entropy)
            } else {
                backoff.lost(&*self.entropy)
            };
            tracing::info!(problem = ?ending.problem, ?pause, "the link to Asterisk is down");
            let now = LinkState::from(ending);
            // The same trouble again is no news.
            if stood || now != state {
                if tell(&reports, &now).await.is_err() {
                    return;
                }
                state = now;
            }
            tokio::select! {
                () = reports.closed() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn devices(&self) -> Result<Vec<Device>, CommandError> {
        devices::devices(&self.asks, &self.settings).await
    }

    async fn hang_up(&self, call: &CallId, extension: &Extension) -> Result<(), CommandError> {
        if self.ringing.give_up(&self.asks, call, extension).await? {
            return Ok(());
        }
        command::hang_up(&self.asks, &self.settings, call, extension).await
    }

    async fn transfer(
        &self,
        call: &CallId,
        extension: &Extension,
        to: &DialTarget,
    ) -> Result<(), CommandError> {
        command::transfer(&self.asks, &self.settings, call, extension, to).await
    }

    async fn pause(&self, wanted: &[QueuePause]) -> Result<(), CommandError> {
        pause::pause(&self.asks, &self.settings, wanted).await
    }

    async fn dial(&self, order: Dial) -> Result<(), DialFailure> {
        dial::dial(&self.asks, &self.settings, &self.ringing, order).await
    }

    async fn answer(&self, _call: &CallId, _extension: &Extension) -> Result<(), CommandError> {
        Err(CommandError::Unsupported)
    }

    async fn pick_up(&self, call: &CallId, extension: &Extension) -> Result<(), PickUpFailure> {
        let softphones = self.settings.softphones.as_ref();
        let softphone = softphones
            .ok_or(DialFailure::Unsupported)?
            .endpoint(extension);
        let id = self.entropy.id(self.clock.now());
        let by = pick_up::Fetching { softphone, id };
        pick_up::pick_up(&self.asks, &self.settings, call, extension, by).await
    }

    fn softphone(&self, extension: &Extension) -> Option<Softphone> {
        let softphones = self.settings.softphones.as_ref()?;
        Some(softphones.of(extension))
    }

    async fn records(&self, past: &Past) -> Result<Recorded, RecordsError> {
        let Some(settings) = &self.settings.records else {
            return Err(RecordsError::NotSetUp);
        };
        records::read(settings, past, self.settings.translator()).await
    }
}

async fn tell(
    reports: &Reports,
    state: &LinkState,
) -> Result<(), mpsc::error::SendError<Vec<Report>>> {
    reports.send(vec![Report::Link(state.clone())]).await
}
