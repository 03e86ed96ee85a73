//! Dials: who is called, and how it ended.

use linecard_call::{ChannelId, DialResult, Event};

use super::introductions::{DEST, PLAIN};
use super::{Headers, Translator};

impl Translator {
    pub(super) fn dial_begin(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        self.dials.begun();
        let from = self.introduce(message, &PLAIN, say);
        let to = self.introduce(message, &DEST, say)?;
        // A click-to-call's phone enters the dial plan only after it was answered.
        if from
            .as_ref()
            .and_then(|from| self.introductions.get(from))
            .is_some_and(|made| !made.dialled)
        {
            self.present_again(message, &PLAIN, say)?;
        }
        let trunk = self.introductions.get(&to).is_some_and(|made| made.trunk);
        let number = message
            .known("DialString")
            .filter(|_| trunk)
            .and_then(|sent| Some(Box::from(sent_out(&sent)?)));
        say(Event::DialBegin {
            caller: from,
            called: to,
            number,
        });
        Some(())
    }

    pub(super) fn dial_end(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        let forwarded = message.known("Forward").is_some();
        let result = result(&message.known("DialStatus")?, forwarded);
        // It is said on the caller's topic, so that the caller cannot have hung up before.
        let from = self.introduce(message, &PLAIN, say);
        let to = if result == DialResult::Answer {
            // Who picked a call up was never dialled.
            self.introduce(message, &DEST, say)?
        } else {
            ChannelId::new(&message.known(DEST.id)?)
        };
        say(Event::DialEnd {
            caller: from,
            called: to,
            result,
        });
        Some(())
    }
}

fn result(status: &str, forwarded: bool) -> DialResult {
    match status {
        // `GOTO` comes with the place to go on at.
        "ANSWER" | "CONTINUE" => DialResult::Answer,
        goto if goto.starts_with("GOTO") => DialResult::Answer,
        "BUSY" => DialResult::Busy,
        "NOANSWER" => DialResult::NoAnswer,
        "CHANUNAVAIL" | "CONGESTION" => DialResult::Unavailable,
        _ if forwarded => DialResult::Forwarded,
        _ => DialResult::Cancel,
    }
}

/// The digits that went out: `31611111111@trunk`, `PJSIP/31611111111@trunk`,
/// `trunk/sip:31611111111@host`, `trunk/31611111111`.
fn sent_out(dial_string: &str) -> Option<&str> {
    let before = dial_string.split('@').next()?;
    let digits = before.rsplit(['/', ':']).next()?;
    let is_number = |text: &&str| {
        text.bytes().any(|byte| byte.is_ascii_digit())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'*' | b'#'))
    };
    Some(digits).filter(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_sent_out_is_found_in_every_form_of_dial_string() {
        for sent in [
            "31611111111@trunk",
            "PJSIP/31611111111@trunk",
            "trunk/sip:31611111111@host:5060",
            "trunk/31611111111",
        ] {
            assert_eq!(sent_out(sent), Some("31611111111"), "{sent}");
        }
        assert_eq!(sent_out("trunk"), None);
        assert_eq!(sent_out(""), None);
    }
}
