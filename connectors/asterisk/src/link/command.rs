//! What people tell the phone system to do.

use std::collections::BTreeSet;

use linecard_call::CallId;
use linecard_number::Extension;
use linecard_pbx::{CommandError, DialTarget, Whose};
use tokio::sync::{mpsc, oneshot, watch};

use super::drive::Ask;
use crate::ami::{Action, Block};
use crate::picks::counted_to;
use crate::session::{Answer, AskError};
use crate::settings::AsteriskSettings;

pub(super) type Asks = watch::Sender<Option<mpsc::Sender<Ask>>>;

impl From<AskError> for CommandError {
    fn from(error: AskError) -> Self {
        match error {
            AskError::NotConnected => Self::NotConnected,
            AskError::TimedOut => Self::TimedOut,
            AskError::Refused(words) if words == "No such channel" => Self::Gone,
            AskError::Denied | AskError::Refused(_) => Self::Refused(error.to_string()),
        }
    }
}

pub(super) async fn ask(asks: &Asks, action: Action) -> Result<Answer, CommandError> {
    let way = asks.borrow().clone().ok_or(CommandError::NotConnected)?;
    let (answer, answered) = oneshot::channel();
    let sent = way.send(Ask::Act { action, answer }).await;
    sent.map_err(|_| CommandError::NotConnected)?;
    // The connection that took it may end before it answers.
    let result = answered.await.map_err(|_| CommandError::NotConnected)?;
    Ok(result?)
}

/// Ends every channel of `extension` in `call`.
pub(super) async fn hang_up(
    asks: &Asks,
    settings: &AsteriskSettings,
    call: &CallId,
    extension: &Extension,
) -> Result<(), CommandError> {
    let mut ended = Err(CommandError::Gone);
    for channel in part(asks, settings, call, extension).await? {
        let id = channel.get("Uniqueid").unwrap_or_default();
        let hangup = Action::new("Hangup")
            .header("Channel", &id)
            .header("Cause", cause(&channel));
        match ask(asks, hangup).await {
            Ok(_) => ended = Ok(()),
            Err(CommandError::Gone) => {}
            Err(error) => return Err(error),
        }
    }
    ended
}

/// Sends the other side of `extension`'s conversation in `call` to `to`, by the dial plan in which
/// the agents dial.
pub(super) async fn transfer(
    asks: &Asks,
    settings: &AsteriskSettings,
    call: &CallId,
    extension: &Extension,
    to: &DialTarget,
) -> Result<(), CommandError> {
    let part = part(asks, settings, call, extension).await?;
    // A phone that only rings has nobody yet whom it could pass on.
    let talks = part.iter().find(|channel| bridge(channel).is_some());
    let id = talks
        .and_then(|channel| channel.get("Uniqueid"))
        .ok_or(CommandError::Gone)?;
    let transfer = Action::new("BlindTransfer")
        .header("Channel", &id)
        .header("Context", &settings.dialling.context)
        .header("Exten", &settings.dialling.digits(to));
    ask(asks, transfer).await.map(drop)
}

/// The channels of `extension` in `call`. Which those are is asked of Asterisk at that moment: it
/// knows, and a map of our own could be out of date.
pub(super) async fn part(
    asks: &Asks,
    settings: &AsteriskSettings,
    call: &CallId,
    extension: &Extension,
) -> Result<Vec<Block>, CommandError> {
    let translator = settings.translator();
    let alive = ask(asks, Action::new("Status")).await?.list;
    let own: Vec<&Block> = alive
        .iter()
        .filter(|channel| {
            let name = channel.get("Channel").unwrap_or_default();
            translator.whose(&name) == Whose::Extension(extension.clone())
        })
        .collect();
    let part = part_in_call(&alive, &own, call);
    Ok(part.into_iter().cloned().collect())
}

/// Those of the extension's `own` channels that count to `call`; else, where the call was joined
/// from several and goes by another's id, those in one bridge with a channel that does.
fn part_in_call<'a>(alive: &[Block], own: &[&'a Block], call: &CallId) -> Vec<&'a Block> {
    let counts = |channel: &Block| {
        let linked = channel.get("Linkedid");
        linked.as_deref().map(counted_to) == Some(call.as_str())
    };
    let direct: Vec<&Block> = own
        .iter()
        .copied()
        .filter(|channel| counts(channel))
        .collect();
    if !direct.is_empty() {
        return direct;
    }
    let bridges: BTreeSet<String> = alive
        .iter()
        .filter(|channel| counts(channel))
        .filter_map(bridge)
        .collect();
    own.iter()
        .copied()
        .filter(|channel| bridge(channel).is_some_and(|bridge| bridges.contains(&bridge)))
        .collect()
}

fn bridge(channel: &Block) -> Option<String> {
    let bridge = channel.get("BridgeID")?;
    (!bridge.is_empty()).then(|| bridge.into_owned())
}

/// Q.850: a ringing phone's call is rejected (21), a conversation ends normally (16).
fn cause(channel: &Block) -> &'static str {
    if rings(channel) { "21" } else { "16" }
}

/// Whether it is a phone that rings (`AST_STATE_RINGING`).
pub(super) fn rings(channel: &Block) -> bool {
    channel.get("ChannelState").as_deref() == Some("5")
}
