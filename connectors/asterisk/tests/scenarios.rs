//! The recorded scenarios (`recordings/README.md`), each on Asterisk 16 and 22.

use linecard_asterisk::replay::{Recording, replay};
use linecard_asterisk::translate::{Translator, pattern};
use linecard_call::{Call, Direction, LegRole};
use linecard_expected::{Expected, TOLERANCE};

/// The manager user of the recordings may read everything; a sparing one reads only these.
const NOISE: [&str; 3] = ["CEL", "VarSet", "Newexten"];

pub(crate) fn recording(version: u8, scenario: &str) -> Recording {
    let path = format!("{}/{version}/{scenario}.json", folder());
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    Recording::read(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(crate) fn calls(recording: &Recording) -> Vec<Call> {
    let own = [pattern(r"PJSIP/1\d\d").unwrap()];
    let trunk = [pattern("PJSIP/trunk").unwrap()];
    replay(recording, &own, &trunk)
}

/// What `scenario` must tell.
fn expected(scenario: &str) -> Expected {
    let path = format!("{}/expected/{scenario}.toml", folder());
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    Expected::read(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_recording_tells_what_is_expected() {
    let mut differences = Vec::new();
    for version in [16, 22] {
        for scenario in all_scenarios() {
            let calls = calls(&recording(version, &scenario));
            let found = expected(&scenario).differences(&calls, TOLERANCE);
            differences.extend(
                found
                    .iter()
                    .map(|it| format!("{scenario} on {version}: {it}")),
            );
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn x12_a_hold_is_told_with_when_it_was() {
    for version in [16, 22] {
        let calls = calls(&recording(version, "hold_unhold"));
        let leg = &calls[0].legs[0];
        let [hold] = leg.holds[..] else {
            panic!("{version}: {:?}", leg.holds);
        };
        let length = hold.until.duration_since(hold.from).as_millis();
        assert_eq!(length, i128::from(leg.hold_ms), "{version}");
        assert!(leg.answered < Some(hold.from), "{version}");
        assert!(Some(hold.until) < leg.talked_until, "{version}");
    }
}

#[test]
fn every_expectation_has_its_recording() {
    let recorded = all_scenarios();
    let mut expected = names("expected", ".toml");
    expected.retain(|name| !recorded.contains(name));
    assert!(expected.is_empty(), "not recorded: {expected:?}");
}

#[test]
fn noise_changes_nothing() {
    for version in [16, 22] {
        for scenario in all_scenarios() {
            let told = calls(&recording(version, &scenario));
            let sparing = recording(version, &scenario).only(|name| !NOISE.contains(&name));
            assert_eq!(calls(&sparing), told, "{scenario} on {version}");
            let barest = recording(version, &scenario).only(Translator::wants);
            assert_eq!(calls(&barest), told, "{scenario} on {version}");
        }
    }
}

#[test]
fn a_call_of_our_own_dialling_leaves_nobody_with_a_missed_call() {
    let calls = calls(&recording(22, "click2dial_agent_no_answer"));
    let roles: Vec<_> = calls
        .iter()
        .flat_map(|call| &call.legs)
        .map(|leg| leg.role)
        .collect();
    assert_eq!(roles, [LegRole::Caller]);
    assert!(
        calls
            .iter()
            .all(|call| call.direction == Direction::Outbound)
    );
}

/// The scenarios that are recorded on Asterisk 22.
pub(crate) fn all_scenarios() -> Vec<String> {
    let names = names("22", ".json");
    assert!(names.len() >= 28);
    names
}

/// The names of the files in a folder of recordings, sorted.
fn names(kind: &str, ending: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(format!("{}/{kind}", folder()))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(ending).map(str::to_owned))
        .collect();
    names.sort();
    names
}

fn folder() -> String {
    format!("{}/tests/recordings", env!("CARGO_MANIFEST_DIR"))
}
