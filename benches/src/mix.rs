//! The recordings as one endless stream, in which no call comes twice.
//!
//! What an Asterisk sends is mostly noise, so a stream of only the telling events would flatter
//! us. This one is every recording of the connector's tests, an event of each in turn, so that
//! half a hundred calls are alive at any time. One round of it is one buffer; before it is sent
//! again the ids in it are written over.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use regex::bytes::Regex;
use serde_json::Value;

/// What tells one call from another in AMI: unique ids (with the second of their creation),
/// what makes a channel's name unique, and bridges' ids.
const IDS: [(&str, Digits); 3] = [
    (r"(?:ast\d\d|crm)-(\d{10})\.\d", Digits::Decimal),
    (r"(?:PJSIP|Local)/[\w@-]+?-([0-9a-f]{8})\b", Digits::Hex),
    (
        r"\b([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-",
        Digits::Hex,
    ),
];
/// An id that a recording's click-to-call chose, and one of the usual shape in its place.
const CHOSEN: (&str, &str) = ("crm-c2d-1", "crm-1700000000.1");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Digits {
    Decimal,
    Hex,
}

/// Digits in the buffer that differ from round to round.
#[derive(Debug)]
struct Slot {
    at: usize,
    digits: Digits,
    /// Which id it is: equal numbers are equal ids.
    id: u64,
}

/// One round of the stream.
#[derive(Debug)]
pub(crate) struct Mix {
    bytes: Vec<u8>,
    slots: Vec<Slot>,
    ids: u64,
    events: u64,
}

/// An event as it was recorded: headers in their order.
type Recorded = Vec<(String, Value)>;

impl Mix {
    /// Reads the recordings of the connector's tests.
    pub(crate) fn recorded() -> anyhow::Result<Self> {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../connectors/asterisk/tests/recordings");
        let mut recordings = Vec::new();
        for version in ["16", "22"] {
            for file in files(&folder.join(version))? {
                recordings.push(read(&file)?);
            }
        }
        Self::of(&recordings)
    }

    fn of(recordings: &[Vec<Recorded>]) -> anyhow::Result<Self> {
        let patterns = patterns()?;
        let mut mix = Self {
            bytes: Vec::new(),
            slots: Vec::new(),
            ids: 0,
            events: 0,
        };
        let mut own: Vec<Vec<(Vec<u8>, u64)>> = vec![Vec::new(); recordings.len()];
        let longest = recordings.iter().map(Vec::len).max().unwrap_or_default();
        for place in 0..longest {
            for (recording, own) in recordings.iter().zip(&mut own) {
                if let Some(event) = recording.get(place) {
                    mix.append(event, &patterns, own);
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
        for slot in &self.slots {
            let mut rest = round * self.ids + slot.id;
            let (base, width) = match slot.digits {
                Digits::Decimal => (10, 10),
                Digits::Hex => (16, 8),
            };
            let digits = self.bytes.get_mut(slot.at..slot.at + width);
            for digit in digits.into_iter().flatten().rev() {
                let value = u8::try_from(rest % base).unwrap_or_default();
                *digit = if value < 10 { b'0' } else { b'a' - 10 } + value;
                rest /= base;
            }
        }
        &self.bytes
    }

    /// Writes an event; `own` are the ids of its recording and their numbers.
    fn append(
        &mut self,
        event: &Recorded,
        patterns: &[(Regex, Digits)],
        own: &mut Vec<(Vec<u8>, u64)>,
    ) {
        let start = self.bytes.len();
        let text = block(event).replace(CHOSEN.0, CHOSEN.1);
        self.bytes.extend_from_slice(text.as_bytes());
        self.events += 1;
        for (pattern, digits) in patterns {
            for found in pattern.captures_iter(text.as_bytes()) {
                let Some(found) = found.get(1) else { continue };
                let known = own.iter().find(|(id, _)| id == found.as_bytes());
                let id = known.map_or(self.ids, |(_, id)| *id);
                if known.is_none() {
                    own.push((found.as_bytes().to_vec(), id));
                    self.ids += 1;
                }
                let at = start + found.start();
                self.slots.push(Slot {
                    at,
                    digits: *digits,
                    id,
                });
            }
        }
    }
}

fn patterns() -> anyhow::Result<Vec<(Regex, Digits)>> {
    let compiled = IDS.map(|(pattern, digits)| anyhow::Ok((Regex::new(pattern)?, digits)));
    compiled.into_iter().collect()
}

/// An event as AMI writes it.
fn block(event: &Recorded) -> String {
    let mut block = String::new();
    for (key, value) in event {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        for value in values.iter().filter_map(Value::as_str) {
            block.extend([key, ": ", value, "\r\n"]);
        }
    }
    block.push_str("\r\n");
    block
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> anyhow::Result<Vec<Recorded>> {
    let text = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let events: Vec<InOrder> = serde_json::from_slice(&text)
        .with_context(|| format!("cannot understand {}", file.display()))?;
    let greets = |event: &Recorded| {
        // A connection begins with these; in the midst of one they would say that it is new.
        let name = event.first().and_then(|(_, name)| name.as_str());
        matches!(name, Some("FullyBooted" | "SuccessfulAuth"))
    };
    let events = events.into_iter().map(|event| event.0);
    Ok(events.filter(|event| !greets(event)).collect())
}

/// A JSON object whose entries keep their order.
struct InOrder(Recorded);

impl<'de> serde::Deserialize<'de> for InOrder {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> serde::de::Visitor<'de> for Entries {
            type Value = InOrder;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an event")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<InOrder, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(InOrder(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

#[cfg(test)]
mod tests {
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
