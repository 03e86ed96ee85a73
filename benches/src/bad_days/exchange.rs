//! An Asterisk on which calls take place whether Linecard listens or not, and which writes a call
//! detail record about each.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::fs::File;
use std::io::Write as _;
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::ensure;
use jiff::{SignedDuration, Timestamp};

use super::plan::{Call, Kind};
use crate::company;
use crate::phone_system::Client;

/// The columns of the records.
pub(super) const COLUMNS: &str = "calldate,clid,src,dst,channel,dstchannel,lastapp,lastdata,\
                                  duration,billsec,disposition,uniqueid,linkedid";

/// The exchange.
#[derive(Debug)]
pub(super) struct Exchange {
    listener: TcpListener,
    link: Option<Arc<Mutex<TcpStream>>>,
    records: File,
    /// Where the records are.
    pub(super) path: PathBuf,
    pause: Duration,
    stage: Stage,
    /// When each call began.
    pub(super) begun: HashMap<usize, Timestamp>,
    /// By how much something of a call was said too late, because the machine was busy.
    late: HashMap<usize, Duration>,
}

/// The calls that live.
#[derive(Debug, Default)]
struct Stage {
    calls: HashMap<usize, Live>,
    due: BinaryHeap<Reverse<(Instant, usize)>>,
}

#[derive(Debug)]
struct Live {
    began: Instant,
    /// What is said when, from the beginning of the call on.
    beats: std::vec::IntoIter<(Duration, String)>,
    next: String,
    record: String,
}

impl Exchange {
    /// Listens, with its records in `folder`.
    pub(super) fn open(folder: &Path, per_second: u32) -> anyhow::Result<Self> {
        let path = folder.join("cdr.csv");
        Ok(Self {
            listener: TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?,
            link: None,
            records: File::create(&path)?,
            path,
            pause: Duration::from_secs(1) / per_second,
            stage: Stage::default(),
            begun: HashMap::new(),
            late: HashMap::new(),
        })
    }

    /// Where it listens on 127.0.0.1.
    pub(super) fn port(&self) -> anyhow::Result<u16> {
        Ok(self.listener.local_addr()?.port())
    }

    /// By how much more than usual times of that call may be off.
    pub(super) fn late(&self, call: &Call) -> SignedDuration {
        let late = self.late.get(&call.number).copied().unwrap_or_default();
        SignedDuration::try_from(late).unwrap_or(SignedDuration::MAX)
    }

    /// Lets Linecard in.
    pub(super) fn answer(&mut self) -> anyhow::Result<()> {
        let (stream, _) = self.listener.accept()?;
        stream.set_nodelay(true)?;
        let mut client = Client::greet(stream.try_clone()?)?;
        ensure!(client.answer_until("QueueStatus")?, "linecard left early");
        let link = Arc::new(Mutex::new(stream));
        self.link = Some(Arc::clone(&link));
        // It ends when Linecard leaves.
        thread::spawn(move || drop(client.answer_on(&link)));
        Ok(())
    }

    /// Lets these calls begin, evenly spread; `with` happens with each. Returns when the last has
    /// begun.
    pub(super) fn play(&mut self, calls: &[Call], with: impl Fn(&Call)) -> anyhow::Result<()> {
        let mut due = Instant::now();
        for call in calls {
            self.go_on_until(due)?;
            with(call);
            self.begin(call);
            due += self.pause;
        }
        Ok(())
    }

    /// Waits until every call has ended. `calls` take place meanwhile.
    pub(super) fn hang_up_all(&mut self, calls: &[Call]) -> anyhow::Result<()> {
        for call in calls {
            self.begin(call);
        }
        while let Some(due) = self.stage.next() {
            self.go_on_until(due)?;
        }
        self.records.sync_data()?;
        Ok(())
    }

    fn begin(&mut self, call: &Call) {
        let (now, began) = (Instant::now(), company::now());
        self.begun.insert(call.number, began);
        let mut beats = beats(call, began).into_iter();
        if let Some((_, first)) = beats.next() {
            self.stage.due.push(Reverse((now, call.number)));
            let live = Live {
                began: now,
                beats,
                next: first,
                record: record(call, began),
            };
            self.stage.calls.insert(call.number, live);
        }
    }

    fn go_on_until(&mut self, until: Instant) -> anyhow::Result<()> {
        while let Some(due) = self.stage.next().filter(|due| *due <= until) {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let Some((number, said, record)) = self.stage.play() else {
                continue;
            };
            let late = self.late.entry(number).or_default();
            *late = (*late).max(due.elapsed());
            if let Some(record) = record {
                // Written before anybody is told that the call is over.
                writeln!(self.records, "{record}")?;
            }
            self.say(&said);
        }
        thread::sleep(until.saturating_duration_since(Instant::now()));
        Ok(())
    }

    /// Says it to Linecard, if it listens.
    fn say(&mut self, said: &str) {
        let Some(link) = &self.link else { return };
        let mut stream = link.lock().unwrap_or_else(PoisonError::into_inner);
        if stream.write_all(said.as_bytes()).is_err() {
            let _ = stream.shutdown(Shutdown::Both);
            drop(stream);
            self.link = None;
        }
    }
}

impl Stage {
    fn next(&self) -> Option<Instant> {
        self.due.peek().map(|Reverse((due, _))| *due)
    }

    /// What is said next and of which call, and the record if the call is over with it.
    fn play(&mut self) -> Option<(usize, String, Option<String>)> {
        let Reverse((_, number)) = self.due.pop()?;
        let live = self.calls.get_mut(&number)?;
        if let Some((after, next)) = live.beats.next() {
            let said = std::mem::replace(&mut live.next, next);
            self.due.push(Reverse((live.began + after, number)));
            return Some((number, said, None));
        }
        let live = self.calls.remove(&number)?;
        Some((number, live.next, Some(live.record)))
    }
}

/// The name of a call: its Linkedid, which tells the second it began in.
pub(super) fn linkedid(call: &Call, began: Timestamp) -> String {
    format!("bad-{}.{}", began.as_second(), call.number)
}

/// The two channels of a call, the one that calls first: name, Uniqueid.
fn channels(call: &Call, began: Timestamp) -> anyhow::Result<[(String, String); 2]> {
    let agent = company::extension(call.agent)?;
    let (phone, line) = (
        format!("PJSIP/{agent}-{:08x}", call.number * 2),
        format!("PJSIP/trunk-{:08x}", call.number * 2 + 1),
    );
    let one = linkedid(call, began);
    let other = format!("{one}b");
    let names = if call.kind == Kind::Outbound {
        [phone, line]
    } else {
        [line, phone]
    };
    let [first, second] = names;
    Ok([(first, one), (second, other)])
}

/// The agent's extension.
fn agent(call: &Call) -> String {
    company::extension(call.agent).map_or_else(|_| String::new(), |it| it.to_string())
}

/// Whom the dial plan dials.
fn target(call: &Call) -> String {
    match call.kind {
        Kind::Outbound => format!("{}@trunk", company::number(call.caller)),
        Kind::Answered | Kind::Missed => agent(call),
    }
}

/// What Asterisk 22 says of the call over AMI, and when.
fn beats(call: &Call, began: Timestamp) -> Vec<(Duration, String)> {
    let Ok([first, second]) = channels(call, began) else {
        return Vec::new();
    };
    let outside = company::number(call.caller);
    let (number, exten) = if call.kind == Kind::Outbound {
        (agent(call), outside)
    } else {
        (outside, "5551000".to_owned())
    };
    let target = target(call);
    let linked = linkedid(call, began);
    let event = |name: &str, (channel, id): &(String, String), rest: &str| {
        format!(
            "Event: {name}\r\nPrivilege: call,all\r\nChannel: {channel}\r\nUniqueid: {id}\r\n\
             Linkedid: {linked}\r\n{rest}\r\n"
        )
    };
    let dest = format!(
        "DestChannel: {}\r\nDestUniqueid: {}\r\n",
        second.0, second.1
    );
    let new = |state: u8, number: &str, exten: &str| {
        format!("ChannelState: {state}\r\nCallerIDNum: {number}\r\nExten: {exten}\r\n")
    };
    let begins = event("Newchannel", &first, &new(4, &number, &exten))
        + &event("Newchannel", &second, &new(0, "<unknown>", "s"))
        + &event(
            "DialBegin",
            &first,
            &format!("{dest}DialString: {target}\r\n"),
        )
        + &event("Newstate", &second, "ChannelState: 5\r\n");
    let ring = Duration::from_millis(u64::try_from(call.ring_ms).unwrap_or(0));
    let talk = Duration::from_millis(u64::try_from(call.talk_ms).unwrap_or(0));
    let hangups =
        event("Hangup", &second, "Cause: 16\r\n") + &event("Hangup", &first, "Cause: 16\r\n");
    if call.kind == Kind::Missed {
        let ends = event("DialEnd", &first, &format!("{dest}DialStatus: CANCEL\r\n"));
        return vec![(Duration::ZERO, begins), (ring, ends + &hangups)];
    }
    let bridge = format!(
        "BridgeUniqueid: {:08x}-60f6-4892-896c-6d39e64586c2\r\n",
        call.number
    );
    let answered = event("Newstate", &second, "ChannelState: 6\r\n")
        + &event("DialEnd", &first, &format!("{dest}DialStatus: ANSWER\r\n"))
        + &event("Newstate", &first, "ChannelState: 6\r\n")
        + &event("BridgeEnter", &second, &bridge)
        + &event("BridgeEnter", &first, &bridge);
    let ends =
        event("BridgeLeave", &first, &bridge) + &event("BridgeLeave", &second, &bridge) + &hangups;
    vec![
        (Duration::ZERO, begins),
        (ring, answered),
        (ring + talk, ends),
    ]
}

/// The line that `cdr_csv` would have written.
fn record(call: &Call, began: Timestamp) -> String {
    let Ok([first, second]) = channels(call, began) else {
        return String::new();
    };
    let outside = company::number(call.caller);
    let target = target(call);
    let (from, to) = if call.kind == Kind::Outbound {
        (agent(call), outside)
    } else {
        (outside, "5551000".to_owned())
    };
    let (talk, disposition) = match call.kind {
        Kind::Missed => (0, "NO ANSWER"),
        Kind::Answered | Kind::Outbound => (call.talk_ms, "ANSWERED"),
    };
    let seconds =
        |ms: usize| SignedDuration::from_millis(i64::try_from(ms).unwrap_or(0)).as_secs_f64();
    let began = began.strftime("%Y-%m-%d %H:%M:%S%.3f");
    let (length, talk) = (seconds(call.ring_ms + talk), seconds(talk));
    let id = &first.1;
    format!(
        "\"{began}\",\"{from}\",\"{from}\",\"{to}\",\"{}\",\"{}\",\"Dial\",\
         \"PJSIP/{target},20,tT\",\"{length}\",\"{talk}\",\"{disposition}\",\"{id}\",\"{id}\"",
        first.0, second.0,
    )
}
