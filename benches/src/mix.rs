//! The recordings as one endless stream, in which no call comes twice.
//!
//! What an Asterisk sends is mostly noise, so a stream of only the telling events would flatter
//! us. This one is every recording with all classes of events on, an event of each in turn, so that
//! half a hundred calls are alive at any time. One round of it is one buffer; before it is sent
//! again the ids in it are written over.

use crate::ids::{Ids, Met};
use crate::recordings::{self, Recorded};

/// One round of the stream.
#[derive(Debug)]
pub(crate) struct Mix {
    bytes: Vec<u8>,
    ids: Ids,
    events: u64,
}

impl Mix {
    /// Reads the recordings.
    pub(crate) fn recorded() -> anyhow::Result<Self> {
        Self::of(&recordings::noisy()?)
    }

    fn of(recordings: &[Vec<Recorded>]) -> anyhow::Result<Self> {
        let mut mix = Self {
            bytes: Vec::new(),
            ids: Ids::new()?,
            events: 0,
        };
        let mut met: Vec<Met> = vec![Met::new(); recordings.len()];
        let longest = recordings.iter().map(Vec::len).max().unwrap_or_default();
        for place in 0..longest {
            for (recording, met) in recordings.iter().zip(&mut met) {
                if let Some(event) = recording.get(place) {
                    mix.ids
                        .append(&recordings::block(event), &mut mix.bytes, met);
                    mix.events += 1;
                }
            }
        }
        Ok(mix)
    }

    /// How many events one round has.
    pub(crate) fn events(&self) -> u64 {
        self.events
    }

    /// The bytes of round `round`, which no other round shares an id with.
    pub(crate) fn round(&mut self, round: u64) -> &[u8] {
        self.ids.write(&mut self.bytes, round * self.ids.count());
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn event(headers: &[(&str, &str)]) -> Recorded {
        let headers = headers.iter();
        headers
            .map(|(key, value)| ((*key).to_owned(), Value::from(*value)))
            .collect()
    }

    #[test]
    fn a_round_is_the_recording_with_ids_of_its_own() {
        let recording = vec![
            event(&[
                ("Event", "Newchannel"),
                ("Channel", "PJSIP/trunk-00000008"),
                ("Uniqueid", "ast22-1795226278.8"),
            ]),
            event(&[("Event", "Hangup"), ("Uniqueid", "ast22-1795226278.8")]),
        ];
        let mut mix = Mix::of(&[recording]).unwrap();
        assert_eq!(mix.events(), 2);
        let round = |mix: &mut Mix, round| String::from_utf8(mix.round(round).to_vec()).unwrap();
        assert_eq!(
            round(&mut mix, 0),
            "Event: Newchannel\r\nChannel: PJSIP/trunk-00000001\r\n\
             Uniqueid: ast22-0000000000.8\r\n\r\n\
             Event: Hangup\r\nUniqueid: ast22-0000000000.8\r\n\r\n"
        );
        let later = round(&mut mix, 8);
        assert!(later.contains("PJSIP/trunk-00000011\r\n"), "{later}");
        assert_eq!(later.matches("ast22-0000000016.8").count(), 2, "{later}");
    }

    #[test]
    fn the_mix_is_all_that_was_recorded() {
        let mut mix = Mix::recorded().unwrap();
        let (events, length) = (mix.events(), mix.round(0).len());
        assert!(events > 6_000, "{events}");
        let each = u64::try_from(length).unwrap() / events;
        assert!((400..500).contains(&each), "{each} bytes an event");
    }
}
