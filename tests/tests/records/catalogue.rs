//! What people do on a live Asterisk is told by its call records as it is told live.

use jiff::SignedDuration;
use linecard_call::{Call, LegOutcome, LegRole, Outcome};
use linecard_clock::{Clock as _, SystemClock};
use linecard_tests::catalogue::{self, LIVE_TOLERANCE, Stage, pause};
use tokio::runtime::Runtime;

use super::places::told_since;
use crate::office::eventually;

/// What the recordings that hold CEL do not show: pickups, by the softphone too, parking,
/// conferences, transfers before the answer, refusals, queues that give up, phones that are not there.
const SHORT: [&str; 14] = [
    "conference_room",
    "fetch_answered",
    "fetch_declined",
    "fetch_local",
    "fetch_queue",
    "followme",
    "in_declined",
    "park_other_retrieves",
    "pickup_directed",
    "pickup_group",
    "queue_timeout",
    "unregistered",
    "xfer_back",
    "xfer_blonde",
];

#[test]
fn x15_what_people_do_on_a_live_asterisk_is_told_by_cel() {
    let runtime = Runtime::new().unwrap();
    let stage = Stage::set(None).unwrap();
    let file = stage.asterisk.facts.directory.join("log/cel-custom");
    let records = [("records", file.to_str().unwrap())];
    let mut problems = Vec::new();
    let mut played = 0;
    for scenario in catalogue::all().filter(|it| SHORT.contains(&it.name)) {
        played += 1;
        let mut expected = scenario.expected().unwrap();
        for call in &mut expected.calls {
            // CEL tells neither.
            call.held = 0.0;
            call.tags.clear();
        }
        let since = SystemClock.now();
        let _live = stage.play(&scenario).unwrap();
        let calls = eventually(scenario.name, || {
            let calls = runtime.block_on(told_since(&records, since)).unwrap();
            (calls.len() >= expected.calls.len()).then_some(calls)
        });
        let found = expected.differences(&calls, LIVE_TOLERANCE);
        problems.extend(found.iter().map(|it| format!("{}: {it}", scenario.name)));
    }
    assert_eq!(played, SHORT.len());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn x15_a_call_that_the_softphone_fetched_is_one_call_of_its_extension_in_cdr() {
    let runtime = Runtime::new().unwrap();
    let stage = Stage::set(None).unwrap();
    let file = stage.asterisk.facts.directory.join("log/cdr-csv");
    let records = [("records", file.to_str().unwrap()), ("records_kind", "cdr")];
    let bob = "102".parse().unwrap();
    for scenario in catalogue::all().filter(|it| it.name.starts_with("fetch_")) {
        let name = scenario.name;
        // CDR tells whole seconds.
        pause(1.0);
        let since = SystemClock.now() - SignedDuration::from_secs(1);
        let _live = stage.play(&scenario).unwrap();
        let told = || runtime.block_on(told_since(&records, since)).unwrap();
        eventually(name, || {
            let talked = |call: &Call| call.legs.iter().any(|leg| leg.talk_ms > 0);
            told().iter().any(talked).then_some(())
        });
        // Asterisk writes the lines of a call one by one.
        pause(0.5);
        let calls = told();
        let [call] = calls.as_slice() else {
            panic!("{name}: {calls:#?}");
        };
        assert_eq!(call.outcome, Some(Outcome::Answered), "{name}");
        assert_eq!(call.from.as_deref(), Some("31600000001"), "{name}");
        let of_bob: Vec<_> = call
            .legs
            .iter()
            .filter(|leg| leg.extension == bob)
            .collect();
        let [leg] = of_bob.as_slice() else {
            panic!("{name}: {call:#?}");
        };
        assert_eq!(leg.role, LegRole::Agent, "{name}");
        assert_eq!(leg.outcome, Some(LegOutcome::Answered), "{name}");
        assert!((500..=2_500).contains(&leg.talk_ms), "{name}: {leg:?}");
    }
}
