//! An Asterisk on whose phones a given number of calls a second ring.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use crate::company::{self, CONTACTS};
use crate::phone_system::Client;

/// How many calls ring at once before the first of them is given up, in seconds.
const RINGS: u64 = 1;

/// Calls to come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    name: &'static str,
    per_second: u32,
    calls: usize,
    /// After so many calls of known people one of an unknown number rings too; 0: never.
    strangers_every: usize,
}

impl Load {
    /// Calls of people whom the CRM knows. `name` tells them from other loads'.
    pub(crate) fn known(name: &'static str, per_second: u32, calls: usize) -> Self {
        Self {
            name,
            per_second,
            calls,
            strangers_every: 0,
        }
    }

    /// With a call of an unknown number after every `every` of them.
    pub(crate) fn with_strangers(self, every: usize) -> Self {
        Self {
            strangers_every: every,
            ..self
        }
    }
}

/// An Asterisk that one client is joined to.
#[derive(Debug)]
pub(crate) struct Exchange {
    listener: TcpListener,
    stream: Option<TcpStream>,
    /// Where it listens on 127.0.0.1.
    pub(crate) port: u16,
}

impl Exchange {
    /// Listens.
    pub(crate) fn open() -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        Ok(Self {
            listener,
            stream: None,
            port,
        })
    }

    /// Lets the client in, and has it resynced before this returns.
    pub(crate) fn answer(&mut self) -> anyhow::Result<()> {
        let (stream, _) = self.listener.accept()?;
        stream.set_nodelay(true)?;
        let mut client = Client::greet(stream)?;
        ensure!(client.answer_until("QueueStatus")?, "linecard left early");
        let stream = client.into_stream();
        // Pings are not answered: a ringing phone is sign of life enough.
        let mut actions = stream.try_clone()?;
        thread::spawn(move || {
            let mut unread = [0; 4_096];
            while actions.read(&mut unread).is_ok_and(|length| length > 0) {}
        });
        self.stream = Some(stream);
        Ok(())
    }

    /// Lets the calls of `load` ring, evenly spread, each for a second. Tells when each of the
    /// known people's began to ring.
    pub(crate) fn ring(&mut self, load: &Load) -> anyhow::Result<HashMap<String, Instant>> {
        let stream = self.stream.as_mut().context("nobody is joined")?;
        let pause = Duration::from_secs(1) / load.per_second;
        let ringing = usize::try_from(u64::from(load.per_second) * RINGS)?;
        let begun = Instant::now();
        let mut rang = HashMap::new();
        for call in 0..load.calls + ringing {
            let due = begun + pause * u32::try_from(call)?;
            thread::sleep(due.saturating_duration_since(Instant::now()));
            if let Some(over) = call.checked_sub(ringing) {
                stream.write_all(given_up(&id(load.name, over)).as_bytes())?;
            }
            if call >= load.calls {
                continue;
            }
            if load.strangers_every > 0 && call % load.strangers_every == 0 {
                let number = company::number(CONTACTS + call);
                let stranger = id("stranger", call);
                stream.write_all(rings(&stranger, &number, call).as_bytes())?;
                stream.write_all(given_up(&stranger).as_bytes())?;
            }
            let id = id(load.name, call);
            let events = rings(&id, &company::number(call % CONTACTS), call);
            rang.insert(id, Instant::now());
            stream.write_all(events.as_bytes())?;
        }
        Ok(rang)
    }
}

fn id(load: &str, call: usize) -> String {
    format!("{load}-{call}.1")
}

/// A call from outside rings the phone of agent `agent`.
fn rings(id: &str, number: &str, agent: usize) -> String {
    let phone = format!("PJSIP/{}-0000000a", 101 + agent % company::AGENTS);
    let mut events = String::new();
    let line = snapshot("", "PJSIP/trunk-0000000a", id, id, number, "4");
    let own = snapshot("", &phone, &format!("{id}-phone"), id, "", "0");
    let dest = snapshot("Dest", &phone, &format!("{id}-phone"), id, "", "0");
    let rung = own.replace("ChannelState: 0", "ChannelState: 5");
    for (event, headers) in [
        ("Newchannel", line.as_str()),
        ("Newchannel", &own),
        ("DialBegin", &format!("{line}{dest}")),
        ("Newstate", &rung),
    ] {
        // Writing to a text cannot fail.
        let _ = write!(
            events,
            "Event: {event}\r\nPrivilege: call,all\r\n{headers}\r\n"
        );
    }
    events
}

/// The caller hangs up.
fn given_up(id: &str) -> String {
    let hangup = |id: &str| {
        let channel = snapshot("", "PJSIP/x-0000000a", id, id, "", "0");
        format!("Event: Hangup\r\nPrivilege: call,all\r\n{channel}Cause: 0\r\n\r\n")
    };
    hangup(&format!("{id}-phone")) + &hangup(id)
}

fn snapshot(
    prefix: &str,
    channel: &str,
    id: &str,
    call: &str,
    number: &str,
    state: &str,
) -> String {
    let headers = [
        ("Channel", channel),
        ("ChannelState", state),
        ("ChannelStateDesc", "Down"),
        ("CallerIDNum", number),
        ("CallerIDName", "<unknown>"),
        ("ConnectedLineNum", "<unknown>"),
        ("ConnectedLineName", "<unknown>"),
        ("Language", "en"),
        ("AccountCode", ""),
        ("Context", "from-trunk"),
        ("Exten", "5551000"),
        ("Priority", "1"),
        ("Uniqueid", id),
        ("Linkedid", call),
    ];
    let lines = headers.map(|(key, value)| format!("{prefix}{key}: {value}\r\n"));
    lines.concat()
}
