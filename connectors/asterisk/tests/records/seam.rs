//! Where the records begin and end: calls that are not whole, long pasts, records that are not
//! there.

use std::collections::BTreeSet;

use linecard_call::{Call, Outcome};
use linecard_pbx::{Recorded, RecordsError};

use super::cel::{COLUMNS, lines};
use super::{cdr, csv, past};

const SCENARIO: &str = "in_answer_caller_hangup";
/// When the scenario's last event was, 01:58:01, and some time later.
const SOON: &str = "2026-11-21T01:59:00Z";
const LATER: &str = "2026-11-21T02:10:00Z";
const BEFORE: &str = "2026-11-21T01:00:00Z";

async fn read(
    lines: &[Vec<String>],
    settings: &[(&str, &str)],
    since: &str,
    until: &str,
) -> Result<Recorded, RecordsError> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("Master.csv"), csv(lines)).unwrap();
    let mut all = vec![("records", folder.path().to_str().unwrap())];
    all.extend(settings);
    past(&all, since, until).await
}

async fn cel(lines: &[Vec<String>], since: &str, until: &str) -> Vec<Call> {
    read(lines, &[], since, until).await.unwrap().calls
}

fn column(name: &str) -> usize {
    COLUMNS.iter().position(|column| *column == name).unwrap()
}

/// The scenario until 101 had answered: nobody wrote the end.
fn without_end() -> Vec<Vec<String>> {
    let mut lines = lines(22, SCENARIO);
    let event = column("EventName");
    let end = lines.iter().position(|line| line[event] == "BRIDGE_EXIT");
    lines.truncate(end.unwrap());
    lines
}

#[tokio::test]
async fn x15_a_call_whose_end_may_still_be_written_is_left_out() {
    assert_eq!(cel(&without_end(), BEFORE, SOON).await, []);
}

#[tokio::test]
async fn x15_a_call_whose_end_was_never_written_ends_with_the_last_thing_heard_of_it() {
    let calls = cel(&without_end(), BEFORE, LATER).await;
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].outcome, Some(Outcome::Answered));
    assert!(calls[0].estimated);
    let length = calls[0].ended.unwrap().duration_since(calls[0].started);
    assert!((1..=2).contains(&length.as_secs()), "{length:#}");
}

#[tokio::test]
async fn x15_a_call_that_began_before_the_rows_is_left_out() {
    let lines = lines(22, SCENARIO);
    assert_eq!(cel(&lines[1..], BEFORE, LATER).await, []);
    // Its beginning is there, but before the time that is asked for.
    assert_eq!(cel(&lines, "2026-11-21T01:57:59Z", LATER).await, []);
}

#[tokio::test]
async fn x15_a_long_past_is_read_in_parts_and_every_call_is_told_once() {
    let one = lines(22, SCENARIO);
    let calls = 60_000 / one.len();
    let [time, id, linked] = ["Timestamp", "UniqueID", "LinkedID"].map(column);
    let mut all = Vec::new();
    for call in 0..calls {
        all.extend(one.iter().map(|line| {
            let mut line = line.clone();
            let (seconds, decimals) = line[time].split_once('.').unwrap();
            let later = seconds.parse::<u64>().unwrap() + 10 * u64::try_from(call).unwrap();
            line[time] = format!("{later}.{decimals}");
            for id in [id, linked] {
                line[id] = format!("{}-{call}", line[id]);
            }
            line
        }));
    }
    let told = in_parts(&all, &[], "2026-11-25T00:00:00Z").await;
    assert_eq!(told_once(&told), calls);
}

/// A call detail record is written when its call ends, with the time when it began.
#[tokio::test]
async fn x15_a_long_call_among_thousands_of_short_ones_is_not_left_out_between_two_parts() {
    let calls = 52_000;
    let length = |call| if call % 100 == 0 { 300 } else { 2 };
    let rows = (0..calls).map(|call| CallDetail {
        call,
        begins: call / 100,
        length: length(call),
    });
    let told = details_in_parts(rows.collect()).await;
    assert_eq!(told_once(&told), usize::try_from(calls).unwrap());
}

#[tokio::test]
async fn x15_a_call_of_two_rows_is_whole_although_a_part_ends_between_them() {
    let calls = 51_000;
    let first = (0..calls).map(|call| CallDetail {
        call,
        begins: call / 100,
        length: 2,
    });
    let passed_on = |call| call % 500 == 0;
    let second = (0..calls).filter(|call| passed_on(*call));
    let second = second.map(|call| CallDetail {
        call,
        begins: call / 100 + 60,
        length: 30,
    });
    let mut told = details_in_parts(first.chain(second).collect()).await;
    // The second row alone is told once more; the call is known by then.
    let mut known = BTreeSet::new();
    told.retain(|call| known.insert(call.id.clone()));
    assert_eq!(told.len(), usize::try_from(calls).unwrap());
    let whole = |call: &&Call| call.ended.unwrap().duration_since(call.started).as_secs() == 90;
    let of_two = told.iter().filter(whole).count();
    assert_eq!(
        of_two,
        usize::try_from(calls / 500).unwrap(),
        "a call lost its second row"
    );
}

/// One row of a caller's: when it begins and how long it is, in seconds.
struct CallDetail {
    call: u32,
    begins: u32,
    length: u32,
}

/// The calls of these rows, which stand in the order in which they end.
async fn details_in_parts(mut rows: Vec<CallDetail>) -> Vec<Call> {
    rows.sort_by_key(|row| row.begins + row.length);
    let start: jiff::Timestamp = BEFORE.parse().unwrap();
    let lines: Vec<Vec<String>> = rows
        .into_iter()
        .map(|row| {
            let CallDetail { call, begins, .. } = row;
            let began = start + jiff::SignedDuration::from_secs(i64::from(begins));
            let (time, length) = (began.to_string(), row.length.to_string());
            let id = format!("0.{call}");
            let (from, to) = (
                format!("PJSIP/trunk-{call:08x}"),
                format!("PJSIP/101-{call:04x}{begins:04x}"),
            );
            let line = [
                &time,
                "14155550123",
                "101",
                &from,
                &to,
                &length,
                &length,
                "ANSWERED",
                &id,
                &id,
            ];
            line.map(str::to_owned).to_vec()
        })
        .collect();
    let columns =
        "calldate,src,dst,channel,dstchannel,duration,billsec,disposition,uniqueid,linkedid";
    let settings = [("records_kind", "cdr"), ("records_columns", columns)];
    in_parts(&lines, &settings, "2026-11-21T02:00:00Z").await
}

/// How many calls were told, each of them once.
fn told_once(told: &[Call]) -> usize {
    let ids: BTreeSet<_> = told.iter().map(|call| &call.id).collect();
    assert_eq!(told.len(), ids.len(), "a call was told twice");
    ids.len()
}

/// The calls, part by part until `until`.
async fn in_parts(lines: &[Vec<String>], settings: &[(&str, &str)], until: &str) -> Vec<Call> {
    let (mut since, mut told, mut parts) = (BEFORE.to_owned(), Vec::new(), 0);
    while since != until {
        let recorded = read(lines, settings, &since, until).await.unwrap();
        told.extend(recorded.calls);
        since = recorded.until.to_string();
        parts += 1;
        assert!(parts < 10, "it comes to no end");
    }
    assert!(parts > 1);
    told
}

#[tokio::test]
async fn x15_a_time_zone_that_cannot_be_right_is_said() {
    let lines = cdr::lines(22, SCENARIO, true);
    let settings = [
        ("records_kind", "cdr"),
        ("records_time_zone", "America/New_York"),
    ];
    let error = read(&lines, &settings, BEFORE, LATER).await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("+5.00 hours off when read as America/New_York"),
        "{error}"
    );
}

#[tokio::test]
async fn x15_what_is_not_there_is_said_and_what_is_not_written_yet_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let empty = past(&[("records", &place("Master.csv"))], BEFORE, LATER).await;
    assert_eq!(empty.unwrap().calls, []);
    let lost = past(
        &[("records", &place("cel-custom/Master.csv"))],
        BEFORE,
        LATER,
    )
    .await;
    let words = lost.unwrap_err().to_string();
    assert!(
        words.contains("cel-custom/Master.csv: No such file"),
        "{words}"
    );
    assert_eq!(past(&[], BEFORE, LATER).await, Err(RecordsError::NotSetUp));
    // Without `loguniqueid` nobody can tell which call a row is of.
    let short: Vec<Vec<String>> = cdr::lines(22, SCENARIO, false)
        .iter()
        .map(|line| line[..16].to_vec())
        .collect();
    let error = read(&short, &[("records_kind", "cdr")], BEFORE, LATER).await;
    let words = error.unwrap_err().to_string();
    assert_eq!(
        words.rsplit(": ").next().unwrap(),
        "there is no column uniqueid"
    );
}
