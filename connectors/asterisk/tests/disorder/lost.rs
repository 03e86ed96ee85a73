//! The beginning was not heard.

use super::{follow, gist, recordings, records};

#[test]
fn whatever_was_missed_at_the_beginning_no_agent_has_two_records() {
    for recorded in recordings() {
        let events = recorded.telling();
        let told = follow(events.iter().copied());
        for missed in 0..events.len() {
            let calls = follow(events.iter().copied().skip(missed));
            let place = format!("{} without {missed}: {:#?}", recorded.place, gist(&calls));
            assert!(calls.len() <= told.len(), "{place}");
            for (agent, count) in records(&calls) {
                let before = records(&told).get(&agent).copied().unwrap_or_default();
                assert!(count <= before, "{count} records for {agent}: {place}");
            }
        }
    }
}
