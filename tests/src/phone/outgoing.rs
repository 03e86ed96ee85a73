//! What a phone sends of its own.

use anyhow::{Result, bail};

use super::caller::Caller;
use super::dialog::{Dialog, Phase};
use super::endpoint::{Endpoint, session, unique};
use super::message::Message;

impl Endpoint {
    /// Calls `number`; the place of the new call.
    pub(super) fn place_call(&self, number: &str, caller: &Caller) -> Result<usize> {
        let mut invite = Message::request("INVITE", &self.uri(number));
        invite.add("Via", &self.via());
        invite.add("Max-Forwards", "70");
        invite.add("From", &format!("{};tag={}", caller.from(), unique()));
        invite.add("To", &format!("<{}>", self.uri(number)));
        invite.add("Call-ID", &unique());
        invite.add("CSeq", "1 INVITE");
        invite.add("Contact", &self.contact());
        if self.is_trunk() {
            invite.add("X-Trunk", "1");
        }
        for (name, value) in caller.headers() {
            invite.add(name, value);
        }
        invite.set_body("application/sdp", session("sendrecv"));
        let mut state = self.state();
        self.send(&invite)?;
        state.dialogs.push(Dialog::sent(invite));
        Ok(state.dialogs.len() - 1)
    }

    /// The next request in `dialog`.
    pub(super) fn in_dialog(&self, dialog: &mut Dialog, method: &str) -> Message {
        dialog.cseq += 1;
        let mut request = Message::request(method, &dialog.target);
        request.add("Via", &self.via());
        request.add("Max-Forwards", "70");
        request.add("From", &dialog.local);
        request.add("To", &dialog.remote);
        request.add("Call-ID", &dialog.call_id);
        request.add("CSeq", &format!("{} {method}", dialog.cseq));
        request.add("Contact", &self.contact());
        if self.is_trunk() {
            request.add("X-Trunk", "1");
        }
        request
    }

    /// Sends a request in the call at `place` and waits for its success.
    pub(super) fn ask(
        &self,
        place: usize,
        method: &str,
        fill: impl FnOnce(&mut Message),
    ) -> Result<()> {
        let number = {
            let mut state = self.state();
            let Some(dialog) = state.dialogs.get_mut(place) else {
                bail!("phone {} has no such call", self.who);
            };
            let mut request = self.in_dialog(dialog, method);
            fill(&mut request);
            self.send(&request)?;
            dialog.cseq
        };
        let status = self.await_that(&format!("an answer to {method}"), |state| {
            state.dialogs.get(place)?.answers.get(&number).copied()
        })?;
        if !(200..300).contains(&status) {
            bail!("phone {}: {method} was refused: {status}", self.who);
        }
        Ok(())
    }

    /// Ends the call at `place` in the way that fits how far it has come.
    pub(super) fn hang_up(&self, place: usize) -> Result<()> {
        let mut state = self.state();
        let Some(dialog) = state.dialogs.get_mut(place) else {
            bail!("phone {} has no such call", self.who);
        };
        match (dialog.phase, dialog.is_outgoing) {
            (Phase::Up, _) => {
                let bye = self.in_dialog(dialog, "BYE");
                self.send(&bye)?;
                dialog.phase = Phase::Ended(200);
            }
            (Phase::Trying | Phase::Ringing, true) => {
                dialog.is_cancelled = true;
                self.send(&cancel(&dialog.invite))?;
            }
            (Phase::Trying | Phase::Ringing, false) => {
                self.answer(dialog, 603);
                dialog.phase = Phase::Ended(603);
            }
            (Phase::Ended(_), _) => {}
        }
        Ok(())
    }
}

/// The CANCEL of a pending INVITE: its own Via, and no tag (RFC 3261, 9.1).
fn cancel(invite: &Message) -> Message {
    let mut cancel = Message::request("CANCEL", invite.uri());
    for name in ["Via", "Max-Forwards", "From", "To", "Call-ID"] {
        cancel.add(name, invite.get(name));
    }
    cancel.add("CSeq", &format!("{} CANCEL", invite.cseq().0));
    if !invite.get("X-Trunk").is_empty() {
        cancel.add("X-Trunk", "1");
    }
    cancel
}
