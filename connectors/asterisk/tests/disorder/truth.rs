//! What an Asterisk knows that said these events: the answers it would give to who asks now.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Timestamp;

use super::{Event, text, time};

/// The prefixes of the parties that an event may show.
const PARTIES: [&str; 9] = [
    "",
    "Dest",
    "Target",
    "LocalOne",
    "LocalTwo",
    "Transferer",
    "Transferee",
    "OrigTransferer",
    "SecondTransferer",
];

/// What is alive.
#[derive(Debug, Clone, Default)]
pub(super) struct Truth {
    channels: BTreeMap<String, Channel>,
    /// The callers who wait in a queue, by their channel.
    waiting: BTreeMap<String, Waiting>,
}

#[derive(Debug, Clone)]
struct Channel {
    created: Timestamp,
    /// What was dialled first; empty on a channel that is called.
    dialled: String,
    application: String,
    data: String,
    bridge: String,
    /// The headers of its newest snapshot.
    snapshot: BTreeMap<&'static str, String>,
}

#[derive(Debug, Clone)]
struct Waiting {
    queue: String,
    since: Timestamp,
}

impl Truth {
    /// Something happens.
    pub(super) fn take(&mut self, event: &Event) {
        let id = text(event, "Uniqueid");
        if text(event, "Event") == "Newchannel" {
            let dialled = Some(text(event, "Exten")).filter(|exten| *exten != "s");
            let channel = Channel {
                created: time(event),
                dialled: dialled.unwrap_or_default().to_owned(),
                application: String::new(),
                data: String::new(),
                bridge: String::new(),
                snapshot: BTreeMap::new(),
            };
            self.channels.insert(id.to_owned(), channel);
        }
        for party in PARTIES {
            self.look(event, party);
        }
        match text(event, "Event") {
            "Newexten" => self.runs(id, text(event, "Application"), text(event, "AppData")),
            "DialBegin" => {
                let runs = |id| {
                    self.channels
                        .get(id)
                        .map(|channel| channel.application.as_str())
                };
                let called = text(event, "DestUniqueid");
                // `Newexten` of a called channel may come later, or not be recorded.
                if runs(called) == Some("") {
                    let application = match runs(id) {
                        Some("Queue") => "AppQueue",
                        Some(_) => "AppDial",
                        None => "AppDial2",
                    };
                    self.runs(called, application, "(Outgoing Line)");
                }
            }
            "BridgeEnter" => self.bridged(id, text(event, "BridgeUniqueid")),
            "BridgeLeave" => {
                let left = text(event, "BridgeUniqueid");
                // In a swap the channel may be in its next bridge already.
                if self
                    .channels
                    .get(id)
                    .is_some_and(|channel| channel.bridge == left)
                {
                    self.bridged(id, "");
                }
            }
            "Rename" => {
                if let Some(channel) = self.channels.get_mut(id) {
                    let name = text(event, "Newname").to_owned();
                    channel.snapshot.insert("Channel", name);
                }
            }
            "QueueCallerJoin" => {
                let waiting = Waiting {
                    queue: text(event, "Queue").to_owned(),
                    since: time(event),
                };
                self.waiting.insert(id.to_owned(), waiting);
            }
            "QueueCallerLeave" => drop(self.waiting.remove(id)),
            "Hangup" => {
                self.channels.remove(id);
                self.waiting.remove(id);
            }
            _ => {}
        }
    }

    /// Takes over what the event shows of one party.
    fn look(&mut self, event: &Event, party: &str) {
        const HEADERS: [&str; 7] = [
            "Channel",
            "ChannelState",
            "CallerIDNum",
            "CallerIDName",
            "Exten",
            "Uniqueid",
            "Linkedid",
        ];
        let id = text(event, &format!("{party}Uniqueid"));
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        for header in HEADERS {
            let Some(value) = event.get(&format!("{party}{header}")) else {
                continue;
            };
            let value = value
                .as_array()
                .and_then(|values| values.first())
                .unwrap_or(value);
            let value = value.as_str().unwrap_or_default().to_owned();
            channel.snapshot.insert(header, value);
        }
    }

    fn runs(&mut self, id: &str, application: &str, data: &str) {
        if let Some(channel) = self.channels.get_mut(id) {
            application.clone_into(&mut channel.application);
            data.clone_into(&mut channel.data);
        }
    }

    fn bridged(&mut self, id: &str, bridge: &str) {
        if let Some(channel) = self.channels.get_mut(id) {
            bridge.clone_into(&mut channel.bridge);
        }
    }

    /// The entries of `Status` at `now`.
    pub(super) fn status(&self, now: Timestamp) -> Vec<String> {
        let entry = |channel: &Channel| {
            let mut text = "Event: Status\r\n".to_owned();
            let age = now
                .duration_since(channel.created)
                .as_secs()
                .max(0)
                .to_string();
            let own = [
                ("DNID", &channel.dialled),
                ("BridgeID", &channel.bridge),
                ("Application", &channel.application),
                ("Data", &channel.data),
                ("Seconds", &age),
            ];
            let snapshot = channel.snapshot.iter().map(|(key, value)| (*key, value));
            for (key, value) in snapshot.chain(own) {
                let _ = write!(text, "{key}: {value}\r\n");
            }
            text
        };
        self.channels.values().map(entry).collect()
    }

    /// The entries of `QueueStatus` at `now`.
    pub(super) fn queues(&self, now: Timestamp) -> Vec<String> {
        let entry = |(id, waiting): (&String, &Waiting)| {
            let waited = now.duration_since(waiting.since).as_secs().max(0);
            format!(
                "Event: QueueEntry\r\nQueue: {}\r\nPosition: 1\r\nUniqueid: {id}\r\nWait: {waited}\r\n",
                waiting.queue
            )
        };
        self.waiting.iter().map(entry).collect()
    }
}
