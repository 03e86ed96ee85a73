//! What a phone makes of what arrives.

use std::time::Instant;

use super::dialog::{Dialog, Phase};
use super::endpoint::{Endpoint, State, session, unique};
use super::manner::Manner;
use super::message::Message;

impl Endpoint {
    pub(super) fn handle(&self, state: &mut State, message: &Message) {
        let call_id = message.get("Call-ID");
        let place = state
            .dialogs
            .iter()
            .position(|dialog| dialog.call_id == call_id);
        match (message.method(), message.status(), place) {
            (Some("INVITE"), _, None) => self.is_called(state, message),
            (Some(method), _, Some(place)) => {
                if let Some(dialog) = state.dialogs.get_mut(place) {
                    self.request(dialog, method, message);
                }
            }
            (Some("ACK"), _, None) => {}
            (Some(method), _, None) => {
                let status = if method == "OPTIONS" { 200 } else { 481 };
                let to = message.get("To").to_owned();
                self.say(&Message::response(message, status, &to));
            }
            (None, Some(status), Some(place)) => {
                if let Some(dialog) = state.dialogs.get_mut(place) {
                    self.response(dialog, status, message);
                }
            }
            (None, ..) => {}
        }
    }

    /// Loopback does not lose a datagram; what cannot be sent shows as what did not come.
    fn say(&self, message: &Message) {
        let _ = self.send(message);
    }

    /// A new call: says that it rings, and notes what is to happen when.
    fn is_called(&self, state: &mut State, invite: &Message) {
        let mut dialog = Dialog::received(invite.clone(), &unique());
        self.say(&Message::response(invite, 100, invite.get("To")));
        let manner = state.manner.clone();
        let rings_for = manner.rings_for();
        if rings_for.is_none_or(|time| !time.is_zero()) {
            self.answer(&mut dialog, 180);
            dialog.phase = Phase::Ringing;
        }
        let place = state.dialogs.len();
        state.dialogs.push(dialog);
        if let Some(time) = rings_for {
            state.due.push((Instant::now() + time, place, manner));
        }
    }

    /// The end of the ringing of the call at `place`, unless the caller was quicker.
    pub(super) fn settle(&self, state: &mut State, place: usize, manner: &Manner) {
        let Some(dialog) = state.dialogs.get_mut(place) else {
            return;
        };
        if !matches!(dialog.phase, Phase::Trying | Phase::Ringing) {
            return;
        }
        match manner {
            Manner::Rings => {}
            Manner::Answers(_) => self.answer(dialog, 200),
            Manner::Refuses(status, _) => {
                self.answer(dialog, *status);
                dialog.phase = Phase::Ended(*status);
            }
            Manner::Forwards(to, _) => {
                let mut moved = Message::response(&dialog.invite, 302, &dialog.local);
                moved.add("Contact", &format!("<{}>", self.uri(to)));
                self.say(&moved);
                dialog.said = Some(moved);
                dialog.phase = Phase::Ended(302);
            }
        }
    }

    /// Answers the INVITE that began `dialog`.
    pub(super) fn answer(&self, dialog: &mut Dialog, status: u16) {
        let mut answer = Message::response(&dialog.invite, status, &dialog.local);
        answer.add("Contact", &self.contact());
        if status == 200 {
            answer.set_body("application/sdp", session("sendrecv"));
        }
        self.say(&answer);
        dialog.said = Some(answer);
    }

    fn request(&self, dialog: &mut Dialog, method: &str, request: &Message) {
        let mut ok = Message::response(request, 200, &dialog.local);
        match method {
            "ACK" => {
                if matches!(dialog.phase, Phase::Trying | Phase::Ringing) {
                    dialog.phase = Phase::Up;
                }
            }
            "INVITE" if !dialog.is_outgoing && request.cseq() == dialog.invite.cseq() => {
                if let Some(said) = &dialog.said {
                    self.say(said);
                }
            }
            "INVITE" | "UPDATE" => {
                ok.add("Contact", &self.contact());
                if method == "INVITE" || !request.body().is_empty() {
                    ok.set_body("application/sdp", session("sendrecv"));
                }
                self.say(&ok);
            }
            "CANCEL" => {
                self.say(&ok);
                if !dialog.is_over() {
                    self.answer(dialog, 487);
                    dialog.phase = Phase::Ended(487);
                }
            }
            "BYE" => {
                self.say(&ok);
                dialog.phase = Phase::Ended(200);
            }
            "NOTIFY" => {
                self.say(&ok);
                // The transfer went well: the one who transferred leaves (RFC 5589, 6.1).
                // Asterisk waits for that.
                if request.body().starts_with("SIP/2.0 2") && dialog.phase == Phase::Up {
                    let bye = self.in_dialog(dialog, "BYE");
                    self.say(&bye);
                    dialog.phase = Phase::Ended(200);
                }
            }
            "OPTIONS" | "INFO" => self.say(&ok),
            _ => self.say(&Message::response(request, 501, &dialog.local)),
        }
    }

    fn response(&self, dialog: &mut Dialog, status: u16, response: &Message) {
        let (number, method) = response.cseq();
        let is_first = dialog.is_outgoing && number == dialog.invite.cseq().0;
        match (method, status) {
            ("INVITE", 101..200) if is_first => {
                dialog.learn(response);
                if dialog.phase == Phase::Trying {
                    dialog.phase = Phase::Ringing;
                }
            }
            (_, ..200) => {}
            ("INVITE", 200..300) => {
                if is_first {
                    dialog.learn(response);
                }
                self.say(&self.acknowledge(dialog, response, true));
                dialog.answers.insert(number, status);
                if is_first && dialog.is_cancelled {
                    // The answer and the giving up met on the way (RFC 3261, 9.1).
                    let bye = self.in_dialog(dialog, "BYE");
                    self.say(&bye);
                    dialog.phase = Phase::Ended(487);
                } else if is_first && !dialog.is_over() {
                    dialog.phase = Phase::Up;
                }
            }
            ("INVITE", _) => {
                self.say(&self.acknowledge(dialog, response, false));
                dialog.answers.insert(number, status);
                if is_first {
                    dialog.phase = Phase::Ended(status);
                }
            }
            _ => {
                dialog.answers.insert(number, status);
            }
        }
    }

    /// The ACK: in a transaction of its own for a success, else in the INVITE's (17.1.1.3).
    fn acknowledge(&self, dialog: &Dialog, response: &Message, succeeded: bool) -> Message {
        let uri = if succeeded {
            dialog.target.as_str()
        } else {
            dialog.invite.uri()
        };
        let mut ack = Message::request("ACK", uri);
        if succeeded {
            ack.add("Via", &self.via());
        } else {
            ack.add("Via", response.get("Via"));
        }
        ack.add("Max-Forwards", "70");
        ack.add("From", response.get("From"));
        ack.add("To", response.get("To"));
        ack.add("Call-ID", &dialog.call_id);
        ack.add("CSeq", &format!("{} ACK", response.cseq().0));
        if self.is_trunk() {
            ack.add("X-Trunk", "1");
        }
        ack
    }
}
