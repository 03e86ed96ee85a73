//! What is too old is deleted, and nothing that still waits to be written to a CRM (X17).

use jiff::Timestamp;
use linecard_crm::{EntryKey, LateParts};
use linecard_number::Extension;
use linecard_rules::journal;
use linecard_store::{
    AuditKind, DataKind, Deed, DeliveryState, EntryState, ImportState, NewDelivery, Refusal, Sent,
};

use crate::fixture::{Fixture, on_both_databases};
use crate::raw::Raw;
use crate::samples::{accept, call, entry, job, nobody, webhook};
use crate::sounds::report;

on_both_databases!(
    x17_an_old_call_goes_with_all_that_hangs_on_it,
    x17_an_old_call_stays_while_something_of_it_is_to_be_written,
    x17_what_was_refused_long_ago_is_given_up,
    x17_the_audit_log_forgets_what_is_older,
    x17_messages_to_webhooks_go_unless_they_wait,
    x17_import_reports_go_with_the_rows_that_were_not_taken,
    x17_old_rows_go_some_at_a_time,
);

const DAY: i64 = 86_400;

impl Fixture {
    async fn forgets(&self, kind: DataKind, then: Timestamp) -> u64 {
        let mut unit = self.begin().await;
        let gone = unit.keeping().delete_old(kind, then, 100).await.unwrap();
        unit.commit().await.unwrap();
        gone
    }

    async fn rows(&self, table: &str) -> usize {
        let sql = format!("SELECT 'x' FROM {table}");
        Raw::open(&self.url).await.texts(&sql).await.len()
    }
}

async fn x17_an_old_call_goes_with_all_that_hangs_on_it(fixture: &Fixture) {
    let (system, connection) = (fixture.phone_system().await, fixture.connection().await.id);
    let mut unit = fixture.begin().await;
    for number in [0, 100] {
        let call = call(&format!("call-{number}"), i64::from(number));
        let stored = unit.calls().put(system.id, &call).await.unwrap();
        let agent: Extension = "101".parse().unwrap();
        let key = journal::key(system.id.as_uuid(), &call.id, &agent);
        let mut written = entry(key.as_str(), stored, connection);
        written.state = EntryState::Written;
        assert!(unit.entries().insert(&written).await.unwrap());
        let note = LateParts {
            note: Some("Wants a refund".to_owned()),
            ..LateParts::default()
        };
        let entries = &mut unit.entries();
        entries.put_late(&key, &note, fixture.now()).await.unwrap();
        let sounds = &mut unit.sounds();
        let report = report(1);
        sounds
            .put(system.id, &call.id, &agent, &report)
            .await
            .unwrap();
    }
    unit.commit().await.unwrap();
    assert_eq!(
        fixture.forgets(DataKind::Calls, fixture.later(50)).await,
        1,
        "the older one"
    );
    for table in ["calls", "call_legs", "call_sounds", "entries", "late_parts"] {
        assert_eq!(fixture.rows(table).await, 1, "{table}");
    }
    let held = fixture.read().await.keeping().held(DataKind::Calls).await;
    let held = held.unwrap();
    assert_eq!((held.amount, held.oldest), (1, Some(fixture.later(100))));
}

async fn x17_an_old_call_stays_while_something_of_it_is_to_be_written(fixture: &Fixture) {
    let (system, connection) = (fixture.phone_system().await, fixture.connection().await.id);
    let mut unit = fixture.begin().await;
    // One that waits; one of which a note is still to be brought to the CRM; one with a task.
    accept(&mut unit, &system, connection, 1).await;
    let stored = unit.calls().put(system.id, &call("call-2", 2)).await;
    let mut written = entry("entry-2", stored.unwrap(), connection);
    written.state = EntryState::Written;
    assert!(unit.entries().insert(&written).await.unwrap());
    let mut amend = job(connection, "amend/entry-2", "lane-2");
    "{\"entry\":\"entry-2\"}".clone_into(&mut amend.subject);
    assert!(unit.jobs().enqueue(amend).await.unwrap());
    let stored = unit.calls().put(system.id, &call("call-3", 3)).await;
    let mut task = job(connection, "follow_up/3", "lane-3");
    task.subject = serde_json::json!({ "call": stored.unwrap() }).to_string();
    assert!(unit.jobs().enqueue(task).await.unwrap());
    unit.commit().await.unwrap();
    fixture.advance(1_000 * DAY);
    assert_eq!(fixture.forgets(DataKind::Calls, fixture.now()).await, 0);
    assert_eq!(fixture.rows("calls").await, 3);
    // What they waited for is done.
    let mut raw = Raw::open(&fixture.url).await;
    raw.execute("DELETE FROM jobs").await;
    raw.execute("UPDATE entries SET state = 'written'").await;
    drop(raw);
    assert_eq!(fixture.forgets(DataKind::Calls, fixture.now()).await, 3);
}

async fn x17_what_was_refused_long_ago_is_given_up(fixture: &Fixture) {
    let (system, connection) = (fixture.phone_system().await, fixture.connection().await.id);
    let mut unit = fixture.begin().await;
    accept(&mut unit, &system, connection, 1).await;
    accept(&mut unit, &system, connection, 2).await;
    unit.commit().await.unwrap();
    let mut raw = Raw::open(&fixture.url).await;
    raw.execute(
        "UPDATE jobs SET state = 'parked', job_key = 'log/' || job_key WHERE job_key = 'entry-1'",
    )
    .await;
    raw.execute("UPDATE entries SET state = 'parked' WHERE entry_key = 'entry-1'")
        .await;
    drop(raw);
    fixture.advance(10 * DAY);
    assert_eq!(
        fixture
            .forgets(DataKind::DeadJobs, fixture.later(-11 * DAY))
            .await,
        0
    );
    let gone = fixture.forgets(DataKind::DeadJobs, fixture.now()).await;
    assert_eq!(gone, 1, "what waits is not refused");
    let mut unit = fixture.read().await;
    let given_up = unit.entries().get(&EntryKey::new("entry-1")).await;
    let given_up = given_up.unwrap().unwrap();
    assert_eq!(given_up.state, EntryState::Skipped);
    assert_eq!(given_up.reason.as_deref(), Some("discarded"));
    let waits = unit.entries().get(&EntryKey::new("entry-2")).await;
    assert_eq!(waits.unwrap().unwrap().state, EntryState::Waiting);
}

async fn x17_the_audit_log_forgets_what_is_older(fixture: &Fixture) {
    for subject in ["before", "after"] {
        let mut unit = fixture.begin().await;
        let deed = Deed {
            account: nobody(),
            kind: AuditKind::MailChange,
            subject: subject.to_owned(),
            amount: None,
        };
        unit.audit().done(&deed).await.unwrap();
        unit.commit().await.unwrap();
        fixture.advance(DAY);
    }
    let then = fixture.later(-DAY);
    assert_eq!(fixture.forgets(DataKind::Audit, then).await, 1);
    let left = fixture
        .read()
        .await
        .audit()
        .recent(None, None, 10)
        .await
        .unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].subject.as_deref(), Some("after"));
}

async fn x17_messages_to_webhooks_go_unless_they_wait(fixture: &Fixture) {
    let (choice, secrets) = webhook();
    let mut unit = fixture.begin().await;
    let endpoint = unit.webhooks().create(choice, &secrets).await.unwrap().id;
    let message = |key: &str| NewDelivery {
        endpoint,
        event: "call.ended".to_owned(),
        event_key: key.to_owned(),
        body: "{}".to_owned(),
    };
    let now = fixture.now();
    let all = vec![message("told"), message("waits")];
    assert_eq!(unit.deliveries().enqueue_all(all).await.unwrap(), 2);
    let leased = unit.deliveries().lease(endpoint, now, now, 1).await;
    let sent = Sent {
        at: now,
        status: Some(204),
        words: None,
        took: std::time::Duration::ZERO,
    };
    unit.deliveries()
        .sent(&leased.unwrap()[0], &sent, DeliveryState::Delivered, None)
        .await
        .unwrap();
    unit.commit().await.unwrap();
    fixture.advance(DAY);
    let gone = fixture.forgets(DataKind::WebhookDeliveries, fixture.now());
    assert_eq!(gone.await, 1);
    let mut unit = fixture.read().await;
    let left = unit.deliveries().recent(endpoint, 10).await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].state, DeliveryState::Waiting);
}

async fn x17_import_reports_go_with_the_rows_that_were_not_taken(fixture: &Fixture) {
    let phonebook = fixture.phonebook("Sales").await.id;
    let (ended, running) = (
        fixture.running(phonebook).await,
        fixture.running(phonebook).await,
    );
    let mut unit = fixture.begin().await;
    let refusal = Refusal {
        row: 1,
        line: 2,
        column: None,
        code: "not_a_number".to_owned(),
        detail: "this is not a phone number".to_owned(),
        shown: "Ada;12".to_owned(),
    };
    let imports = &mut unit.imports();
    imports.refuse(ended, &[refusal]).await.unwrap();
    let done = imports.change(ended, &[ImportState::Running], ImportState::Done);
    assert!(done.await.unwrap());
    unit.commit().await.unwrap();
    fixture.advance(DAY);
    let then = fixture.now();
    assert_eq!(fixture.forgets(DataKind::Imports, then).await, 1, "the row");
    assert_eq!(fixture.forgets(DataKind::Imports, then).await, 1);
    assert_eq!(fixture.forgets(DataKind::Imports, then).await, 0);
    let mut unit = fixture.read().await;
    assert!(unit.imports().get(ended).await.unwrap().is_none());
    assert!(unit.imports().get(running).await.unwrap().is_some());
    assert_eq!(fixture.rows("import_refusals").await, 0);
}

async fn x17_old_rows_go_some_at_a_time(fixture: &Fixture) {
    let system = fixture.phone_system().await;
    let mut unit = fixture.begin().await;
    for number in 0..5 {
        let call = call(&format!("call-{number}"), number);
        unit.calls().put(system.id, &call).await.unwrap();
    }
    unit.commit().await.unwrap();
    let then = fixture.later(DAY);
    let mut gone = Vec::new();
    for _ in 0..4 {
        let mut unit = fixture.begin().await;
        let some = unit.keeping().delete_old(DataKind::Calls, then, 2).await;
        gone.push(some.unwrap());
        unit.commit().await.unwrap();
    }
    assert_eq!(gone, [2, 2, 1, 0]);
}
