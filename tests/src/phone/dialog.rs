//! One call as a phone sees it: the dialog of RFC 3261, section 12, and how far it has come.

use std::collections::BTreeMap;

use super::message::{self, Message};

/// How far a call has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Sent or received, no more.
    Trying,
    /// The called phone rings.
    Ringing,
    /// Both can talk.
    Up,
    /// Over: with the status of the refusal, or 200 after a BYE.
    Ended(u16),
}

#[derive(Debug)]
pub(super) struct Dialog {
    pub(super) call_id: String,
    /// The address and tag of this phone.
    pub(super) local: String,
    /// The address and, once known, the tag of the other side.
    pub(super) remote: String,
    /// Where the other side takes requests.
    pub(super) target: String,
    /// The number of this phone's latest request.
    pub(super) cseq: u32,
    /// The INVITE that began it, sent or received.
    pub(super) invite: Message,
    /// Whether this phone called.
    pub(super) is_outgoing: bool,
    /// Whether the script has asked for this call already ([`super::Phone::incoming`]).
    pub(super) is_taken: bool,
    pub(super) phase: Phase,
    /// Whether this phone gave up before the answer came.
    pub(super) is_cancelled: bool,
    /// Final answers to this phone's requests in the dialog, by their number.
    pub(super) answers: BTreeMap<u32, u16>,
    /// The latest answer to the other side's INVITE, for when it is sent again.
    pub(super) said: Option<Message>,
}

impl Dialog {
    /// The dialog that a received INVITE begins.
    pub(super) fn received(invite: Message, tag: &str) -> Self {
        Self {
            call_id: invite.get("Call-ID").to_owned(),
            local: format!("{};tag={tag}", invite.get("To")),
            remote: invite.get("From").to_owned(),
            target: message::address(invite.get("Contact")).to_owned(),
            cseq: 0,
            invite,
            is_outgoing: false,
            is_taken: false,
            phase: Phase::Trying,
            is_cancelled: false,
            answers: BTreeMap::new(),
            said: None,
        }
    }

    /// The dialog that an INVITE of this phone's begins.
    pub(super) fn sent(invite: Message) -> Self {
        Self {
            call_id: invite.get("Call-ID").to_owned(),
            local: invite.get("From").to_owned(),
            remote: invite.get("To").to_owned(),
            target: invite.uri().to_owned(),
            cseq: invite.cseq().0,
            invite,
            is_outgoing: true,
            is_taken: true,
            phase: Phase::Trying,
            is_cancelled: false,
            answers: BTreeMap::new(),
            said: None,
        }
    }

    pub(super) fn is_over(&self) -> bool {
        matches!(self.phase, Phase::Ended(_))
    }

    /// Notes what a response to the first INVITE tells of the other side.
    pub(super) fn learn(&mut self, response: &Message) {
        if !message::tag(response.get("To")).is_empty() {
            response.get("To").clone_into(&mut self.remote);
        }
        if !response.get("Contact").is_empty() {
            message::address(response.get("Contact")).clone_into(&mut self.target);
        }
    }

    /// The value of `Refer-To` that puts this call in the place of another (RFC 3891).
    pub(super) fn replacing(&self) -> String {
        format!(
            "<{}?Replaces={}%3Bto-tag%3D{}%3Bfrom-tag%3D{}>",
            message::address(&self.remote),
            self.call_id.replace('@', "%40"),
            message::tag(&self.remote),
            message::tag(&self.local),
        )
    }
}
