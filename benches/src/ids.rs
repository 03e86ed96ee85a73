//! The ids in a piece of AMI, and others in their place, so that no call comes twice.

use regex::bytes::Regex;

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

/// Digits in the text that differ from round to round.
#[derive(Debug)]
struct Slot {
    at: usize,
    digits: Digits,
    /// Which id it is: equal numbers are equal ids.
    id: u64,
}

/// The ids of one recording met so far, and their numbers.
pub(crate) type Met = Vec<(Vec<u8>, u64)>;

/// Where the ids of a text are.
#[derive(Debug)]
pub(crate) struct Ids {
    patterns: Vec<(Regex, Digits)>,
    slots: Vec<Slot>,
    count: u64,
}

impl Ids {
    /// Knows of none yet.
    pub(crate) fn new() -> anyhow::Result<Self> {
        let compiled = IDS.map(|(pattern, digits)| anyhow::Ok((Regex::new(pattern)?, digits)));
        Ok(Self {
            patterns: compiled.into_iter().collect::<Result<_, _>>()?,
            slots: Vec::new(),
            count: 0,
        })
    }

    /// How many there are.
    pub(crate) fn count(&self) -> u64 {
        self.count
    }

    /// Appends an event's text to `bytes` and notes its ids; `met` are those of its recording.
    pub(crate) fn append(&mut self, text: &str, bytes: &mut Vec<u8>, met: &mut Met) {
        let start = bytes.len();
        let text = text.replace(CHOSEN.0, CHOSEN.1);
        bytes.extend_from_slice(text.as_bytes());
        for (pattern, digits) in &self.patterns {
            for found in pattern.captures_iter(text.as_bytes()) {
                let Some(found) = found.get(1) else { continue };
                let known = met.iter().find(|(id, _)| id == found.as_bytes());
                let id = known.map_or(self.count, |(_, id)| *id);
                if known.is_none() {
                    met.push((found.as_bytes().to_vec(), id));
                    self.count += 1;
                }
                self.slots.push(Slot {
                    at: start + found.start(),
                    digits: *digits,
                    id,
                });
            }
        }
    }

    /// Writes the ids numbered from `first` on into `bytes`.
    pub(crate) fn write(&self, bytes: &mut [u8], first: u64) {
        for slot in &self.slots {
            let (base, width) = match slot.digits {
                Digits::Decimal => (10, 10),
                Digits::Hex => (16, 8),
            };
            write_number(bytes, slot.at, width, base, first + slot.id);
        }
    }
}

/// Writes `number` into the `width` digits at `at`, with zeros before it.
pub(crate) fn write_number(bytes: &mut [u8], at: usize, width: usize, base: u64, number: u64) {
    let mut rest = number;
    let digits = bytes.get_mut(at..at + width);
    for digit in digits.into_iter().flatten().rev() {
        let value = u8::try_from(rest % base).unwrap_or_default();
        *digit = if value < 10 { b'0' } else { b'a' - 10 } + value;
        rest /= base;
    }
}
