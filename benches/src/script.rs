//! A recorded call from outside, to be replayed any number of times: at its own pace, noise and
//! all, each time with ids, a caller and agents of its own.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use jiff::Timestamp;
use linecard_asterisk::AsteriskSettings;
use linecard_call::{CallState, Change, LegRole, Settings, Tracker};
use linecard_pbx::PbxSettings;
use regex::bytes::Regex;
use serde_json::{Map, Value};

use crate::company::{self, Size};
use crate::ids::{Ids, Met, write_number};
use crate::recordings::{self, Recorded};

/// The recordings in which a caller from outside makes a phone ring, in every way there is.
const SCENARIOS: [&str; 15] = [
    "fwd_302",
    "hold_unhold",
    "in_answer_agent_hangup",
    "in_answer_caller_hangup",
    "in_cancel_while_ringing",
    "ivr_then_dial",
    "multi_device_one_answers",
    "queue_abandon",
    "queue_local_members_answer",
    "queue_ringall_answer",
    "ringgroup_nobody",
    "ringgroup_one_answers",
    "userevent_tag",
    "xfer_attended_refer",
    "xfer_blind_refer",
];

/// The caller of every recording.
const CALLER: &str = "31600000001";
/// Where a recording names one of its extensions, 101 to 105: what stands before, and the last digit.
const RECORDED: &str =
    r"((?:PJSIP|Local)/|Num: |Exten: |Extension: |DialString: |Agent )10([1-5])\b";
/// The same with the company's own; the digits that are written over.
const EXTENSION: &str =
    r"(?:(?:PJSIP|Local)/|Num: |Exten: |Extension: |DialString: |Agent )1(0+)[1-5]\b";

/// One event of a script.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beat {
    /// How long after the call's first event.
    pub(crate) after: Duration,
    /// Where its bytes end.
    pub(crate) end: usize,
}

/// A recorded call.
#[derive(Debug)]
pub(crate) struct Script {
    bytes: Vec<u8>,
    ids: Ids,
    callers: Vec<usize>,
    extensions: Vec<usize>,
    size: Size,
    /// Its events, in their order.
    pub(crate) beats: Vec<Beat>,
    /// The event by which the first phone rings.
    pub(crate) rings: usize,
    /// Where the call's id stands in the bytes.
    id: std::ops::Range<usize>,
}

impl Script {
    /// All of them, in a company of that size.
    pub(crate) fn all(size: Size) -> anyhow::Result<Vec<Self>> {
        let recordings = recordings::of(&SCENARIOS)?;
        recordings
            .iter()
            .map(|events| Self::of(events, size))
            .collect()
    }

    fn of(events: &[Recorded], size: Size) -> anyhow::Result<Self> {
        let caller = Regex::new(CALLER)?;
        let recorded = regex::Regex::new(RECORDED)?;
        let extension = Regex::new(EXTENSION)?;
        let own = format!("${{1}}1{}${{2}}", "0".repeat(size.group_digits()));
        let begun = time(events.first().context("a recording is empty")?)?;
        let (rings, call) = first_ring(events)?;
        let mut script = Self {
            bytes: Vec::new(),
            ids: Ids::new()?,
            callers: Vec::new(),
            extensions: Vec::new(),
            size,
            beats: Vec::new(),
            rings,
            id: 0..0,
        };
        let mut met = Met::new();
        let mut after = Duration::ZERO;
        for event in events {
            let start = script.bytes.len();
            let block = recordings::block(event);
            let block = recorded.replace_all(&block, &own);
            script.ids.append(&block, &mut script.bytes, &mut met);
            let found = caller.find_iter(block.as_bytes());
            script
                .callers
                .extend(found.map(|found| start + found.start()));
            let found = extension.captures_iter(block.as_bytes());
            let found = found.filter_map(|found| found.get(1));
            script
                .extensions
                .extend(found.map(|found| start + found.start()));
            if script.id.is_empty()
                && let Some(at) = block.find(&call)
            {
                script.id = start + at..start + at + call.len();
            }
            // Asterisk's stamps do not strictly rise along the stream.
            let stamp = Duration::try_from(time(event)?.duration_since(begun));
            after = after.max(stamp.unwrap_or_default());
            script.beats.push(Beat {
                after,
                end: script.bytes.len(),
            });
        }
        Ok(script)
    }

    /// The bytes of performance `number`, which no other performance of any script shares an id
    /// with, and the call's id in it.
    pub(crate) fn perform(
        &self,
        number: usize,
        caller: usize,
    ) -> anyhow::Result<(Vec<u8>, String)> {
        /// More than any script has.
        const IDS: usize = 1_000;
        ensure!(
            self.ids.count() < IDS as u64,
            "a recording has too many ids"
        );
        let mut bytes = self.bytes.clone();
        self.ids.write(&mut bytes, u64::try_from(number * IDS)?);
        let caller = company::number(caller);
        for at in &self.callers {
            let digits = bytes.get_mut(*at..at + CALLER.len());
            digits
                .context("a caller is cut off")?
                .copy_from_slice(caller.as_bytes());
        }
        let group = u64::try_from(number % (self.size.agents / 10))?;
        for at in &self.extensions {
            write_number(&mut bytes, *at, self.size.group_digits(), 10, group);
        }
        let id = bytes.get(self.id.clone()).context("a call has no id")?;
        let id = String::from_utf8(id.to_vec())?;
        Ok((bytes, id))
    }
}

fn time(event: &Recorded) -> anyhow::Result<Timestamp> {
    let stamp = event.iter().find(|(key, _)| key == "Timestamp");
    let stamp = stamp.and_then(|(_, value)| value.as_str());
    let stamp = stamp.context("an event without a time")?;
    let micros: String = stamp.split('.').collect();
    Ok(Timestamp::from_microsecond(micros.parse()?)?)
}

/// Which event makes the first phone ring, and the call's id.
fn first_ring(events: &[Recorded]) -> anyhow::Result<(usize, String)> {
    let settings = [
        ("host", "127.0.0.1"),
        ("username", "bench"),
        ("secret", "bench"),
        ("own", r"PJSIP/1\d\d"),
        ("trunk", "PJSIP/trunk"),
    ];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut translator = AsteriskSettings::read(&PbxSettings(settings.into()))?.translator();
    let mut tracker = Tracker::new(Settings::default());
    for (place, event) in events.iter().enumerate() {
        let headers: Map<String, Value> = event.iter().cloned().collect();
        let name = headers.get("Event").and_then(Value::as_str);
        let name = name.unwrap_or_default();
        translator.translate(time(event)?, name, &headers, &mut |at, event| {
            tracker.handle(at, event);
        });
        while let Some(change) = tracker.poll() {
            if let Change::Started(call) | Change::Updated(call) = change
                && call.state == CallState::Ringing
                && call.legs.iter().any(|leg| leg.role == LegRole::Agent)
            {
                return Ok((place, call.id.to_string()));
            }
        }
    }
    anyhow::bail!("no phone rings in a recording");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::company::{LARGE, SMALL};

    #[test]
    fn every_performance_is_a_call_of_its_own() {
        for (size, phone) in [(SMALL, "PJSIP/11"), (LARGE, "PJSIP/101")] {
            let scripts = Script::all(size).unwrap();
            assert!(scripts.len() >= SCENARIOS.len(), "{}", scripts.len());
            for script in &scripts {
                let (one, first) = script.perform(1, 7).unwrap();
                let (two, second) = script.perform(2, 8).unwrap();
                assert_eq!(one.len(), two.len());
                assert_ne!(first, second);
                let text = String::from_utf8_lossy(&one);
                assert!(!text.contains(CALLER), "{text}");
                assert!(text.contains(&company::number(7)) && text.contains(phone));
                assert!(script.rings < script.beats.len());
            }
        }
    }
}
