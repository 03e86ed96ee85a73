//! From one picture of a call to the next: what a person would say has happened.

use linecard_call::{Call, CallState, Leg, LegRole, LegState};
use linecard_number::Extension;

/// One thing that happened in a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The call is there.
    Began,
    /// The caller waits in a queue.
    Waits(String),
    /// An extension's phone rings.
    Rings(Extension),
    /// An extension places the call.
    Dials(Extension),
    /// An extension and the other side talk.
    Talks(Extension),
    /// An extension put the other side on hold.
    Holds(Extension),
    /// An extension is out of the call, which goes on.
    Leaves(Extension),
    /// The call is over.
    Ended,
}

/// What happened between `before`, if the call was known, and `now`.
pub(super) fn between(before: Option<&Call>, now: &Call) -> Vec<Step> {
    let mut steps = Vec::new();
    if before.is_none() {
        steps.push(Step::Began);
    }
    if let Some(queue) = &now.queue
        && before.and_then(|before| before.queue.as_ref()) != Some(queue)
    {
        steps.push(Step::Waits(queue.clone()));
    }
    let over = now.state == CallState::Ended;
    for leg in &now.legs {
        let was = before.and_then(|before| before.leg(&leg.extension));
        // What the end of a call means for each leg stands in the summary.
        if was.map(|was| was.state) != Some(leg.state) && !(over && leg.state == LegState::Gone) {
            steps.push(step(leg));
        }
    }
    if over {
        steps.push(Step::Ended);
    }
    steps
}

fn step(leg: &Leg) -> Step {
    let extension = leg.extension.clone();
    match (leg.state, leg.role) {
        (LegState::Ringing, LegRole::Agent) => Step::Rings(extension),
        (LegState::Ringing, LegRole::Caller) => Step::Dials(extension),
        (LegState::Talking, _) => Step::Talks(extension),
        (LegState::Holding, _) => Step::Holds(extension),
        (LegState::Gone, _) => Step::Leaves(extension),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn call(state: &str, queue: Option<&str>, legs: &[(&str, &str, &str)]) -> Call {
        let legs: Vec<_> = legs
            .iter()
            .map(|(extension, role, state)| {
                json!({
                    "extension": extension, "role": role, "state": state, "outcome": null,
                    "started": "2026-11-21T09:12:03Z", "ring_ms": 0, "talk_ms": 0, "hold_ms": 0
                })
            })
            .collect();
        serde_json::from_value(json!({
            "id": "1.1", "direction": "inbound", "state": state, "outcome": null,
            "from": "14155550134", "from_name": null, "to": null, "did": "5551000",
            "dialled": null, "queue": queue, "tags": [], "started": "2026-11-21T09:12:03Z",
            "answered": null, "ended": null, "wait_ms": 0, "talk_ms": 0, "hold_ms": 0,
            "estimated": false, "legs": legs
        }))
        .unwrap()
    }

    /// The steps from each picture to the next.
    fn story(pictures: &[Call]) -> Vec<Step> {
        let before = std::iter::once(None).chain(pictures.iter().map(Some));
        before
            .zip(pictures)
            .flat_map(|(before, now)| between(before, now))
            .collect()
    }

    fn extension(digits: &str) -> Extension {
        digits.parse().unwrap()
    }

    #[test]
    fn an_answered_call_is_told_from_its_first_ring_to_its_end() {
        let steps = story(&[
            call("ringing", None, &[("101", "agent", "ringing")]),
            call("talking", None, &[("101", "agent", "talking")]),
            call("talking", None, &[("101", "agent", "holding")]),
            call("talking", None, &[("101", "agent", "talking")]),
            call("ended", None, &[("101", "agent", "gone")]),
        ]);
        let alice = extension("101");
        assert_eq!(
            steps,
            [
                Step::Began,
                Step::Rings(alice.clone()),
                Step::Talks(alice.clone()),
                Step::Holds(alice.clone()),
                Step::Talks(alice),
                Step::Ended,
            ]
        );
    }

    #[test]
    fn a_queue_and_a_phone_that_falls_silent_are_told_once() {
        let waiting = call("waiting", Some("support"), &[]);
        let steps = story(&[
            waiting.clone(),
            waiting,
            call("ringing", Some("support"), &[("101", "agent", "ringing")]),
            call("waiting", Some("support"), &[("101", "agent", "gone")]),
        ]);
        assert_eq!(
            steps,
            [
                Step::Began,
                Step::Waits("support".to_owned()),
                Step::Rings(extension("101")),
                Step::Leaves(extension("101")),
            ]
        );
    }

    #[test]
    fn a_call_out_is_told_as_placed_by_its_extension() {
        let steps = story(&[call("ringing", None, &[("102", "caller", "ringing")])]);
        assert_eq!(steps, [Step::Began, Step::Dials(extension("102"))]);
    }
}
