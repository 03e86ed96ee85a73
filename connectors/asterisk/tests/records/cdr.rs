//! CDR tells who talked with whom; what it cannot tell is listed here, scenario by scenario.

use std::collections::HashMap;

use linecard_call::{Call, LegOutcome};

use super::{
    calls_in, close, csv, events, near, outcomes, recorded_scenarios, rings_several, text,
};
use crate::scenarios::{calls, recording};

/// The columns of `cdr_csv`, by the headers of AMI's Cdr event.
const COLUMNS: [&str; 18] = [
    "AccountCode",
    "Source",
    "Destination",
    "DestinationContext",
    "CallerID",
    "Channel",
    "DestinationChannel",
    "LastApplication",
    "LastData",
    "StartTime",
    "AnswerTime",
    "EndTime",
    "Duration",
    "BillableSeconds",
    "Disposition",
    "AMAFlags",
    "UniqueID",
    "UserField",
];

/// Times are whole seconds, and two of them are subtracted.
const TOLERANCE: u64 = 1_500;

/// The lines that `cdr_csv` would have written with `loguniqueid` and `loguserfield`, and with
/// the linkedid that `newcdrcolumns` adds.
pub(crate) fn lines(version: u8, scenario: &str, newer: bool) -> Vec<Vec<String>> {
    // AMI's Cdr has no linkedid: it is the one that the channel had last.
    let linked: HashMap<String, String> = events(version, scenario, "CEL")
        .iter()
        .map(|event| {
            (
                text(event, "UniqueID").to_owned(),
                text(event, "LinkedID").to_owned(),
            )
        })
        .collect();
    events(version, scenario, "Cdr")
        .iter()
        .map(|event| {
            let mut line = COLUMNS
                .map(|column| text(event, column).to_owned())
                .to_vec();
            if newer {
                let linkedid = linked[text(event, "UniqueID")].clone();
                line.extend([String::new(), linkedid, "1".to_owned()]);
            }
            line
        })
        .collect()
}

pub(crate) async fn calls_of(lines: &[Vec<String>]) -> Vec<Call> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Master.csv"), csv(lines)).unwrap();
    calls_in(folder.path(), "cdr").await
}

/// What CDR makes of an extension's part, where that is not the truth.
fn instead(scenario: &str, extension: &str) -> Option<LegOutcome> {
    match (scenario, extension) {
        // Who passed a call on looks like one whose caller hung up.
        (
            "xfer_attended_refer" | "xfer_blind_refer" | "xfer_blind_noanswer" | "xfer_ami_blind",
            "101",
        ) => Some(LegOutcome::Answered),
        // A phone that sent the call on looks like one that rang out.
        ("fwd_302", "102") => Some(LegOutcome::Missed),
        _ => None,
    }
}

/// In which scenarios the caller was up before the agent's phone rang.
fn is_guessed(scenario: &str) -> bool {
    matches!(
        scenario,
        "ivr_then_dial"
            | "queue_local_members_answer"
            | "queue_ringall_answer"
            | "queue_rna_then_answer"
            | "userevent_tag"
            | "xfer_ami_blind"
            | "xfer_blind_refer"
    )
}

fn differences(scenario: &str, live: &Call, told: &Call, place: &str) -> Vec<String> {
    let mut expected = outcomes(live);
    for (extension, outcome) in &mut expected {
        if let Some(instead) = instead(scenario, extension) {
            *outcome = Some(instead);
        }
    }
    let describe = |call: &Call| {
        [
            ("id", format!("{}", call.id)),
            ("direction", format!("{:?}", call.direction)),
            ("outcome", format!("{:?}", call.outcome)),
            ("from", format!("{:?}", call.from)),
            ("to", format!("{:?}", call.to)),
            ("queue", format!("{:?}", call.queue)),
        ]
    };
    let mut wrong: Vec<String> = describe(told)
        .into_iter()
        .zip(describe(live))
        .filter(|((what, _), _)| *what != "to" || !rings_several(scenario))
        .filter(|(told, live)| told != live)
        .map(|((what, told), (_, live))| format!("{place}: {what} is {told}, not {live}"))
        .collect();
    if outcomes(told) != expected {
        wrong.push(format!("{place}: {:?}, not {expected:?}", outcomes(told)));
    }
    if told.estimated != is_guessed(scenario) {
        wrong.push(format!("{place}: estimated: {}", told.estimated));
    }
    if !is_guessed(scenario) && !near(told.talk_ms, live.talk_ms, TOLERANCE) {
        wrong.push(format!(
            "{place}: talk {} not {}",
            told.talk_ms, live.talk_ms
        ));
    }
    if !close(told.started, live.started, 1_000) {
        wrong.push(format!("{place}: {} not {}", told.started, live.started));
    }
    wrong
}

#[tokio::test]
async fn x15_every_recorded_call_is_told_by_cdr_as_far_as_cdr_can() {
    let mut wrong = Vec::new();
    for version in [16, 22] {
        for (scenario, newer) in recorded_scenarios()
            .iter()
            .flat_map(|it| [(it, true), (it, false)])
        {
            let place = format!("{scenario} on {version}, newer columns: {newer}");
            // Not every recorded server wrote such records.
            if events(version, scenario, "CEL").is_empty() {
                continue;
            }
            let live = match scenario.as_str() {
                // The phone was never up: Asterisk writes no CDR of that.
                "click2dial_agent_no_answer" => Vec::new(),
                _ => calls(&recording(version, scenario)),
            };
            let told = calls_of(&lines(version, scenario, newer)).await;
            if told.len() != live.len() {
                wrong.push(format!("{place}: {} calls: {told:#?}", told.len()));
            }
            for (live, told) in live.iter().zip(&told) {
                wrong.extend(differences(scenario, live, told, &place));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// As a real Asterisk 22 writes it now and then: the phone that rang is called answered, with no
/// time, and the lengths of the three lines are cut to seconds from beginnings of their own.
#[tokio::test]
async fn x15_a_phone_whose_call_another_took_has_not_answered_it() {
    let columns = |line: &str| line.split('|').map(str::to_owned).collect::<Vec<_>>();
    let inner = "|31600000001|102|internal|<31600000001>|Local/102@internal-00000001;2";
    let outer = "|31600000001|5551011|from-trunk|<31600000001>|PJSIP/trunk-00000007";
    let lines = [
        format!(
            "{inner}|PJSIP/102-00000008|Dial|PJSIP/102,20|2026-11-21 01:55:00\
             |2026-11-21 01:55:02|2026-11-21 01:55:02|1|0|ANSWERED|DOCUMENTATION|a-11|||a-7|1"
        ),
        format!(
            "{inner}|PJSIP/104-0000000a|Dial|PJSIP/102,20|2026-11-21 01:55:02\
             |2026-11-21 01:55:02|2026-11-21 01:55:03|1|1|ANSWERED|DOCUMENTATION|a-11|||a-7|2"
        ),
        format!(
            "{outer}|Local/102@internal-00000001;1|Dial|Local/102@internal/n,20|2026-11-21 01:55:00\
             |2026-11-21 01:55:02|2026-11-21 01:55:03|2|1|ANSWERED|DOCUMENTATION|a-7|||a-7|3"
        ),
    ];
    let calls = calls_of(&lines.map(|line| columns(&line))).await;
    let [call] = calls.as_slice() else {
        panic!("{calls:#?}");
    };
    assert_eq!(
        outcomes(call),
        [
            ("102", Some(LegOutcome::Elsewhere)),
            ("104", Some(LegOutcome::Answered)),
        ]
    );
    assert_eq!(call.talk_ms, 1_000);
}
