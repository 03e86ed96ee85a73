//! One call in a script's hands.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::Result;

use super::dialog::Phase;
use super::endpoint::{Endpoint, session};

const BETWEEN_KEYS: Duration = Duration::from_millis(250);

/// One call of a phone, placed or received.
///
/// What must happen is awaited with a generous deadline; an error says what did not come.
#[derive(Debug, Clone)]
pub struct Call {
    pub(super) phone: Arc<Endpoint>,
    pub(super) place: usize,
}

impl Call {
    /// Waits until the called side rings.
    pub fn rings(&self) -> Result<()> {
        self.reaches("ringing", |phase| {
            matches!(phase, Phase::Ringing | Phase::Up | Phase::Ended(_)).then_some(())
        })
    }

    /// Waits until both can talk; an error when the call is refused.
    pub fn is_answered(&self) -> Result<()> {
        let refused = self.reaches("an answer", |phase| match phase {
            Phase::Up => Some(None),
            Phase::Ended(status) => Some(Some(status)),
            Phase::Trying | Phase::Ringing => None,
        })?;
        match refused {
            None => Ok(()),
            Some(status) => anyhow::bail!("phone {}: not answered: {status}", self.phone.who),
        }
    }

    /// Waits for the end, whoever ends it: the SIP status of the refusal, 487 where the caller
    /// gave up, 200 where it had been answered.
    pub fn ends(&self) -> Result<u16> {
        self.reaches("the end", |phase| match phase {
            Phase::Ended(status) => Some(status),
            _ => None,
        })
    }

    /// A header of the INVITE that began the call, such as `From`; empty when there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> String {
        let state = self.phone.state();
        let dialog = state.dialogs.get(self.place);
        dialog.map_or_else(String::new, |dialog| dialog.invite.get(name).to_owned())
    }

    /// Picks up a call that rings here.
    pub fn picks_up(&self) -> Result<()> {
        let mut state = self.phone.state();
        if let Some(dialog) = state.dialogs.get_mut(self.place) {
            self.phone.answer(dialog, 200);
        }
        drop(state);
        self.is_answered()
    }

    /// Ends the call: gives up while it rings at the other side, declines (603) while it rings
    /// here, hangs up once it is answered. Waits until it is over.
    pub fn hangs_up(&self) -> Result<()> {
        self.phone.hang_up(self.place)?;
        self.ends().map(drop)
    }

    /// Puts the other party on hold.
    pub fn holds(&self) -> Result<()> {
        self.offers("sendonly")
    }

    /// Takes the other party back from hold.
    pub fn resumes(&self) -> Result<()> {
        self.offers("sendrecv")
    }

    fn offers(&self, direction: &str) -> Result<()> {
        self.phone.ask(self.place, "INVITE", |invite| {
            invite.set_body("application/sdp", session(direction));
        })
    }

    /// Sends the other party to `number`, whoever answers there (blind transfer), and leaves once
    /// Asterisk has accepted the request.
    pub fn transfers_to(&self, number: &str) -> Result<()> {
        self.sends_to(number)?;
        // Asterisk reports a success only when somebody answers there.
        self.hangs_up()
    }

    /// Sends the other party to `number` and stays on the line.
    pub fn sends_to(&self, number: &str) -> Result<()> {
        self.refers(&format!("<{}>", self.phone.uri(number)))
    }

    /// Joins the other party of this call with that of `other`, a second call of the same phone
    /// (attended transfer; "blonde" while `other` still rings). Asterisk has accepted the
    /// request when this returns.
    pub fn transfers_into(&self, other: &Self) -> Result<()> {
        let state = other.phone.state();
        let target = state
            .dialogs
            .get(other.place)
            .map(super::dialog::Dialog::replacing)
            .unwrap_or_default();
        drop(state);
        self.refers(&target)
    }

    fn refers(&self, target: &str) -> Result<()> {
        let by = self.phone.contact();
        self.phone.ask(self.place, "REFER", |refer| {
            refer.add("Refer-To", target);
            refer.add("Referred-By", &by);
        })
    }

    /// Presses keys at a person's pace, one after the other (DTMF by INFO, RFC 6086).
    pub fn presses(&self, keys: &str) -> Result<()> {
        for key in keys.chars() {
            self.phone.ask(self.place, "INFO", |info| {
                let signal = format!("Signal={key}\r\nDuration=160\r\n");
                info.set_body("application/dtmf-relay", signal);
            })?;
            // Asterisk loses a key while it turns from the call to listening for a number.
            thread::sleep(BETWEEN_KEYS);
        }
        Ok(())
    }

    fn reaches<T>(&self, what: &str, look: impl Fn(Phase) -> Option<T>) -> Result<T> {
        self.phone.await_that(what, |state| {
            let dialog = state.dialogs.get(self.place)?;
            look(dialog.phase)
        })
    }
}
