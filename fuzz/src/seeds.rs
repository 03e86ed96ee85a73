//! The first inputs of each target, made from the recordings: what real calls look like.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use linecard_asterisk::translate::{Translator, pattern};
use linecard_call::Event;
use serde_json::{Map, Value};

use crate::{session, tracker};

type Recorded = Map<String, Value>;

/// The headers that say anything about a call, without the prefix of a second party.
const TELLING: [&str; 18] = [
    "BridgeTechnology",
    "BridgeUniqueid",
    "CallerIDName",
    "CallerIDNum",
    "Cause",
    "Channel",
    "ChannelState",
    "DestType",
    "DialStatus",
    "DialString",
    "Exten",
    "Forward",
    "Interface",
    "Linkedid",
    "Queue",
    "Result",
    "Tag",
    "Uniqueid",
];

/// Writes the seeds of every target into a folder of its name in `out`. `recordings` holds a
/// folder of JSON files for each version of Asterisk.
pub fn write(recordings: &Path, out: &Path) -> Result<()> {
    for target in ["ami_codec", "ami_session", "replay", "tracker"] {
        let folder = out.join(target);
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    for version in fs::read_dir(recordings).context("there are no recordings")? {
        let version = version?;
        if !version.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(version.path())? {
            let path = file?.path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let text = fs::read_to_string(&path)?;
            let events: Vec<Recorded> = serde_json::from_str(&text)
                .with_context(|| format!("{} is no recording", path.display()))?;
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let name = format!("{}-{stem}", version.file_name().to_string_lossy());
            for (target, seed) in seeds(&events)? {
                fs::write(out.join(target).join(&name), seed)?;
            }
        }
    }
    Ok(())
}

/// The seed of each target out of one recording.
fn seeds(events: &[Recorded]) -> Result<[(&'static str, Vec<u8>); 4]> {
    let events: Vec<Recorded> = events
        .iter()
        .filter(|event| Translator::wants(name(event)))
        .map(spare)
        .collect();
    let blocks: Vec<u8> = events.iter().flat_map(block).collect();
    let greeted = [b"\x10Asterisk Call Manager/11.0.0\r\n".as_slice(), &blocks].concat();
    Ok([
        ("ami_codec", greeted),
        ("ami_session", [&sign_in(), blocks.as_slice()].concat()),
        ("replay", serde_json::to_vec(&events)?),
        ("tracker", tracker::written(&story(&events)?)),
    ])
}

fn name(event: &Recorded) -> &str {
    event
        .get("Event")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The event without the headers that say nothing: a shorter input is tried more often.
fn spare(event: &Recorded) -> Recorded {
    let telling = |key: &str| {
        matches!(key, "Event" | "UserEvent" | "Timestamp")
            || TELLING.iter().any(|header| key.ends_with(header))
    };
    event
        .iter()
        .filter(|(key, _)| telling(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// The event as the bytes that AMI has for it.
fn block(event: &Recorded) -> Vec<u8> {
    let mut text = format!("Event: {}\r\n", name(event));
    for (key, value) in event.iter().filter(|(key, _)| *key != "Event") {
        let values = match value {
            Value::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        for value in values.iter().filter_map(Value::as_str) {
            text.extend([key, ": ", value, "\r\n"]);
        }
    }
    text.push_str("\r\n");
    text.into_bytes()
}

/// What a server says until the session follows events: in pieces of 256 bytes, 9 ms between, the
/// first connection cut in the middle.
fn sign_in() -> Vec<u8> {
    let mut said = b"\x1f\x03\x80".to_vec();
    let (now, at) = (Instant::now(), Timestamp::UNIX_EPOCH);
    let Some(mut session) = session::session(None, now) else {
        return said;
    };
    let mut next = b"Asterisk Call Manager/11.0.0\r\n".to_vec();
    while !next.is_empty() {
        session.receive(now, at, &next);
        said.append(&mut next);
        let sent = session.take_outgoing();
        for action in String::from_utf8_lossy(&sent).split_terminator("\r\n\r\n") {
            next.extend(answer(action).into_bytes());
        }
    }
    said
}

/// The answer of an Asterisk on which nobody calls.
fn answer(action: &str) -> String {
    let header = |key: &str| {
        action
            .lines()
            .find_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
            .unwrap_or_default()
    };
    let id = header("ActionID");
    let success = format!("Response: Success\r\nActionID: {id}\r\n");
    match header("Action") {
        "Challenge" => format!("{success}Challenge: 702219992\r\n\r\n"),
        "Login" => format!("{success}\r\nEvent: FullyBooted\r\nUptime: 5\r\n\r\n"),
        "CoreSettings" => format!("{success}AsteriskVersion: 22.10.1\r\n\r\n"),
        "CoreStatus" => {
            format!("{success}CoreStartupDate: 2026-11-21\r\nCoreStartupTime: 02:06:59\r\n\r\n")
        }
        list => format!(
            "{success}EventList: start\r\n\r\n\
             Event: {list}Complete\r\nActionID: {id}\r\nEventList: Complete\r\n\r\n"
        ),
    }
}

/// What the translator tells of the events.
fn story(events: &[Recorded]) -> Result<Vec<(Timestamp, Event)>> {
    let patterns = |text| Result::<_>::Ok(vec![pattern(text)?]);
    let mut translator =
        Translator::new(patterns(r"PJSIP/1\d\d")?, patterns("PJSIP/trunk")?).with_softphones();
    let mut story = Vec::new();
    for event in events {
        translator.translate(time(event), name(event), event, &mut |at, event| {
            story.push((at, event));
        });
    }
    Ok(story)
}

fn time(event: &Recorded) -> Timestamp {
    let seconds = event
        .get("Timestamp")
        .and_then(Value::as_str)
        .and_then(|text| text.parse().ok());
    SignedDuration::try_from_secs_f64(seconds.unwrap_or_default())
        .ok()
        .and_then(|since| Timestamp::from_duration(since).ok())
        .unwrap_or_default()
}
