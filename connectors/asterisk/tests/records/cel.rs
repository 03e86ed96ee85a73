//! CEL tells what AMI tells, but for hold and labels.

use linecard_call::Call;

use super::{
    calls_in, close, csv, events, near, outcomes, recorded_scenarios, rings_several, text,
};
use crate::scenarios::{calls, recording};

/// The columns of `cel_custom.conf` as Asterisk ships it, by the headers of AMI's CEL event.
pub(crate) const COLUMNS: [&str; 20] = [
    "EventName",
    "Timestamp",
    "CallerIDname",
    "CallerIDnum",
    "CallerIDani",
    "CallerIDrdnis",
    "CallerIDdnid",
    "Exten",
    "Context",
    "Channel",
    "Application",
    "AppData",
    "AMAFlags",
    "AccountCode",
    "UniqueID",
    "LinkedID",
    "Peer",
    "Userfield",
    "UserDefType",
    "Extra",
];

/// The lines that `cel_custom` would have written of a scenario.
pub(crate) fn lines(version: u8, scenario: &str) -> Vec<Vec<String>> {
    events(version, scenario, "CEL")
        .iter()
        .map(|event| {
            COLUMNS
                .map(|column| text(event, column).to_owned())
                .to_vec()
        })
        .collect()
}

pub(crate) async fn calls_of(lines: &[Vec<String>]) -> Vec<Call> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Master.csv"), csv(lines)).unwrap();
    calls_in(folder.path(), "cel").await
}

/// In what a call told by the records differs from the live one.
fn differences(scenario: &str, live: &Call, told: &Call, place: &str) -> Vec<String> {
    let describe = |call: &Call| {
        [
            ("id", format!("{}", call.id)),
            ("direction", format!("{:?}", call.direction)),
            ("outcome", format!("{:?}", call.outcome)),
            ("from", format!("{:?}", call.from)),
            ("name", format!("{:?}", call.from_name)),
            ("to", format!("{:?}", call.to)),
            ("did", format!("{:?}", call.did)),
            ("dialled", format!("{:?}", call.dialled)),
            ("queue", format!("{:?}", call.queue)),
            ("estimated", format!("{:?}", call.estimated)),
            ("legs", format!("{:?}", outcomes(call))),
        ]
    };
    let mut wrong: Vec<String> = describe(told)
        .into_iter()
        .zip(describe(live))
        .filter(|((what, _), _)| *what != "to" || !rings_several(scenario))
        .filter(|(told, live)| told != live)
        .map(|((what, told), (_, live))| format!("{place}: {what} is {told}, not {live}"))
        .collect();
    let mut check = |what: String, told: u64, live: u64, tolerance: u64| {
        if !near(told, live, tolerance) {
            wrong.push(format!("{place}: {what} is {told}, not {live}"));
        }
    };
    let length = |call: &Call| {
        let length = call.ended.unwrap().duration_since(call.started);
        u64::try_from(length.as_millis()).unwrap()
    };
    check("length".into(), length(told), length(live), 100);
    check("talk".into(), told.talk_ms, live.talk_ms, 100);
    check("wait".into(), told.wait_ms, live.wait_ms, 100);
    for leg in &live.legs {
        let Some(own) = told.leg(&leg.extension) else {
            continue;
        };
        let of = |what: &str| format!("{what} of {}", leg.extension);
        check(of("talk"), own.talk_ms, leg.talk_ms, 100);
        check(of("ring"), own.ring_ms, leg.ring_ms, 300);
        if own.role != leg.role {
            check(of("role"), 0, 1, 0);
        }
    }
    if !close(told.started, live.started, 100) {
        wrong.push(format!(
            "{place}: started {} not {}",
            told.started, live.started
        ));
    }
    wrong
}

#[tokio::test]
async fn x15_every_recorded_call_is_told_by_cel_as_it_was_told_live() {
    let mut wrong = Vec::new();
    for version in [16, 22] {
        for scenario in recorded_scenarios() {
            let place = format!("{scenario} on {version}");
            let lines = lines(version, &scenario);
            // Not every recorded server wrote such records.
            if lines.is_empty() {
                continue;
            }
            let live = calls(&recording(version, &scenario));
            let told = calls_of(&lines).await;
            if told.len() != live.len() {
                wrong.push(format!("{place}: {} calls", told.len()));
            }
            for (live, told) in live.iter().zip(&told) {
                wrong.extend(differences(&scenario, live, told, &place));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn x15_a_queue_is_told_also_where_cel_does_not_log_applications() {
    let event = COLUMNS.iter().position(|it| *it == "EventName").unwrap();
    for scenario in ["queue_ringall_answer", "queue_local_members_answer"] {
        let mut rows = lines(22, scenario);
        rows.retain(|row| !row[event].starts_with("APP_"));
        let live = &calls(&recording(22, scenario))[0];
        let told = &calls_of(&rows).await[0];
        assert_eq!(told.queue, live.queue, "{scenario}");
        assert_eq!(outcomes(told), outcomes(live), "{scenario}");
        assert!(
            near(told.wait_ms, live.wait_ms, 300),
            "{scenario}: {told:#?}"
        );
    }
}
