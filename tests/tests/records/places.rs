//! What one real Asterisk wrote of two calls, read out of every kind of place.

use std::path::Path;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use linecard_asterisk::AsteriskKind;
use linecard_call::Call;
use linecard_clock::{Clock as _, SystemClock, SystemEntropy};
use linecard_pbx::{Past, PbxKind, PbxSettings, RecordsError};
use linecard_tests::{Asterisk, Role, mariadb_url, postgres_url};

use super::tables::{Kept, Tables};
use crate::office::eventually;

const CALLER: &str = "14155550134";
/// The databases keep the times as a server in this time zone would have written them.
const ZONE: &str = "Asia/Shanghai";

/// An Asterisk that had one call that 101 answered, and one that 102 missed.
fn two_calls(asterisk: &Asterisk) {
    let alice = asterisk.play(&Role::answers("101")).unwrap();
    let outside = Role::calls("trunk", "5551000").number(CALLER).seconds(2.0);
    asterisk.play(&outside).unwrap().finish().unwrap();
    alice.finish().unwrap();
    let bob = asterisk.play(&Role::rings("102")).unwrap();
    let outside = Role::gives_up("trunk", "5551102")
        .number(CALLER)
        .seconds(2.0);
    asterisk.play(&outside).unwrap().finish().unwrap();
    bob.finish().unwrap();
}

/// What a link with these settings tells of the last hour.
async fn told(records: &[(&str, &str)]) -> Result<Vec<Call>, RecordsError> {
    told_since(records, SystemClock.now() - SignedDuration::from_hours(1)).await
}

/// What a link with these settings tells of the time since then.
pub(super) async fn told_since(
    records: &[(&str, &str)],
    since: Timestamp,
) -> Result<Vec<Call>, RecordsError> {
    let usual = [
        ("host", "127.0.0.1"),
        ("username", "linecard"),
        ("secret", "unused"),
        ("own", r"PJSIP/1\d\d"),
        ("trunk", "PJSIP/trunk"),
        ("sip_websocket", "ws://127.0.0.1:8088/ws"),
        ("sip_secret", "unused"),
    ];
    let settings = usual.iter().chain(records);
    let settings = settings.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let kind = AsteriskKind::new(Arc::new(SystemClock), Arc::new(SystemEntropy));
    let link = kind.open(&PbxSettings(settings.collect())).unwrap();
    let past = Past {
        since,
        until: SystemClock.now(),
        zone: TimeZone::UTC,
    };
    link.records(&past).await.map(|recorded| recorded.calls)
}

/// Both calls, whatever the place.
fn are_both(calls: &[Call], place: &str) {
    let short: Vec<_> = calls
        .iter()
        .map(|call| {
            let leg = &call.legs[0];
            let outcome = |it: Option<linecard_call::LegOutcome>| format!("{:?}", it.unwrap());
            (
                call.from.as_deref().unwrap(),
                leg.extension.as_str(),
                outcome(leg.outcome),
                call.talk_ms.div_ceil(1000),
            )
        })
        .collect();
    assert_eq!(short.len(), 2, "{place}: {calls:#?}");
    let (answered, missed) = (&short[0], &short[1]);
    assert_eq!(
        (answered.0, answered.1, &*answered.2),
        (CALLER, "101", "Answered"),
        "{place}"
    );
    assert!((1..=4).contains(&answered.3), "{place}: {answered:?}");
    assert_eq!(
        (missed.0, missed.1, &*missed.2),
        (CALLER, "102", "Missed"),
        "{place}"
    );
    let age = SystemClock.now().duration_since(calls[0].started);
    assert!(age < SignedDuration::from_mins(10), "{place}: {age:#}");
}

fn path(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn x15_the_records_of_a_real_asterisk_are_read_out_of_every_kind_of_place() {
    let asterisk = Asterisk::up().unwrap();
    two_calls(&asterisk);
    let log = asterisk.facts.directory.join("log");
    let master = format!("sqlite://{}", path(&log.join("master.db")));
    let cel_file = path(&log.join("cel-custom/Master.csv"));
    let cdr_file = path(&log.join("cdr-csv"));
    // Asterisk writes beside us: the last line may still be on its way.
    eventually("both calls are written down", || {
        let lines = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
        let ends = lines(&log.join("cel-custom/Master.csv"))
            .matches("\"LINKEDID_END\"")
            .count();
        let rows = lines(&log.join("cdr-csv/Master.csv")).lines().count();
        (ends == 2 && rows == 2).then_some(())
    });

    let kept = Kept::read(&log, ZONE);
    let mut tables = Tables::mariadb(&mariadb_url().unwrap()).await;
    tables.fill(&kept).await;
    let mariadb = tables.reader_url();
    let mut postgres = Tables::postgres(&postgres_url().unwrap()).await;
    postgres.fill(&kept).await;
    let zone = ("records_time_zone", ZONE);
    for (place, address, settings) in [
        ("CEL in a file", &cel_file, vec![]),
        ("CDR in a file", &cdr_file, vec![("records_kind", "cdr")]),
        ("CEL in SQLite", &master, vec![]),
        ("CDR in SQLite", &master, vec![("records_kind", "cdr")]),
        ("CEL in MariaDB", &mariadb, vec![zone]),
        (
            "CDR in MariaDB",
            &mariadb,
            vec![zone, ("records_kind", "cdr")],
        ),
        ("CEL in PostgreSQL", &postgres.reader_url(), vec![zone]),
        (
            "CDR in PostgreSQL",
            &postgres.reader_url(),
            vec![zone, ("records_kind", "cdr")],
        ),
    ] {
        let mut records = settings;
        records.push(("records", address));
        let calls = told(&records)
            .await
            .unwrap_or_else(|error| panic!("{place}: {error}"));
        are_both(&calls, place);
    }

    // FreePBX's tables name no time zone: a wrong one is found out and said.
    let wrong = told(&[("records", &mariadb), ("records_kind", "cdr")]).await;
    let words = wrong.unwrap_err().to_string();
    assert!(
        words.contains("+8.00 hours off when read as UTC"),
        "{words}"
    );
    let missing = told(&[("records", &mariadb), ("records_table", "calls")]).await;
    assert_eq!(missing.unwrap_err().to_string(), "there is no table calls");
    let refused = mariadb.replace("only-reads", "wrong");
    let words = told(&[("records", &refused)])
        .await
        .unwrap_err()
        .to_string();
    assert!(words.contains("Access denied"), "{words}");
    assert!(!words.contains("wrong"), "{words}");
    tables.drop().await;
    postgres.drop().await;
}
