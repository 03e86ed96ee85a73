//! A scripted SIP phone: it does by itself what a phone does when it is called, and calls, holds
//! and transfers as the script says. Real SIP over UDP on loopback, without audio.
//!
//! ```no_run
//! # fn main() -> anyhow::Result<()> {
//! # let asterisk = linecard_tests::Asterisk::up()?;
//! use linecard_tests::phone::Caller;
//! let alice = asterisk.phone("101")?;
//! let dave = asterisk.phone("104")?;
//! let outside = asterisk.phone("trunk")?;
//! alice.answers_after(1.0);
//! dave.answers_after(1.0);
//!
//! let caller = Caller::number("31600000001").named("Eve");
//! let call = outside.calls_as(&caller, "5551000")?;
//! call.is_answered()?;
//! let first = alice.incoming()?;
//! first.holds()?;
//! let second = alice.calls("104")?;
//! second.is_answered()?;
//! first.transfers_into(&second)?;
//! first.ends()?;
//! call.hangs_up()?;
//! # Ok(())
//! # }
//! ```
//!
//! `message` reads and writes SIP, `dialog` is one call's state, `endpoint` the socket and its
//! thread, `incoming` and `outgoing` what goes in and out, `call` what a script holds.

mod call;
mod caller;
mod dialog;
mod endpoint;
mod incoming;
mod manner;
mod message;
mod outgoing;

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::Result;

pub use call::Call;
pub use caller::Caller;
use endpoint::Endpoint;
use manner::Manner;

/// The number from which the outside calls unless a script says otherwise.
pub const OUTSIDE: &str = "31600000001";

/// A phone (`101` to `105`, `105b`, `102-web`) or the outside world (`trunk`), on its port until it is
/// dropped. Called, it rings until told otherwise. Times are in seconds.
#[derive(Debug)]
pub struct Phone {
    endpoint: Arc<Endpoint>,
    thread: Option<JoinHandle<()>>,
}

impl Phone {
    /// Takes the port where Asterisk looks for `who`, and sends to Asterisk at `sip_port`.
    pub(crate) fn open(who: &str, own_port: u16, sip_port: u16) -> Result<Self> {
        let endpoint = Endpoint::open(who, own_port, sip_port)?;
        let listener = Arc::clone(&endpoint);
        Ok(Self {
            endpoint,
            thread: Some(thread::spawn(move || listener.listen())),
        })
    }

    /// From now on it rings until the caller gives up, or the script picks up.
    pub fn rings(&self) {
        self.behaves(Manner::Rings);
    }

    /// From now on it rings for `seconds` and answers.
    pub fn answers_after(&self, seconds: f64) {
        self.behaves(Manner::Answers(Duration::from_secs_f64(seconds)));
    }

    /// From now on it is busy (486).
    pub fn is_busy(&self) {
        self.behaves(Manner::Refuses(486, Duration::ZERO));
    }

    /// From now on it rings for `seconds` and declines (603).
    pub fn declines_after(&self, seconds: f64) {
        self.behaves(Manner::Refuses(603, Duration::from_secs_f64(seconds)));
    }

    /// From now on it rings for `seconds` and sends the caller to `number` (302).
    pub fn forwards_after(&self, seconds: f64, number: &str) {
        let after = Duration::from_secs_f64(seconds);
        self.behaves(Manner::Forwards(number.to_owned(), after));
    }

    fn behaves(&self, manner: Manner) {
        self.endpoint.state().manner = manner;
    }

    /// Calls `number`: a desk phone as itself, the outside as [`OUTSIDE`].
    pub fn calls(&self, number: &str) -> Result<Call> {
        let who = if self.endpoint.is_trunk() {
            OUTSIDE
        } else {
            // Both devices of an extension are that extension.
            self.endpoint.who.trim_end_matches('b')
        };
        self.calls_as(&Caller::number(who), number)
    }

    /// Calls `number` from outside as `caller`.
    pub fn calls_as(&self, caller: &Caller, number: &str) -> Result<Call> {
        let place = self.endpoint.place_call(number, caller)?;
        Ok(self.call(place))
    }

    /// The next call that comes in here and that the script has not asked for yet; waits for it.
    pub fn incoming(&self) -> Result<Call> {
        let place = self.endpoint.await_that("a call", |state| {
            let place = state.dialogs.iter().position(|dialog| !dialog.is_taken)?;
            state.dialogs.get_mut(place)?.is_taken = true;
            Some(place)
        })?;
        Ok(self.call(place))
    }

    /// Forgets what happened so far: hangs up what is left and rings when it is called.
    pub fn starts_over(&self) -> Result<()> {
        self.rings();
        let count = self.endpoint.state().dialogs.len();
        for place in 0..count {
            self.call(place).hangs_up()?;
        }
        let mut state = self.endpoint.state();
        for dialog in &mut state.dialogs {
            dialog.is_taken = true;
        }
        Ok(())
    }

    fn call(&self, place: usize) -> Call {
        Call {
            phone: Arc::clone(&self.endpoint),
            place,
        }
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        self.endpoint.end();
        if let Some(thread) = self.thread.take() {
            // It has only ended early by a panic, which it has told already.
            let _ = thread.join();
        }
    }
}
