//! CEL, the channel event log: nearly all that AMI says, except that it does not say who is
//! dialled by whom.
//!
//! That is found out: a row of a channel that is called bears the data `(Outgoing Line)`, and
//! whoever of its call runs the application that called it, best with the called endpoint among
//! its targets, is who dialled. Not told by CEL, and so not by us: that a phone rings (it is
//! taken to ring as soon as it is called), hold, and labels by `UserEvent`.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use linecard_call::Call;
use serde::Deserialize;

use super::message::{Message, Snapshot};
use super::retell::retell;
use super::row::{Row, Rows};
use crate::translate::Translator;

/// How long a call without an end may be silent before it is taken for one whose end was never
/// written: Asterisk was killed. Rows may come late, and a call that lives may be quiet; one that
/// the link follows is left to the link in any case.
const SILENCE: SignedDuration = SignedDuration::from_mins(5);

/// Causes (Q.850) by which a channel that was called was never reached: no route, unallocated,
/// out of order, congestion. It never rang.
const UNREACHED: [u16; 9] = [1, 2, 3, 20, 27, 34, 38, 42, 44];
/// Redirected to a new destination: the phone sent the call on. Asterisk 16 writes no cause; the
/// phone then ends its channel itself as the call is forwarded.
const REDIRECTED: u16 = 23;
const FORWARDING: SignedDuration = SignedDuration::from_secs(1);

/// The columns that are read.
pub(super) const COLUMNS: [&str; 11] = [
    "eventtype",
    "eventtime",
    "cid_name",
    "cid_num",
    "exten",
    "channame",
    "appname",
    "appdata",
    "uniqueid",
    "linkedid",
    "extra",
];

/// Those without which nothing can be told.
pub(super) const REQUIRED: [&str; 6] = [
    "eventtype",
    "eventtime",
    "channame",
    "uniqueid",
    "linkedid",
    "extra",
];

/// The columns of `cel_custom.conf` as Asterisk ships it.
pub(super) const CSV_COLUMNS: [&str; 20] = [
    "eventtype",
    "eventtime",
    "cid_name",
    "cid_num",
    "cid_ani",
    "cid_rdnis",
    "cid_dnid",
    "exten",
    "context",
    "channame",
    "appname",
    "appdata",
    "amaflags",
    "accountcode",
    "uniqueid",
    "linkedid",
    "peer",
    "userfield",
    "userdeftype",
    "extra",
];

/// What is added to some kinds of rows, as JSON.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Extra {
    bridge_id: String,
    bridge_technology: String,
    hangupcause: Option<u16>,
    hangupsource: String,
    transferee_channel_uniqueid: String,
    transfer_target_channel_uniqueid: String,
    channel2_uniqueid: String,
    pickup_channel_uniqueid: String,
}

/// Finds the Uniqueid of another channel.
type ChannelIn = fn(&Extra) -> &String;

/// What the rows tell of one channel, all of them together.
#[derive(Debug, Default)]
struct Life {
    began: bool,
    answered: bool,
    ended: bool,
    cause: Option<u16>,
    /// The application that called it: `AppDial`, `AppQueue`, `AppDial2` for click-to-call.
    called_by: Option<String>,
    /// The queue it was in, by whatever row shows that.
    queue: Option<String>,
}

/// The calls that the rows tell, which were read up to `until`; those that began before the rows
/// are left out, for they would be told wrong.
pub(super) fn calls(rows: &Rows, translator: Translator, until: Timestamp) -> Vec<Call> {
    let mut story = Story::new(&rows.rows);
    for row in &rows.rows {
        story.tell(row);
    }
    let broken = story.break_off(until);
    let partial = story.partial();
    let mut calls = retell(translator, story.told);
    calls.retain(|call| !partial.contains(call.id.as_str()));
    for call in &mut calls {
        call.estimated |= broken.contains(call.id.as_str());
    }
    calls
}

/// Puts the rows into AMI's words.
struct Story<'a> {
    lives: HashMap<&'a str, Life>,
    /// The latest row of each channel.
    latest: HashMap<&'a str, &'a Row>,
    /// The channels of each call, in the order of their appearance.
    by_call: HashMap<&'a str, Vec<&'a str>>,
    /// When each call was forwarded last.
    forwarded: HashMap<&'a str, Timestamp>,
    /// The callers who are in a queue.
    queued: HashSet<&'a str>,
    told: Vec<(Timestamp, Message)>,
}

impl<'a> Story<'a> {
    fn new(rows: &'a [Row]) -> Self {
        let mut lives: HashMap<&str, Life> = HashMap::new();
        for row in rows {
            let life = lives.entry(row.get("uniqueid")).or_default();
            match row.get("eventtype") {
                "CHAN_START" => {
                    life.began = true;
                    // Whatever is made for a call that is there already is called by it.
                    let is_first = row.get("uniqueid") == row.get("linkedid");
                    if !is_first && !row.get("channame").ends_with(";2") {
                        life.called_by.get_or_insert_default();
                    }
                }
                "ANSWER" => life.answered = true,
                "HANGUP" => {
                    life.ended = true;
                    life.cause = extra(row).hangupcause;
                }
                "CHAN_END" => life.ended = true,
                _ => {}
            }
            if row.get("appdata") == "(Outgoing Line)" {
                // The first: who picks a call up and the phone that rang change places, and the last
                // rows of the phone bear what the other one was called by.
                let known = life.called_by.take().filter(|app| !app.is_empty());
                life.called_by = known.or_else(|| Some(row.get("appname").to_owned()));
            } else if row.get("appname") == "Queue" {
                let queue = row.get("appdata").split(',').next();
                life.queue = queue.map(str::to_owned);
            }
        }
        Self {
            lives,
            latest: HashMap::new(),
            by_call: HashMap::new(),
            forwarded: HashMap::new(),
            queued: HashSet::new(),
            told: Vec::new(),
        }
    }

    fn tell(&mut self, row: &'a Row) {
        let (id, call) = (row.get("uniqueid"), row.get("linkedid"));
        self.latest.insert(id, row);
        let members = self.by_call.entry(call).or_default();
        if !members.contains(&id) {
            members.push(id);
        }
        match row.get("eventtype") {
            "CHAN_START" => self.begins(row),
            "ANSWER" => self.say(row, with_state(row, "6")),
            "APP_START" if row.get("appname") == "Queue" => self.queues(row, row.at),
            "APP_END" if row.get("appname") == "Queue" => {
                self.queued.remove(id);
                self.say(row, about("QueueCallerLeave", row));
            }
            "BRIDGE_ENTER" => self.bridge("BridgeEnter", row),
            "BRIDGE_EXIT" => self.bridge("BridgeLeave", row),
            "BLINDTRANSFER" => {
                let message = Message::new("BlindTransfer")
                    .header("Result", "Success")
                    .channel("Transferer", &snapshot(row));
                let message = self.also(
                    message,
                    "Transferee",
                    |it| &it.transferee_channel_uniqueid,
                    row,
                );
                self.say(row, message);
            }
            "ATTENDEDTRANSFER" => self.attended_transfer(row),
            "PICKUP" => self.pickup(row),
            "FORWARD" => {
                self.forwarded.insert(call, row.at);
            }
            "HANGUP" => self.hangup(row),
            "CHAN_END" => self.say(row, about("Hangup", row)),
            _ => {}
        }
    }

    fn say(&mut self, row: &Row, message: Message) {
        self.told.push((row.at, message));
    }

    fn begins(&mut self, row: &'a Row) {
        self.say(row, about("Newchannel", row));
        let name = row.get("channame");
        if let Some(one) = name
            .strip_suffix(";2")
            .and_then(|pair| self.half(row.get("linkedid"), pair))
        {
            let message = Message::new("LocalBridge")
                .channel("LocalOne", &snapshot(one))
                .channel("LocalTwo", &snapshot(row));
            self.say(row, message);
        }
        let Some(called_by) = self.called_by(row) else {
            return;
        };
        let mut message = Message::new("DialBegin");
        if called_by != "AppDial2" {
            let Some(dialler) = self.dialler_of(row, &called_by) else {
                return;
            };
            if called_by == "AppQueue" {
                self.queues(dialler, row.at);
            }
            let target = target(dialler.get("appdata"), resource(name)).unwrap_or_default();
            message = message
                .channel("", &snapshot(dialler))
                .header("DialString", target);
        }
        self.say(row, message.channel("Dest", &snapshot(row)));
        if !self.is_unreached(row) {
            self.say(row, with_state(row, "5"));
        }
    }

    fn called_by(&self, row: &Row) -> Option<String> {
        self.lives.get(row.get("uniqueid"))?.called_by.clone()
    }

    fn is_unreached(&self, row: &Row) -> bool {
        self.lives.get(row.get("uniqueid")).is_some_and(|life| {
            !life.answered && life.cause.is_some_and(|cause| UNREACHED.contains(&cause))
        })
    }

    /// The half `;1` of a local pair of this call.
    fn half(&self, call: &str, pair: &str) -> Option<&'a Row> {
        self.members(call)
            .find(|row| row.get("channame").strip_suffix(";1") == Some(pair))
    }

    fn members(&self, call: &str) -> impl Iterator<Item = &'a Row> {
        self.by_call
            .get(call)
            .into_iter()
            .flatten()
            .filter_map(|id| self.latest.get(id).copied())
    }

    /// Who dialled the channel that appears in `row`: of its call, whoever runs an application
    /// whose targets name it; else whoever runs the application that called it; else the first.
    fn dialler_of(&self, row: &Row, called_by: &str) -> Option<&'a Row> {
        let resource = resource(row.get("channame"));
        let app = called_by.strip_prefix("App").unwrap_or_default();
        let others = || {
            self.members(row.get("linkedid"))
                .filter(|other| other.get("uniqueid") != row.get("uniqueid"))
        };
        others()
            .find(|other| target(other.get("appdata"), resource).is_some())
            .or_else(|| others().find(|other| other.get("appname") == app))
            .or_else(|| others().next())
    }

    /// The caller is in a queue. Where `apps` of `cel.conf` does not name it, nothing says so
    /// before an agent is called, or even answers.
    fn queues(&mut self, caller: &'a Row, at: Timestamp) {
        let id = caller.get("uniqueid");
        let queue = self.lives.get(id).and_then(|life| life.queue.clone());
        if let Some(queue) = queue
            && self.queued.insert(id)
        {
            let join = about("QueueCallerJoin", caller).header("Queue", &queue);
            self.told.push((at, join));
        }
    }

    fn bridge(&mut self, name: &'static str, row: &'a Row) {
        let extra = extra(row);
        let message = about(name, row)
            .header("BridgeUniqueid", &extra.bridge_id)
            .header("BridgeTechnology", &extra.bridge_technology);
        self.say(row, message);
    }

    /// Adds the channel that `id` finds in the row's extra, where it is known.
    fn also(&self, message: Message, prefix: &str, id: ChannelIn, row: &Row) -> Message {
        match self.latest.get(id(&extra(row)).as_str()) {
            Some(other) => message.channel(prefix, &snapshot(other)),
            None => message,
        }
    }

    fn attended_transfer(&mut self, row: &'a Row) {
        let mut message = Message::new("AttendedTransfer")
            .header("Result", "Success")
            .channel("OrigTransferer", &snapshot(row));
        let others: [(&str, ChannelIn); 3] = [
            ("SecondTransferer", |it| &it.channel2_uniqueid),
            ("Transferee", |it| &it.transferee_channel_uniqueid),
            ("TransferTarget", |it| &it.transfer_target_channel_uniqueid),
        ];
        for (prefix, id) in others {
            message = self.also(message, prefix, id, row);
        }
        self.say(row, message);
    }

    /// The row is of the phone that rang; who took the call is in its extra.
    fn pickup(&mut self, row: &'a Row) {
        let extra = extra(row);
        let Some(picker) = self.latest.get(extra.pickup_channel_uniqueid.as_str()) else {
            return;
        };
        let pickup = about("Pickup", picker).channel("Target", &snapshot(row));
        let answer = Message::new("DialEnd")
            .header("DialStatus", "ANSWER")
            .channel("Dest", &snapshot(picker));
        // A call is named by the channel that it began with: by who called, where nobody transferred.
        let answer = match self.latest.get(row.get("linkedid")) {
            Some(caller) => answer.channel("", &snapshot(caller)),
            None => answer,
        };
        self.say(row, pickup);
        self.say(row, answer);
    }

    fn hangup(&mut self, row: &'a Row) {
        let life = self.lives.get(row.get("uniqueid"));
        let cause = life.and_then(|life| life.cause);
        let unanswered = life.is_some_and(|life| life.called_by.is_some() && !life.answered);
        let end = Message::new("DialEnd").channel("Dest", &snapshot(row));
        if unanswered && self.is_unreached(row) {
            self.say(row, end.header("DialStatus", "CHANUNAVAIL"));
        } else if unanswered && self.sent_on(row) {
            let end = end.header("DialStatus", "CANCEL");
            self.say(row, end.header("Forward", "elsewhere"));
        }
        let cause = cause.map(|cause| cause.to_string()).unwrap_or_default();
        self.say(row, about("Hangup", row).header("Cause", &cause));
    }

    /// Whether the phone whose channel ends here sent the call on.
    fn sent_on(&self, row: &Row) -> bool {
        let extra = extra(row);
        let ended_itself = extra.hangupsource == row.get("channame")
            && matches!(extra.hangupcause, None | Some(0));
        let forwarded = self.forwarded.get(row.get("linkedid"));
        extra.hangupcause == Some(REDIRECTED)
            || ended_itself && forwarded.is_some_and(|at| row.at <= *at + FORWARDING)
    }

    /// Ends the calls that have been silent for long without an end; gives their names.
    fn break_off(&mut self, until: Timestamp) -> HashSet<String> {
        let mut open: HashMap<&str, Vec<&Row>> = HashMap::new();
        let mut heard: HashMap<&str, Timestamp> = HashMap::new();
        for (id, row) in &self.latest {
            let call = row.get("linkedid");
            let last = heard.entry(call).or_insert(row.at);
            *last = row.at.max(*last);
            if self.lives.get(id).is_some_and(|life| !life.ended) {
                open.entry(call).or_default().push(row);
            }
        }
        let mut broken = HashSet::new();
        for (call, rows) in open {
            let Some(last) = heard
                .get(call)
                .copied()
                .filter(|last| *last + SILENCE <= until)
            else {
                continue;
            };
            broken.insert(call.to_owned());
            for row in rows {
                self.told.push((last, about("Hangup", row)));
            }
        }
        if !broken.is_empty() {
            // What was added belongs between the rows of other calls.
            self.told.sort_by_key(|(at, _)| *at);
        }
        broken
    }

    /// The calls of which a channel was there before the first row.
    fn partial(&self) -> HashSet<String> {
        self.by_call
            .iter()
            .filter(|(_, members)| {
                let unborn = |id| self.lives.get(id).is_some_and(|life| !life.began);
                members.iter().any(|id| unborn(*id))
            })
            .map(|(call, _)| (*call).to_owned())
            .collect()
    }
}

/// An event about the row's own channel.
fn about(name: &'static str, row: &Row) -> Message {
    Message::new(name).channel("", &snapshot(row))
}

/// AMI's `ChannelState`: 5 = its device rings, 6 = up.
fn with_state(row: &Row, state: &str) -> Message {
    about("Newstate", row).header("ChannelState", state)
}

fn snapshot(row: &Row) -> Snapshot<'_> {
    Snapshot {
        channel: row.get("channame"),
        id: row.get("uniqueid"),
        call: row.get("linkedid"),
        number: row.get("cid_num"),
        name: row.get("cid_name"),
        exten: row.get("exten"),
    }
}

/// Most rows have none; one that cannot be read tells nothing.
fn extra(row: &Row) -> Extra {
    serde_json::from_str(row.get("extra")).unwrap_or_default()
}

/// The channel's technology and endpoint, without what makes the name unique.
pub(super) fn resource(channel: &str) -> &str {
    channel
        .rsplit_once('-')
        .map_or(channel, |(resource, _)| resource)
}

/// The target of `Dial` that leads to an endpoint: `PJSIP/31611111111@trunk` in
/// `PJSIP/31611111111@trunk,20,tT` for `PJSIP/trunk`.
pub(super) fn target<'a>(data: &'a str, resource: &str) -> Option<&'a str> {
    let (technology, endpoint) = resource.split_once('/')?;
    data.split(',').next()?.split('&').find(|target| {
        let Some(address) = target
            .strip_prefix(technology)
            .and_then(|rest| rest.strip_prefix('/'))
        else {
            return false;
        };
        let leads = |end: &str| end.is_empty() || end.starts_with('/');
        address.strip_prefix(endpoint).is_some_and(leads)
            || address
                .split_once('@')
                .is_some_and(|(_, to)| to == endpoint)
    })
}
