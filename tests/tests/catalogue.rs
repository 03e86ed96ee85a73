//! A few scenarios of the catalogue of calls, live: those whose parts the others are made of.
//! `cargo xtask e2e calls` plays them all.

use linecard_tests::catalogue::{self, Show};

/// An answer, a ring group, a queue with Local channels, a forwarding phone, a pickup, one by
/// the softphone, a transfer that nobody answers, one after asking and one before the answer, a call
/// parked and retrieved, and a click.
const SHORT: [&str; 11] = [
    "in_answer_caller_hangup",
    "ringgroup_one_answers",
    "queue_local_members_answer",
    "fwd_302",
    "pickup_directed",
    "fetch_queue",
    "xfer_blind_noanswer",
    "xfer_attended_refer",
    "xfer_blonde",
    "park_other_retrieves",
    "dial_answered",
];

#[test]
fn what_people_do_on_a_live_asterisk_is_told_right() {
    let scenarios: Vec<_> = catalogue::all()
        .filter(|scenario| SHORT.contains(&scenario.name))
        .collect();
    assert_eq!(scenarios.len(), SHORT.len());
    let mut problems = Vec::new();
    let show = Show {
        scenarios,
        suite: None,
        stages: 4,
    };
    show.play(|verdict| {
        let name = verdict.name;
        problems.extend(
            verdict
                .played
                .problems
                .iter()
                .map(|it| format!("{name}: {it}")),
        );
    });
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_scenario_says_what_it_expects_under_a_name_of_its_own() {
    let mut names = Vec::new();
    for scenario in catalogue::all() {
        scenario.expected().unwrap();
        assert!(!names.contains(&scenario.name), "{}", scenario.name);
        names.push(scenario.name);
    }
}
