//! The call list.

use linecard_call::{
    Call, CallId, CallState, Direction, Leg, LegOutcome, LegRole, LegState, Outcome, Span,
};
use linecard_crm::{EntryKey, LeftOut, Module, Record, RecordRef, Without};
use linecard_store::{Entry, EntryState, StoredCallId};
use serde_json::json;

use crate::browser::Browser;
use crate::company::Company;
use crate::fake_crm::HOSTILE_NAME;

pub(crate) fn call(number: i64) -> Call {
    let started = jiff::Timestamp::from_second(1_767_254_400 + number).unwrap();
    Call {
        id: CallId::new(format!("fake.{number}")),
        direction: Direction::Inbound,
        state: CallState::Ended,
        outcome: Some(Outcome::Answered),
        from: Some("+14155550134".to_owned()),
        from_name: None,
        to: Some("101".to_owned()),
        did: None,
        trunk: None,
        dialled: None,
        queue: None,
        tags: vec![],
        started,
        answered: Some(started),
        ended: Some(started),
        wait_ms: 4_000,
        talk_ms: 72_000,
        hold_ms: 0,
        estimated: false,
        legs: vec![Leg {
            extension: "101".parse().unwrap(),
            role: LegRole::Agent,
            state: LegState::Gone,
            outcome: Some(LegOutcome::Answered),
            started,
            answered: Some(started),
            talked_until: Some(started),
            ring_ms: 4_000,
            talk_ms: 72_000,
            hold_ms: 0,
            holds: vec![],
            picked_up: false,
            forwarded: false,
        }],
    }
}

/// Three calls, the newest with an entry in the CRM.
async fn three_calls(company: &Company, admin: &Browser) {
    company.link_phones(admin, "fake").await;
    company.connect_crm(admin).await;
    let mut work = company.store().begin().await.unwrap();
    let phone_system = work.phone_systems().list().await.unwrap()[0].id;
    let mut newest = None;
    for number in 1..=3 {
        newest = Some(work.calls().put(phone_system, &call(number)).await.unwrap());
    }
    work.commit().await.unwrap();
    let entry = entry(company, newest.unwrap()).await;
    let mut work = company.store().begin().await.unwrap();
    assert!(work.entries().insert(&entry).await.unwrap());
    work.commit().await.unwrap();
}

/// An entry of 101 about a call, which stands in the CRM.
pub(crate) async fn entry(company: &Company, call: StoredCallId) -> Entry {
    let mut work = company.store().read().await.unwrap();
    let connection = work.connections().list().await.unwrap()[0].id;
    Entry {
        key: EntryKey::new("key-1"),
        call,
        connection,
        extension: "101".parse().unwrap(),
        state: EntryState::Written,
        subject: "Extension Call".to_owned(),
        description: "Call: ...".to_owned(),
        owner: Some("005A".to_owned()),
        who: Some(Record {
            at: RecordRef {
                module: Module::Contact,
                id: "003".to_owned(),
            },
            name: HOSTILE_NAME.to_owned(),
            company: None,
            owner: None,
            number: "+14155550134".to_owned(),
            account: None,
            modified: None,
            last_activity: None,
            page: "https://crm.example/003".parse().unwrap(),
        }),
        crm_id: Some("00T".to_owned()),
        page: Some("https://crm.example/00T".parse().unwrap()),
        reason: None,
        words: None,
        without: vec![Without {
            what: LeftOut::Owner,
            words: "inactive <b>user</b>".to_owned(),
        }],
        updated: jiff::Timestamp::UNIX_EPOCH,
    }
}

#[tokio::test]
async fn a_call_is_listed_with_who_took_it_and_what_was_written_where() {
    let (company, admin) = Company::new().await;
    three_calls(&company, &admin).await;
    let page = admin.get("/api/v1/calls?limit=1").await.is(200).json();
    let call = &page["calls"][0];
    assert_eq!(call["outcome"], "answered");
    assert_eq!(call["talk_ms"], 72_000);
    assert_eq!(call["agent"], "101");
    assert_eq!(call["legs"][0]["name"], "Alice");
    assert_eq!(
        call["entries"],
        json!([{
            "crm": "fake", "extension": "101", "state": "written", "reason": null, "words": null, "advice": null,
            "who_name": HOSTILE_NAME, "page": "https://crm.example/00T",
            "who_page": "https://crm.example/003", "subject": "Extension Call",
            "description": "Call: ...", "key": "key-1", "note": null, "disposition": null,
            "recording": null, "late_written": true,
            "without": [{ "what": "owner", "words": "inactive <b>user</b>" }],
        }])
    );
}

#[tokio::test]
async fn x12_a_leg_says_when_it_held_the_other_party() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    let mut held = call(1);
    let from = held.started;
    let until = from + jiff::SignedDuration::from_secs(12);
    held.legs[0].holds = vec![Span { from, until }];
    let mut work = company.store().begin().await.unwrap();
    let phone_system = work.phone_systems().list().await.unwrap()[0].id;
    work.calls().put(phone_system, &held).await.unwrap();
    work.commit().await.unwrap();
    let page = admin.get("/api/v1/calls?limit=1").await.is(200).json();
    assert_eq!(
        page["calls"][0]["legs"][0]["holds"],
        json!([{ "from": from.to_string(), "until": until.to_string() }])
    );
}

#[tokio::test]
async fn x1_a_note_is_kept_with_its_entry_and_on_its_way_into_the_crm() {
    let (company, admin) = Company::new().await;
    three_calls(&company, &admin).await;
    let note = json!({ "note": "Calls back on Monday", "disposition": "Interested" });
    let late = "/api/v1/entries/key-1/late";
    let kept = admin.put(late, note).await.is(200).json();
    assert_eq!(kept["state"], "written");
    let entry =
        admin.get("/api/v1/calls?limit=1").await.is(200).json()["calls"][0]["entries"][0].clone();
    assert_eq!(entry["note"], "Calls back on Monday");
    assert_eq!(entry["disposition"], "Interested");

    let unknown = "/api/v1/entries/nobody/late";
    let refused = admin.put(unknown, json!({ "note": "x" })).await.is(404);
    assert_eq!(refused.code(), "not_found");
    let long = json!({ "note": "x".repeat(10_001) });
    assert_eq!(admin.put(late, long).await.is(422).fields(), ["/note"]);
}

#[tokio::test]
async fn x6_what_a_crm_refused_is_listed_and_tried_again() {
    let (company, admin) = Company::new().await;
    three_calls(&company, &admin).await;
    let empty = admin.get("/api/v1/outbox?which=parked").await.is(200);
    assert_eq!(empty.json(), json!({ "jobs": [], "next": null }));
    admin.get("/api/v1/outbox?which=everything").await.is(400);
    let gone = "/api/v1/outbox/01900000-0000-7000-8000-000000000009/replay";
    assert_eq!(
        admin.post(gone, json!(null)).await.is(404).code(),
        "not_found"
    );
    let all = admin.post("/api/v1/outbox/replay", json!(null)).await;
    assert_eq!(all.is(200).json(), json!({ "jobs": 0 }));
}

#[tokio::test]
async fn x15_a_call_out_of_the_records_is_marked() {
    let (company, admin) = Company::new().await;
    three_calls(&company, &admin).await;
    let mut work = company.store().begin().await.unwrap();
    let phone_system = work.phone_systems().list().await.unwrap()[0].id;
    let missing = work.calls().put_missing(phone_system, &call(4)).await;
    assert!(missing.unwrap().is_some());
    work.commit().await.unwrap();
    let page = admin.get("/api/v1/calls?limit=2").await.is(200).json();
    let marks: Vec<_> = (0..2).map(|at| &page["calls"][at]["reconciled"]).collect();
    assert_eq!(marks, [true, false]);
}

#[tokio::test]
async fn the_list_is_read_page_by_page_the_newest_first() {
    let (company, admin) = Company::new().await;
    three_calls(&company, &admin).await;
    let first = admin.get("/api/v1/calls?limit=2").await.is(200).json();
    let next = first["next"].as_str().expect("there is more");
    let path = format!("/api/v1/calls?limit=2&before={next}");
    let second = admin.get(&path).await.is(200).json();
    let started: Vec<_> = [&first, &second]
        .into_iter()
        .flat_map(|page| page["calls"].as_array().unwrap())
        .map(|call| call["started"].as_str().unwrap())
        .collect();
    assert_eq!(
        started,
        [
            "2026-01-01T08:00:03Z",
            "2026-01-01T08:00:02Z",
            "2026-01-01T08:00:01Z"
        ]
    );
    assert_eq!(second["next"], json!(null));
}

#[tokio::test]
async fn a_cursor_that_was_not_given_out_is_refused() {
    let (_company, admin) = Company::new().await;
    let refused = admin.get("/api/v1/calls?before=yesterday").await.is(400);
    assert_eq!(refused.code(), "not_a_cursor");
}
