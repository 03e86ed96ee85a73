//! Records what a live Asterisk says over AMI, in the form of the recordings of
//! `connectors/asterisk/tests/recordings`.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::net::TcpStream;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail};
use serde_json::{Map, Value};

use crate::ami::{Ami, Block};
use crate::asterisk::Facts;

/// One event: its headers in order; one that came more than once is a list.
pub type Event = Map<String, Value>;

/// The manager user that may read everything.
const USER: &str = "recorder";

/// Longer than any silence of a scenario: in most of them somebody rings within seconds.
const LONGEST_SILENCE: Duration = Duration::from_mins(2);

/// A connection that notes all that is said until it is told to stop.
#[derive(Debug)]
pub struct Recorder {
    writer: TcpStream,
    notes: Arc<Notes>,
    thread: JoinHandle<Result<()>>,
}

#[derive(Debug, Default)]
struct Notes {
    events: Mutex<Vec<Event>>,
    more: Condvar,
}

impl Notes {
    fn events(&self) -> MutexGuard<'_, Vec<Event>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recorder {
    pub(crate) fn start(facts: &Facts) -> Result<Self> {
        let mut ami = Ami::log_in(facts, USER)?;
        let writer = ami.writer()?;
        let notes = Arc::new(Notes::default());
        let shared = Arc::clone(&notes);
        let thread = thread::spawn(move || {
            loop {
                let block = ami.next_block(LONGEST_SILENCE)?;
                if block.get("Ping") == "Pong" {
                    return Ok(());
                }
                if !block.get("Event").is_empty() {
                    shared.events().push(event(&block));
                    shared.more.notify_all();
                }
            }
        });
        Ok(Self {
            writer,
            notes,
            thread,
        })
    }

    /// Waits until there was a channel and all channels are gone; their ids.
    pub fn await_silence(&self, patience: Duration) -> Result<BTreeSet<String>> {
        let deadline = Instant::now() + patience;
        let mut events = self.notes.events();
        loop {
            let (came, went) = (ids(&events, "Newchannel"), ids(&events, "Hangup"));
            if !came.is_empty() && came.is_subset(&went) {
                return Ok(came);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let alive: Vec<_> = came.difference(&went).collect();
                bail!("after {patience:?} these channels are alive: {alive:?}");
            }
            events = self
                .notes
                .more
                .wait_timeout(events, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    /// Stops, and gives what was said up to now.
    pub fn finish(mut self) -> Result<Vec<Event>> {
        // Asterisk answers in order: what it said before the answer has been read.
        self.writer.write_all(b"Action: Ping\r\n\r\n")?;
        self.thread
            .join()
            .map_err(|_| anyhow!("the recorder panicked"))??;
        Ok(std::mem::take(&mut *self.notes.events()))
    }
}

/// The channels of which `name` was said.
fn ids(events: &[Event], name: &str) -> BTreeSet<String> {
    events
        .iter()
        .filter(|event| event.get("Event").and_then(Value::as_str) == Some(name))
        .filter_map(|event| event.get("Uniqueid")?.as_str())
        .map(str::to_owned)
        .collect()
}

fn event(block: &Block) -> Event {
    let mut event = Event::new();
    for (name, value) in block.headers() {
        let value = Value::from(value.as_str());
        match event.get_mut(name) {
            None => drop(event.insert(name.clone(), value)),
            Some(Value::Array(values)) => values.push(value),
            Some(one) => *one = Value::from(vec![one.take(), value]),
        }
    }
    event
}
