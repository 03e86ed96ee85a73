//! What people do on a live Asterisk is told by its CEL as it is told live.

use linecard_clock::{Clock as _, SystemClock};
use linecard_tests::catalogue::{self, LIVE_TOLERANCE, Stage};
use tokio::runtime::Runtime;

use super::places::told_since;
use crate::office::eventually;

/// What the recordings that hold CEL do not show: pickups, parking, conferences, transfers before
/// the answer, refusals, queues that give up, phones that are not there.
const SHORT: [&str; 10] = [
    "conference_room",
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
