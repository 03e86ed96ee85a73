//! The phones and lines that Asterisk knows, with the names of the people who sit there.

use std::collections::{BTreeMap, BTreeSet};

use linecard_number::Extension;
use linecard_pbx::{CommandError, Device, Whose};

use super::command::{Asks, ask};
use crate::ami::{Action, Block};
use crate::settings::AsteriskSettings;
use crate::translate::{Translator, is_endpoint};

/// Everything with a device state that is a phone or a line, and what is written down of others.
///
/// All four actions need only the class `call`, as hanging up does. Hints, queues and voicemail
/// are a help: a phone system without them is listed all the same.
pub(super) async fn devices(
    asks: &Asks,
    settings: &AsteriskSettings,
) -> Result<Vec<Device>, CommandError> {
    let states = ask(asks, Action::new("DeviceStateList")).await?.list;
    let hints = list(asks, "ExtensionStateList").await?;
    let queues = list(asks, "QueueStatus").await?;
    let mailboxes = list(asks, "VoicemailUsersList").await?;

    let mut translator = settings.translator();
    translator.hear_hints(&hints);
    translator.hear_members(&queues);
    let mut names: BTreeSet<String> = states
        .iter()
        .filter_map(|entry| Some(entry.get("Device")?.into_owned()))
        .chain(queues.iter().filter_map(phone_of_member))
        .filter(|device| is_endpoint(device))
        .collect();
    names.extend(settings.endpoints.endpoints().map(str::to_owned));
    let people = People::read(&translator, &queues, &mailboxes);
    let device = |device: String| {
        let whose = translator.whose(&device);
        let extension = match &whose {
            Whose::Extension(extension) => Some(extension),
            Whose::Trunk | Whose::Ignored | Whose::Unassigned => None,
        };
        let person = extension.and_then(|extension| people.0.get(extension));
        Device {
            name: person.and_then(|person| person.name.clone()),
            email: person.and_then(|person| person.email.clone()),
            whose,
            device,
        }
    };
    Ok(names.into_iter().map(device).collect())
}

/// The entries of a list that may be refused: by a user without the right, or because the module
/// is not loaded.
pub(super) async fn list(asks: &Asks, action: &'static str) -> Result<Vec<Block>, CommandError> {
    match ask(asks, Action::new(action)).await {
        Ok(answer) => Ok(answer.list),
        Err(CommandError::Refused(words)) => {
            tracing::debug!(action, words, "not listed");
            Ok(Vec::new())
        }
        Err(error) => Err(error),
    }
}

fn phone_of_member(entry: &Block) -> Option<String> {
    Some(entry.get("StateInterface")?.into_owned())
}

/// Who sits at an extension.
#[derive(Default)]
struct Person {
    name: Option<String>,
    email: Option<String>,
}

struct People(BTreeMap<Extension, Person>);

impl People {
    /// A mailbox has the number of its extension, and a name that the person is called by;
    /// a queue's member is called as the queue's reports call them, which is second best.
    fn read(translator: &Translator, queues: &[Block], mailboxes: &[Block]) -> Self {
        let mut people: BTreeMap<Extension, Person> = BTreeMap::new();
        for entry in mailboxes {
            let Some(extension) = entry
                .get("VoiceMailbox")
                .and_then(|mailbox| mailbox.parse().ok())
            else {
                continue;
            };
            let person = people.entry(extension).or_default();
            person.name = text(entry, "Fullname").or(person.name.take());
            person.email = text(entry, "Email")
                .filter(|email| email.contains('@'))
                .or(person.email.take());
        }
        for entry in queues {
            let phone = phone_of_member(entry).unwrap_or_default();
            let Whose::Extension(extension) = translator.whose(&phone) else {
                continue;
            };
            let person = people.entry(extension).or_default();
            if person.name.is_none() {
                // A member that nobody named goes by its interface.
                person.name = text(entry, "Name").filter(|name| !name.contains('/'));
            }
        }
        Self(people)
    }
}

fn text(entry: &Block, key: &str) -> Option<String> {
    let value = entry.get(key)?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
