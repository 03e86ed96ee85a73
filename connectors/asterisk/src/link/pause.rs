//! Pausing an agent's phones in queues.
//!
//! Which interfaces of which queues are whose is asked of Asterisk at that moment, once for all agents
//! that are meant: a member may sit behind a Local channel, and who is in no queue costs nothing.

use std::collections::BTreeSet;

use linecard_pbx::{CommandError, QueuePause};

use super::command::{Asks, ask};
use super::devices::list;
use crate::ami::{Action, Block};
use crate::settings::AsteriskSettings;
use crate::translate::Translator;

/// What Asterisk says of an interface that has left every queue meanwhile.
const NOT_A_MEMBER: &str = "Interface not found";

/// Brings each agent's members of queues to what is wanted; those that are so already are left alone.
pub(super) async fn pause(
    asks: &Asks,
    settings: &AsteriskSettings,
    wanted: &[QueuePause],
) -> Result<(), CommandError> {
    let mut translator = settings.translator();
    translator.hear_hints(&list(asks, "ExtensionStateList").await?);
    let members = list(asks, "QueueStatus").await?;
    translator.hear_members(&members);
    let mut failed = None;
    for wanted in wanted {
        for interface in interfaces(&translator, &members, wanted) {
            let paused = if wanted.reason.is_some() {
                "true"
            } else {
                "false"
            };
            let mut action = Action::new("QueuePause")
                .header("Interface", &interface)
                .header("Paused", paused);
            if let Some(reason) = &wanted.reason {
                action = action.header("Reason", reason);
            }
            match ask(asks, action).await {
                Ok(_) => {}
                Err(CommandError::Refused(words)) if words.contains(NOT_A_MEMBER) => {}
                // The others are told all the same.
                Err(error) => failed = Some(error),
            }
        }
    }
    failed.map_or(Ok(()), Err)
}

/// The interfaces by which queues know the agent's phones, as far as one of them is not as wanted.
fn interfaces(translator: &Translator, members: &[Block], wanted: &QueuePause) -> BTreeSet<String> {
    members
        .iter()
        .filter(|member| {
            let whose = translator.member(&member.message());
            whose.as_ref() == Some(&wanted.extension) && !is_as_wanted(member, wanted)
        })
        .filter_map(|member| Some(member.get("Location")?.into_owned()))
        .collect()
}

fn is_as_wanted(member: &Block, wanted: &QueuePause) -> bool {
    let is_paused = member.get("Paused").as_deref() == Some("1");
    match &wanted.reason {
        None => !is_paused,
        Some(reason) => is_paused && member.get("PausedReason").as_deref() == Some(reason.as_str()),
    }
}
