//! An Asterisk on which recorded calls from outside take place, a given number of new ones a
//! second: each at its own pace, so that hundreds are alive at once.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::io::Write as _;
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use crate::company::{CONTACTS, Size};
use crate::phone_system::Client;
use crate::script::{Beat, Script};

/// Calls to come.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    per_second: u32,
    calls: usize,
    /// After so many calls of known people one of an unknown number comes too; 0: never.
    strangers_every: usize,
    /// Whether the callers whose cards are measured are strangers.
    of_strangers: bool,
}

impl Load {
    /// Calls of people whom the CRM knows.
    pub(crate) fn known(per_second: u32, calls: usize) -> Self {
        Self {
            per_second,
            calls,
            strangers_every: 0,
            of_strangers: false,
        }
    }

    /// Calls of people whom no CRM knows, each of another one.
    pub(crate) fn unknown(per_second: u32, calls: usize) -> Self {
        Self {
            of_strangers: true,
            ..Self::known(per_second, calls)
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

/// The first of the strangers who call by themselves: none of those who come in between.
const STRANGERS: usize = 5_000;

/// An Asterisk that one client is joined to.
#[derive(Debug)]
pub(crate) struct Exchange {
    listener: TcpListener,
    stream: Option<Arc<Mutex<TcpStream>>>,
    scripts: Vec<Script>,
    /// How many calls there were.
    performed: usize,
    /// Where it listens on 127.0.0.1.
    pub(crate) port: u16,
}

impl Exchange {
    /// Listens. Its calls come for the agents of a company of that size.
    pub(crate) fn open(size: Size) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        Ok(Self {
            listener,
            stream: None,
            scripts: Script::all(size)?,
            performed: 0,
            port,
        })
    }

    /// Lets the client in, and has it resynced before this returns.
    pub(crate) fn answer(&mut self) -> anyhow::Result<()> {
        let (stream, _) = self.listener.accept()?;
        stream.set_nodelay(true)?;
        let mut client = Client::greet(stream)?;
        ensure!(client.answer_until("QueueStatus")?, "linecard left early");
        let stream = Arc::new(Mutex::new(client.stream()?));
        // Between the loads there are only pings to hear.
        let answers = Arc::clone(&stream);
        thread::spawn(move || client.answer_on(&answers));
        self.stream = Some(stream);
        Ok(())
    }

    /// Ends, as seen by the client.
    pub(crate) fn end(self) -> anyhow::Result<()> {
        let stream = self.stream.context("nobody is joined")?;
        let stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(stream.shutdown(Shutdown::Both)?)
    }

    /// Plays the calls of `load` to their ends, their beginnings evenly spread. Tells when the
    /// first phone of each of the measured calls began to ring.
    pub(crate) fn play(&mut self, load: &Load) -> anyhow::Result<HashMap<String, Instant>> {
        let pause = Duration::from_secs(1) / load.per_second;
        let begun = Instant::now();
        let mut stage = Stage::default();
        let mut rang = HashMap::new();
        for call in 0..load.calls {
            let due = begun + pause * u32::try_from(call)?;
            self.play_until(due, &mut stage, &mut rang)?;
            let caller = if load.of_strangers {
                STRANGERS + call
            } else {
                call % CONTACTS
            };
            stage.begin(due, self.cast(caller, true)?);
            if load.strangers_every > 0 && call % load.strangers_every == 0 {
                stage.begin(due, self.cast(CONTACTS + call, false)?);
            }
        }
        while let Some(due) = stage.next() {
            self.play_until(due, &mut stage, &mut rang)?;
        }
        Ok(rang)
    }

    fn cast(&mut self, caller: usize, is_measured: bool) -> anyhow::Result<Performance> {
        let number = self.performed;
        self.performed += 1;
        let script = number % self.scripts.len();
        let script = self.scripts.get(script).context("no recordings")?;
        let (bytes, id) = script.perform(number, caller)?;
        Ok(Performance {
            bytes,
            beats: script.beats.clone(),
            next: 0,
            sent: 0,
            rings: is_measured.then_some((script.rings, id)),
        })
    }

    /// Sends what is due before `until`, and waits for that.
    fn play_until(
        &mut self,
        until: Instant,
        stage: &mut Stage,
        rang: &mut HashMap<String, Instant>,
    ) -> anyhow::Result<()> {
        let stream = self.stream.as_ref().context("nobody is joined")?;
        while let Some(due) = stage.next().filter(|due| *due <= until) {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            if let Some((id, event)) = stage.play(stream)? {
                rang.insert(id, event);
            }
        }
        thread::sleep(until.saturating_duration_since(Instant::now()));
        Ok(())
    }
}

/// A recorded call under way.
#[derive(Debug)]
struct Performance {
    bytes: Vec<u8>,
    beats: Vec<Beat>,
    next: usize,
    sent: usize,
    /// The event that makes the first phone ring, and the call's id, where that is of interest.
    rings: Option<(usize, String)>,
}

/// All that are under way.
#[derive(Debug, Default)]
struct Stage {
    performances: HashMap<usize, (Instant, Performance)>,
    due: BinaryHeap<Reverse<(Instant, usize)>>,
    count: usize,
}

impl Stage {
    fn begin(&mut self, at: Instant, performance: Performance) {
        self.due.push(Reverse((at, self.count)));
        self.performances.insert(self.count, (at, performance));
        self.count += 1;
    }

    fn next(&self) -> Option<Instant> {
        self.due.peek().map(|Reverse((due, _))| *due)
    }

    /// Sends the next event; tells when, and of which call, if a phone rings by it.
    fn play(&mut self, stream: &Mutex<TcpStream>) -> anyhow::Result<Option<(String, Instant)>> {
        let Some(Reverse((_, number))) = self.due.pop() else {
            return Ok(None);
        };
        let Some((begun, performance)) = self.performances.get_mut(&number) else {
            return Ok(None);
        };
        let Some(beat) = performance.beats.get(performance.next) else {
            return Ok(None);
        };
        let event = performance.bytes.get(performance.sent..beat.end);
        let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
        let at = Instant::now();
        stream.write_all(event.unwrap_or_default())?;
        let rings = performance
            .rings
            .take_if(|(place, _)| *place == performance.next);
        performance.sent = beat.end;
        performance.next += 1;
        match performance.beats.get(performance.next) {
            Some(beat) => self.due.push(Reverse((*begun + beat.after, number))),
            None => drop(self.performances.remove(&number)),
        }
        Ok(rings.map(|(_, id)| (id, at)))
    }
}
