//! What passes between one softphone and the phone system.

use secrecy::SecretString;

use crate::address::Address;
use crate::digest::Answer;
use crate::header::{self, Name};
use crate::message::{Message, Start, Unknown};
use crate::refusal::Refusal;

/// The longest message from a softphone, in bytes: one with the SDP of a machine with many
/// addresses has about six thousand.
pub const LONGEST_UP: usize = 32 * 1024;
/// The longest message from the phone system, in bytes (Asterisk's own limit is below that).
pub const LONGEST_DOWN: usize = 64 * 1024;

/// What a softphone asks within a call; a call itself it never begins.
const WITHIN_A_CALL: [&str; 6] = ["INVITE", "ACK", "BYE", "CANCEL", "UPDATE", "REFER"];

/// Where browsers say that they are (RFC 7118, 5): they have no address of their own.
const NOWHERE: &str = ".invalid";

/// Who calls, as far as SIP tells the browser; the card tells the rest.
const SOMEBODY: &str = "<sip:call@linecard.invalid>";

/// Stands between the softphone of one endpoint and the phone system.
pub struct Guard {
    user: String,
    secret: SecretString,
}

impl Guard {
    /// A guard for the endpoint called `user` (`101-web`), whose password is `secret`.
    #[must_use]
    pub fn new(user: String, secret: SecretString) -> Self {
        Self { user, secret }
    }

    /// What goes to the phone system of a text from the softphone.
    pub fn up(&self, text: &str) -> Result<String, Refusal> {
        if text.len() > LONGEST_UP {
            return Err(Refusal::TooLong);
        }
        if is_keepalive(text) {
            return Ok(text.to_owned());
        }
        let mut message = Message::read(text, Name::up, Unknown::Refuse)?;
        match message.start {
            Start::Request { method, uri } => self.check_request(&mut message, method, uri)?,
            Start::Response { status, .. } => {
                if (300..400).contains(&status) {
                    return Err(Refusal::Redirect);
                }
                let of_requests = [header::AUTHORIZATION, header::REFER_TO, header::REFERRED_BY];
                if of_requests.iter().any(|name| message.get(*name).is_some()) {
                    return Err(Refusal::Header);
                }
            }
        }
        self.check_contact(&message)?;
        check_body(&message)?;
        Ok(message.write())
    }

    /// What goes to the softphone of a text from the phone system.
    pub fn down(text: &str) -> Result<String, Refusal> {
        if text.len() > LONGEST_DOWN {
            return Err(Refusal::TooLong);
        }
        if is_keepalive(text) {
            return Ok(text.to_owned());
        }
        let mut message = Message::read(text, Name::down, Unknown::LeaveOut)?;
        if let Start::Request { .. } = message.start {
            let from = Address::read(message.get(header::FROM).unwrap_or_default())?;
            let anonymous = format!("{SOMEBODY}{}", from.parameters);
            message.set(header::FROM, anonymous);
        }
        Ok(message.write())
    }

    fn check_request(
        &self,
        message: &mut Message<'_>,
        method: &str,
        uri: &str,
    ) -> Result<(), Refusal> {
        let from = Address::read(message.get(header::FROM).unwrap_or_default())?;
        if from.user != self.user {
            return Err(Refusal::Foreign("From"));
        }
        let to = Address::read(message.get(header::TO).unwrap_or_default())?;
        if method != "REGISTER" {
            // The tag proves nothing by itself: a dialog that the phone system does not know, it
            // refuses with 481 (RFC 3261, 12.2.2).
            let is_within = WITHIN_A_CALL.contains(&method) && to.tag().is_some();
            if !is_within {
                return Err(Refusal::Request);
            }
            if message.get(header::AUTHORIZATION).is_some() {
                return Err(Refusal::Header);
            }
            return self.check_transfer(message, method == "REFER");
        }
        let of_transfers = [header::REFER_TO, header::REFERRED_BY];
        if of_transfers.iter().any(|name| message.get(*name).is_some()) {
            return Err(Refusal::Header);
        }
        if to.user != self.user {
            return Err(Refusal::Foreign("To"));
        }
        if let Some(written) = message.get(header::AUTHORIZATION) {
            let answer = Answer {
                user: &self.user,
                secret: &self.secret,
                method,
                uri,
            };
            let answer = answer.instead_of(written)?;
            message.set(header::AUTHORIZATION, answer);
        }
        Ok(())
    }

    /// Of its calls a softphone may join two (RFC 3891, 3515); it may not send one to a number.
    fn check_transfer(&self, message: &Message<'_>, is_refer: bool) -> Result<(), Refusal> {
        let by = message.get(header::REFERRED_BY);
        let Some(to) = message.get(header::REFER_TO) else {
            // Without a target it means nothing, and somebody else could read it otherwise.
            return if is_refer || by.is_some() {
                Err(Refusal::Target)
            } else {
                Ok(())
            };
        };
        if !is_refer {
            return Err(Refusal::Header);
        }
        if let Some(by) = by
            && Address::read(by)?.user != self.user
        {
            return Err(Refusal::Foreign("Referred-By"));
        }
        if is_own_call(to, &self.user) {
            Ok(())
        } else {
            Err(Refusal::Target)
        }
    }

    /// Where calls are sent to: to this very softphone, and nowhere else.
    fn check_contact(&self, message: &Message<'_>) -> Result<(), Refusal> {
        let Some(contact) = message.get(header::CONTACT) else {
            return Ok(());
        };
        let contact = Address::read(contact)?;
        let is_own = contact.user == self.user
            && contact.host.ends_with(NOWHERE)
            && contact.has("transport=ws");
        if is_own {
            Ok(())
        } else {
            Err(Refusal::Foreign("Contact"))
        }
    }
}

/// Whether this names a call that is under way, by its ids, and no number that could be dialled:
/// `<sip:101-web@linecard.invalid?Replaces=ids>`. A phone system that does not know the call has
/// nobody to ring.
fn is_own_call(refer_to: &str, user: &str) -> bool {
    let address = format!("<sip:{user}@linecard.invalid?Replaces=");
    let ids = refer_to
        .strip_prefix(&address)
        .and_then(|rest| rest.strip_suffix('>'));
    // As encodeURIComponent writes them: with no sign that would begin another part.
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.!%*_~'()".contains(&byte);
    ids.is_some_and(|ids| !ids.is_empty() && ids.bytes().all(is_plain))
}

fn check_body(message: &Message<'_>) -> Result<(), Refusal> {
    let is_sdp = message
        .get(header::CONTENT_TYPE)
        .is_some_and(|media| media.eq_ignore_ascii_case("application/sdp"));
    if message.body.is_empty() || is_sdp {
        Ok(())
    } else {
        Err(Refusal::Body)
    }
}

/// RFC 5626, 3.5.1: empty lines, and nothing else.
fn is_keepalive(text: &str) -> bool {
    text.len() <= 4 && text.bytes().all(|byte| matches!(byte, b'\r' | b'\n'))
}

#[cfg(test)]
mod tests;
