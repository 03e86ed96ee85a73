//! A phone's UDP socket, its thread, and what both it and the script see.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::dialog::Dialog;
use super::manner::Manner;
use super::message::Message;

/// How long a script waits for what must come. Generous: a machine that also compiles is slow.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the thread looks whether it is to end.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// Longer than anything that Asterisk sends.
const LARGEST_DATAGRAM: usize = 65_535;

#[derive(Debug)]
pub(super) struct Endpoint {
    /// Who it is: `101`, `105b`, `102-web`, or `trunk`.
    pub(super) who: String,
    socket: UdpSocket,
    own_port: u16,
    asterisk: SocketAddr,
    state: Mutex<State>,
    changed: Condvar,
    ends: AtomicBool,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) manner: Manner,
    /// All calls of this phone so far; a call keeps its place.
    pub(super) dialogs: Vec<Dialog>,
    /// Which calls to answer, refuse or forward, when and how.
    pub(super) due: Vec<(Instant, usize, Manner)>,
}

impl Endpoint {
    pub(super) fn open(who: &str, own_port: u16, sip_port: u16) -> Result<Arc<Self>> {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, own_port))
            .with_context(|| format!("phone {who} cannot listen at {own_port}"))?;
        let state = State {
            manner: Manner::Rings,
            dialogs: Vec::new(),
            due: Vec::new(),
        };
        Ok(Arc::new(Self {
            who: who.to_owned(),
            own_port: socket.local_addr()?.port(),
            socket,
            asterisk: (Ipv4Addr::LOCALHOST, sip_port).into(),
            state: Mutex::new(state),
            changed: Condvar::new(),
            ends: AtomicBool::new(false),
        }))
    }

    /// Listens, and does in time what the phone is to do, until the phone is put away.
    pub(super) fn listen(&self) {
        let mut datagram = vec![0; LARGEST_DATAGRAM];
        while !self.ends.load(Ordering::Relaxed) {
            let message = self
                .receive(&mut datagram)
                .and_then(|size| datagram.get(..size))
                .and_then(Message::read);
            let mut state = self.state();
            if let Some(message) = message {
                self.handle(&mut state, &message);
            }
            let now = Instant::now();
            let (due, later) = std::mem::take(&mut state.due)
                .into_iter()
                .partition(|(at, ..)| *at <= now);
            state.due = later;
            let due: Vec<_> = due;
            for (_, place, manner) in due {
                self.settle(&mut state, place, &manner);
            }
            drop(state);
            self.changed.notify_all();
        }
    }

    fn receive(&self, datagram: &mut [u8]) -> Option<usize> {
        let now = Instant::now();
        let next = self.state().due.iter().map(|(at, ..)| *at).min();
        let left = next.map_or(LOOK_AGAIN, |at| at.saturating_duration_since(now));
        // A time-out of nothing is an error to the operating system.
        let left = left.clamp(Duration::from_millis(1), LOOK_AGAIN);
        let set = self.socket.set_read_timeout(Some(left));
        set.and_then(|()| self.socket.recv(datagram)).ok()
    }

    pub(super) fn end(&self) {
        self.ends.store(true, Ordering::Relaxed);
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `look` finds something; an error that says `what` did not come.
    pub(super) fn await_that<T>(
        &self,
        what: &str,
        mut look: impl FnMut(&mut State) -> Option<T>,
    ) -> Result<T> {
        let deadline = Instant::now() + PATIENCE;
        let mut state = self.state();
        loop {
            if let Some(found) = look(&mut state) {
                return Ok(found);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let phases: Vec<_> = state.dialogs.iter().map(|dialog| dialog.phase).collect();
                bail!(
                    "phone {}: {what}: not within {} s; its calls are {phases:?}",
                    self.who,
                    PATIENCE.as_secs()
                );
            }
            state = self
                .changed
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    pub(super) fn send(&self, message: &Message) -> io::Result<()> {
        let text = message.write();
        self.socket
            .send_to(text.as_bytes(), self.asterisk)
            .map(drop)
    }

    pub(super) fn is_trunk(&self) -> bool {
        self.who == "trunk"
    }

    /// The address at which Asterisk reaches `number`.
    pub(super) fn uri(&self, number: &str) -> String {
        format!("sip:{number}@{}", self.asterisk)
    }

    /// The value of Contact.
    pub(super) fn contact(&self) -> String {
        format!("<sip:{}@127.0.0.1:{}>", self.who, self.own_port)
    }

    /// The value of a Via with a branch of its own.
    pub(super) fn via(&self) -> String {
        let port = self.own_port;
        format!("SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{}", unique())
    }
}

/// A word that nobody else uses: for branches, tags and Call-IDs.
pub(super) fn unique() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("lc-{}-{count}", std::process::id())
}

/// A session description (RFC 8866) that asks for µ-law at a port where nobody listens:
/// no call needs audio to stay up.
pub(super) fn session(direction: &str) -> String {
    format!(
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
         m=audio 9 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na={direction}\r\n"
    )
}
