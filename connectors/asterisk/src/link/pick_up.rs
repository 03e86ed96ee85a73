//! Fetching a call that rings at an extension's desk phone to its softphone.
//!
//! Asterisk rings the softphone, which picks up by itself, and then takes the call from the phone
//! that rings (`PickupChan`). That asks for no pickup group and for nothing in the dial plan.

use std::fmt::Display;

use linecard_call::CallId;
use linecard_number::Extension;
use linecard_pbx::PickUpFailure;

use super::command::{Asks, part, rings};
use super::dial::{answers_by_itself, failure, ring};
use crate::ami::{Action, Block};
use crate::picks;
use crate::session::{Order, Purpose, Reached};
use crate::settings::AsteriskSettings;

/// By what a call is fetched.
pub(super) struct Fetching<Id> {
    /// `PJSIP/101-web`.
    pub(super) softphone: String,
    /// Never used before.
    pub(super) id: Id,
}

/// Fetches `call`, which rings at a phone of `extension`.
pub(super) async fn pick_up(
    asks: &Asks,
    settings: &AsteriskSettings,
    call: &CallId,
    extension: &Extension,
    by: Fetching<impl Display>,
) -> Result<(), PickUpFailure> {
    let part = part(asks, settings, call, extension).await;
    let part = part.map_err(|error| failure("write = call", error))?;
    let (from, counted) = match rung(&part, &by.softphone) {
        Rung::Phone { id, call } => (id, call),
        Rung::Fetched => return Ok(()),
        Rung::Nobody => return Err(PickUpFailure::Gone),
    };
    let channel = picks::channel(by.id, &counted);
    let ring_for = settings.dialling.ring;
    let action = Action::new("Originate")
        .header("Channel", &by.softphone)
        .header("Application", "PickupChan")
        .header("Data", &from)
        .header("Async", "true")
        .header("Timeout", &ring_for.as_millis().to_string())
        .header("ChannelId", &channel);
    let order = Order {
        action: answers_by_itself(action, call),
        channel,
        ring: ring_for,
        purpose: Purpose::Fetch,
    };
    match ring(asks, order).await? {
        Reached::Fetched => Ok(()),
        Reached::TooLate | Reached::Answered => Err(PickUpFailure::Gone),
    }
}

/// What of an extension rings in a call.
#[derive(Debug, PartialEq, Eq)]
enum Rung {
    /// The phone whose channel has this id, in what Asterisk counts as this call.
    Phone { id: String, call: String },
    /// The softphone is on its way to the call already: somebody clicked twice.
    Fetched,
    /// Nothing.
    Nobody,
}

/// Which of the extension's channels the call is taken from: the desk phone's; else the softphone's
/// own, which rings at a socket that is gone.
fn rung(part: &[Block], softphone: &str) -> Rung {
    let value = |channel: &Block, key| channel.get(key).unwrap_or_default().into_owned();
    let (mut desk, mut own) = (None, None);
    for channel in part {
        let id = value(channel, "Uniqueid");
        if picks::fetches(&id).is_some() {
            return Rung::Fetched;
        }
        if id.is_empty() || !rings(channel) {
            continue;
        }
        let call = value(channel, "Linkedid");
        let name = value(channel, "Channel");
        let is_own = name.rsplit_once('-').is_some_and(|it| it.0 == softphone);
        let phone = Rung::Phone { id, call };
        let place = if is_own { &mut own } else { &mut desk };
        place.get_or_insert(phone);
    }
    desk.or(own).unwrap_or(Rung::Nobody)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ami::Message;

    const SOFTPHONE: &str = "PJSIP/101-web";
    const DESK: (&str, &str, &str) = ("PJSIP/101-00000009", "1.9", "5");
    const OWN: (&str, &str, &str) = ("PJSIP/101-web-0000000a", "1.10", "5");

    fn blocks(channels: &[(&str, &str, &str)]) -> Vec<Block> {
        let block = |(name, id, state): &(&str, &str, &str)| {
            let text = format!(
                "Event: Status\r\nChannel: {name}\r\nUniqueid: {id}\r\nLinkedid: 1.8\r\n\
                 ChannelState: {state}"
            );
            Block::from(Message::new(text.as_bytes()))
        };
        channels.iter().map(block).collect()
    }

    fn taken_from(id: &str) -> Rung {
        Rung::Phone {
            id: id.to_owned(),
            call: "1.8".to_owned(),
        }
    }

    #[test]
    fn x5_the_call_is_taken_from_the_desk_phone_before_the_softphone_that_was_cut_off() {
        let rung = |channels: &[_]| rung(&blocks(channels), SOFTPHONE);
        assert_eq!(rung(&[OWN, DESK]), taken_from("1.9"));
        assert_eq!(rung(&[DESK]), taken_from("1.9"));
        assert_eq!(rung(&[OWN]), taken_from("1.10"));
    }

    #[test]
    fn x5_of_a_phone_that_talks_nothing_is_taken() {
        let talks = ("PJSIP/101-00000009", "1.9", "6");
        assert_eq!(rung(&blocks(&[talks]), SOFTPHONE), Rung::Nobody);
        assert_eq!(rung(&[], SOFTPHONE), Rung::Nobody);
    }

    #[test]
    fn x5_a_second_click_does_not_ring_the_softphone_twice() {
        let id = picks::channel("0190b6a5-0000-7000-8000-000000000001", "1.8");
        let fetches = ("PJSIP/101-web-0000000b", id.as_str(), "5");
        assert_eq!(rung(&blocks(&[DESK, fetches]), SOFTPHONE), Rung::Fetched);
    }
}
