//! CDR, the call detail records: one row per pair of channels, with the seconds they had.
//!
//! Each row is told as what must have happened: the one channel calls the other, they are
//! connected, they part. So the tracker decides here too. What rows do not tell is written down
//! in `docs/records.md`; most of all, that a queue's or an IVR's caller was up before an agent's
//! phone rang hides when the agent answered. Such a call is marked as estimated.

mod pairs;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use linecard_call::Call;

use super::cel::{resource, target};
use super::message::{Message, Snapshot};
use super::retell::retell;
use super::row::{Row, Rows};
use crate::ami::unescape;
use crate::translate::Translator;
use pairs::{Disposition, Pair, Pairs, ROUNDING};

/// The columns that are read.
pub(super) const COLUMNS: [&str; 14] = [
    "calldate",
    "clid",
    "src",
    "dst",
    "channel",
    "dstchannel",
    "lastapp",
    "lastdata",
    "duration",
    "billsec",
    "disposition",
    "uniqueid",
    "linkedid",
    "did",
];

/// Those without which nothing can be told.
pub(super) const REQUIRED: [&str; 7] = [
    "calldate",
    "channel",
    "dstchannel",
    "duration",
    "billsec",
    "disposition",
    "uniqueid",
];

/// The columns of `Master.csv` (`cdr_csv.c`). The last five are optional, and `linkedid` is
/// there with `newcdrcolumns` only.
pub(super) const CSV_COLUMNS: [&str; 21] = [
    "accountcode",
    "src",
    "dst",
    "dcontext",
    "clid",
    "channel",
    "dstchannel",
    "lastapp",
    "lastdata",
    "calldate",
    "answer",
    "end",
    "duration",
    "billsec",
    "disposition",
    "amaflags",
    "uniqueid",
    "userfield",
    "peeraccount",
    "linkedid",
    "sequence",
];

/// The calls that the rows tell.
pub(super) fn calls(rows: &Rows, translator: Translator) -> Vec<Call> {
    let pairs = Pairs::read(&rows.rows);
    let mut story = Story::default();
    for (place, pair) in pairs.all.iter().enumerate() {
        story.tell(place, pair, &pairs);
    }
    story.hangups();
    story.told.sort_by_key(|line| (line.at, line.phase));
    let told = story.told.into_iter().map(|line| (line.at, line.message));
    let mut calls = retell(translator, told);
    for call in &mut calls {
        call.estimated |= story.guessed.contains(call.id.as_str());
    }
    calls
}

/// In which order things of one second happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    /// What began in an earlier second ends.
    Ends,
    Begins,
    Answers,
    /// What began in this second ends.
    EndsAtOnce,
    Hangups,
}

#[derive(Debug)]
struct Line {
    at: Timestamp,
    phase: Phase,
    message: Message,
}

/// A channel that was told of.
#[derive(Debug)]
struct Channel<'a> {
    name: &'a str,
    id: String,
    call: &'a str,
    number: &'a str,
    title: Cow<'a, str>,
    exten: &'a str,
    last: Timestamp,
    cause: &'static str,
}

impl Channel<'_> {
    fn snapshot(&self) -> Snapshot<'_> {
        Snapshot {
            channel: self.name,
            id: &self.id,
            call: self.call,
            number: self.number,
            name: &self.title,
            exten: self.exten,
        }
    }
}

/// Puts the rows into AMI's words.
#[derive(Debug, Default)]
struct Story<'a> {
    channels: Vec<Channel<'a>>,
    /// Places in `channels`: the latest of each name, since names begin anew with Asterisk.
    by_name: HashMap<&'a str, usize>,
    by_id: HashMap<String, usize>,
    told: Vec<Line>,
    /// The calls whose answer was guessed.
    guessed: HashSet<String>,
}

impl<'a> Story<'a> {
    fn tell(&mut self, place: usize, pair: &Pair<'a>, pairs: &Pairs<'a>) {
        let from = self.caller(pair, pairs);
        let is_queue = pair.row.get("lastapp") == "Queue";
        if is_queue {
            let queue = pair.row.get("lastdata").split(',').next().unwrap_or("");
            let join = self.about("QueueCallerJoin", from).header("Queue", queue);
            self.say(pair.start, Phase::Begins, join);
        }
        let over = if pair.start == pair.end {
            Phase::EndsAtOnce
        } else {
            Phase::Ends
        };
        if pair.called().is_empty() {
            if pair.disposition == Disposition::Failed {
                self.set_cause(from, "3");
            }
        } else {
            let (to, is_new) = self.called(pair, pairs);
            if is_new {
                self.dial(pair, from, to);
            }
            if pair.disposition == Disposition::Answered {
                let answered = if is_new {
                    pairs.answered(pair)
                } else {
                    pair.start
                };
                if is_new && pair.hides_answer() {
                    self.guessed.insert(pair.call().to_owned());
                }
                self.connect(place, (answered, pair.end, over), from, to);
            } else if is_new {
                self.not_reached(pair, over, to, pairs);
            }
        }
        if is_queue {
            let leave = self.about("QueueCallerLeave", from);
            self.say(pair.end, over, leave);
        }
    }

    /// The calling channel, introduced with its first row.
    fn caller(&mut self, pair: &Pair<'a>, pairs: &Pairs<'a>) -> usize {
        let id = pair.id();
        let known = self.by_id.get(id).copied();
        let place = known.unwrap_or_else(|| {
            let dialled = match pair.row.get("did") {
                "" => dialled(pair, pairs),
                did => did,
            };
            self.introduce(
                pair.start,
                Channel {
                    name: pair.row.get("channel"),
                    id: id.to_owned(),
                    call: pair.call(),
                    number: number(pair.row),
                    title: title(pair.row.get("clid")),
                    exten: dialled,
                    last: pair.end,
                    cause: "",
                },
            )
        });
        self.lasts(place, pair.end);
        place
    }

    /// The called channel, and whether this row is the first to name it: one that was there
    /// before was passed on.
    fn called(&mut self, pair: &Pair<'a>, pairs: &Pairs<'a>) -> (usize, bool) {
        let name = pair.called();
        let known = self.by_name.get(name).copied().filter(|place| {
            self.channels
                .get(*place)
                .is_some_and(|channel| channel.last + ROUNDING >= pair.start)
        });
        if let Some(place) = known {
            self.lasts(place, pair.end);
            return (place, false);
        }
        // It may call somebody itself later, and its Uniqueid is known then.
        let id = pairs
            .id_of_called(pair)
            .map_or_else(|| format!("{name} of {}", pair.id()), ToOwned::to_owned);
        let place = self.introduce(
            pair.start,
            Channel {
                name,
                id,
                call: pair.call(),
                number: "",
                title: Cow::Borrowed(""),
                exten: "",
                last: pair.end,
                cause: "",
            },
        );
        (place, true)
    }

    fn introduce(&mut self, at: Timestamp, channel: Channel<'a>) -> usize {
        let place = self.channels.len();
        let name = channel.name;
        self.by_name.insert(name, place);
        self.by_id.insert(channel.id.clone(), place);
        self.channels.push(channel);
        let new = self.about("Newchannel", place);
        self.say(at, Phase::Begins, new);
        let pair = name.strip_suffix(";1").or_else(|| name.strip_suffix(";2"));
        if let Some(pair) = pair {
            let half = |end: &str| self.by_name.get(&*format!("{pair}{end}")).copied();
            if let (Some(one), Some(two)) = (half(";1"), half(";2")) {
                let message = self.with(Message::new("LocalBridge"), "LocalOne", one);
                let message = self.with(message, "LocalTwo", two);
                self.say(at, Phase::Begins, message);
            }
        }
        place
    }

    fn dial(&mut self, pair: &Pair<'a>, from: usize, to: usize) {
        let number = target(pair.row.get("lastdata"), resource(pair.called())).unwrap_or("");
        let dial = self.about("DialBegin", from).header("DialString", number);
        let dial = self.with(dial, "Dest", to);
        self.say(pair.start, Phase::Begins, dial);
        if pair.disposition != Disposition::Failed {
            let rings = self.about("Newstate", to).header("ChannelState", "5");
            self.say(pair.start, Phase::Begins, rings);
        }
    }

    fn connect(
        &mut self,
        place: usize,
        (answered, end, over): (Timestamp, Timestamp, Phase),
        from: usize,
        to: usize,
    ) {
        let bridge = format!("row {place}");
        for channel in [to, from] {
            let up = self.about("Newstate", channel).header("ChannelState", "6");
            self.say(answered, Phase::Answers, up);
        }
        for channel in [to, from] {
            let enter = self.about("BridgeEnter", channel);
            self.say(
                answered,
                Phase::Answers,
                enter.header("BridgeUniqueid", &bridge),
            );
            let leave = self.about("BridgeLeave", channel);
            let over = if answered == end {
                Phase::EndsAtOnce
            } else {
                over
            };
            self.say(end, over, leave.header("BridgeUniqueid", &bridge));
        }
    }

    fn not_reached(&mut self, pair: &Pair<'a>, over: Phase, to: usize, pairs: &Pairs<'a>) {
        let (status, cause) = match pair.disposition {
            Disposition::Busy => ("BUSY", "17"),
            Disposition::Failed => ("CHANUNAVAIL", ""),
            _ if pairs.lost_to_another(pair) => ("CANCEL", "26"),
            _ => ("NOANSWER", ""),
        };
        let end = Message::new("DialEnd").header("DialStatus", status);
        let end = self.with(end, "Dest", to);
        self.say(pair.end, over, end);
        self.set_cause(to, cause);
    }

    fn hangups(&mut self) {
        for place in 0..self.channels.len() {
            let Some(channel) = self.channels.get(place) else {
                continue;
            };
            let (at, cause) = (channel.last, channel.cause);
            let hangup = self.about("Hangup", place).header("Cause", cause);
            self.say(at, Phase::Hangups, hangup);
        }
    }

    fn lasts(&mut self, place: usize, until: Timestamp) {
        if let Some(channel) = self.channels.get_mut(place) {
            channel.last = channel.last.max(until);
        }
    }

    fn set_cause(&mut self, place: usize, cause: &'static str) {
        if let Some(channel) = self.channels.get_mut(place) {
            channel.cause = cause;
        }
    }

    fn about(&self, name: &'static str, place: usize) -> Message {
        self.with(Message::new(name), "", place)
    }

    fn with(&self, message: Message, prefix: &str, place: usize) -> Message {
        match self.channels.get(place) {
            Some(channel) => message.channel(prefix, &channel.snapshot()),
            None => message,
        }
    }

    fn say(&mut self, at: Timestamp, phase: Phase, message: Message) {
        self.told.push(Line { at, phase, message });
    }
}

/// What the caller dialled; nothing where a transfer has written its target there.
fn dialled<'a>(pair: &Pair<'a>, pairs: &Pairs<'a>) -> &'a str {
    let dst = pair.row.get("dst");
    let written_over = pairs.rivals(pair).any(|other| {
        resource(other.called())
            .split_once('/')
            .is_some_and(|(_, endpoint)| endpoint == dst)
    });
    if written_over { "" } else { dst }
}

/// The calling number; `cdr_sqlite3_custom.conf` as it is shipped has it in `clid` only.
fn number(row: &Row) -> &str {
    match row.get("src") {
        "" => {
            let clid = row.get("clid").rsplit_once('<');
            clid.map_or("", |(_, number)| number.trim_end_matches('>'))
        }
        src => src,
    }
}

/// The name in `"Eve" <31600000001>`; quotes in it have backslashes.
fn title(clid: &str) -> Cow<'_, str> {
    let name = clid.rsplit_once('<').map_or("", |(name, _)| name).trim();
    let quoted = name
        .strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'));
    quoted.map_or(Cow::Borrowed(name), unescape)
}
