//! One sign-in that finds out what the manager user may see and do.

use std::time::Duration;

use linecard_call::{CallId, Event};
use linecard_pbx::{CommandError, Device, LinkState, Problem, Report};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use super::AsteriskLink;
use super::command::{Asks, ask};
use super::devices::devices;
use super::drive::drive;
use super::wire::connect;
use crate::ami::{Action, Block};
use crate::doctor::{Evidence, OwnCall, QueueMember, Rights};
use crate::session::Answer;
use crate::settings::AsteriskSettings;

/// A place in no dial plan: a call there rings nobody and ends at once.
const NOWHERE: &str = "Local/linecard@linecard-doctor";
/// The events of a call to nowhere come within milliseconds.
const HEARD_WITHIN: Duration = Duration::from_secs(2);
/// Batches of reports under way; the examination reads them all the time.
const BATCHES: usize = 64;

/// What was asked over the connection.
struct Gathered {
    rights: Option<Rights>,
    devices: Vec<Device>,
    members: Vec<QueueMember>,
    own_call: OwnCall,
}

impl AsteriskLink {
    /// Signs in once, asks what this manager user may do, listens to a call to nowhere, and
    /// leaves. `id` names that call: anything that no other channel is called. Nothing is
    /// changed and no phone rings.
    pub async fn examine(&self, id: &str) -> Result<Evidence, Problem> {
        let wire = connect(&self.settings)
            .await
            .map_err(|ending| ending.problem)?;
        let mut session = self.session(None);
        let (reports, told) = mpsc::channel(BATCHES);
        let (asks, mut asked) = mpsc::channel(1);
        let asks = watch::Sender::new(Some(asks));
        let gathered = tokio::select! {
            biased;
            ending = drive(wire.stream, &mut session, &*self.clock, &mut asked, &reports) => {
                let Some(ending) = ending else {
                    return Err(lost("the examination was broken off"));
                };
                return Err(ending.problem);
            }
            gathered = gather(told, &asks, &self.settings, id) => gathered,
        };
        let gathered = gathered.map_err(|error| lost(&error.to_string()))?;
        Ok(Evidence {
            version: session.version(),
            in_the_clear: wire.in_the_clear,
            booted: session.was_booted(),
            rights: gathered.rights,
            own_call: gathered.own_call,
            devices: gathered.devices,
            members: gathered.members,
        })
    }

    /// Whether Asterisk has a channel of `call` in a queue at this moment.
    pub async fn is_in_queue(&self, call: &CallId) -> Result<bool, CommandError> {
        let alive = ask(&self.asks, Action::new("Status")).await?.list;
        let is = |channel: &Block, key: &str, value: &str| {
            channel.get(key).is_some_and(|held| held == value)
        };
        Ok(alive.iter().any(|channel| {
            is(channel, "Linkedid", call.as_str()) && is(channel, "Application", "Queue")
        }))
    }
}

fn lost(words: &str) -> Problem {
    Problem {
        kind: linecard_pbx::ProblemKind::Lost,
        words: words.to_owned(),
    }
}

async fn gather(
    mut told: mpsc::Receiver<Vec<Report>>,
    asks: &Asks,
    settings: &AsteriskSettings,
    id: &str,
) -> Result<Gathered, CommandError> {
    while let Some(batch) = told.recv().await {
        let up = |report: &Report| matches!(report, Report::Link(LinkState::Up { .. }));
        if batch.iter().any(up) {
            break;
        }
    }
    let listed = allowed(ask(asks, Action::new("ListCommands")).await)?;
    let queues = allowed(ask(asks, Action::new("QueueStatus")).await)?;
    let devices = devices(asks, settings).await?;
    let call = Action::new("Originate")
        .header("Channel", NOWHERE)
        .header("Application", "NoOp")
        .header("Async", "true")
        .header("Timeout", "1000")
        .header("ChannelId", id)
        .header("OtherChannelId", &format!("{id}-2"));
    let own_call = match allowed(ask(asks, call).await)? {
        Some(_) => listen(&mut told, id).await,
        None => OwnCall::NotPlaced,
    };
    Ok(Gathered {
        rights: listed.and_then(|answer| Rights::read(&answer.response)),
        devices,
        members: queues
            .map(|answer| answer.list.iter().filter_map(member).collect())
            .unwrap_or_default(),
        own_call,
    })
}

/// What this user may not ask, or this server does not know, has no answer.
fn allowed(answer: Result<Answer, CommandError>) -> Result<Option<Answer>, CommandError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(CommandError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

async fn listen(told: &mut mpsc::Receiver<Vec<Report>>, id: &str) -> OwnCall {
    let until = Instant::now() + HEARD_WITHIN;
    let (mut began, mut ended) = (false, false);
    while !(began && ended) {
        let Ok(Some(batch)) = tokio::time::timeout_at(until, told.recv()).await else {
            break;
        };
        for report in &batch {
            match report {
                Report::Event {
                    event: Event::Channel(channel),
                    ..
                } => began |= &*channel.id.0 == id,
                Report::Event {
                    event: Event::Hangup { channel, .. },
                    ..
                } => ended |= &*channel.0 == id,
                _ => {}
            }
        }
    }
    match (began, ended) {
        (true, true) => OwnCall::Heard,
        (false, false) => OwnCall::Silent,
        _ => OwnCall::HalfHeard,
    }
}

fn member(entry: &Block) -> Option<QueueMember> {
    let interface = entry.get("Location")?.into_owned();
    let state = entry
        .get("StateInterface")
        .filter(|state| !state.is_empty());
    Some(QueueMember {
        queue: entry.get("Queue")?.into_owned(),
        state_interface: state.map_or_else(|| interface.clone(), std::borrow::Cow::into_owned),
        interface,
    })
}
