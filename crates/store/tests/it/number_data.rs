//! Everything about one number is found, and after it is erased no table holds it (X17).

use jiff::SignedDuration;
use linecard_book::{Number, Slot};
use linecard_crm::{EntryKey, LateParts, Module, NewRecord};
use linecard_number::{Extension, Phone, Plan, Reading};
use linecard_rules::journal;
use linecard_store::{
    AuditKind, ConnectionId, ContactDetails, Deed, EntryState, ImportId, NewAuditEntry,
    NewCreation, NewDelivery, NumberPlace, Sought, Trace,
};

use crate::fixture::{Fixture, on_both_databases};
use crate::raw::Raw;
use crate::samples::{call, entry, extension, job, nobody, webhook};

on_both_databases!(
    x17_everything_about_a_number_is_found,
    x17_after_erasing_no_table_holds_the_number,
    x17_what_is_about_others_stays_without_the_number,
    x17_a_setting_that_names_the_number_stays,
);

/// The number that is erased, as it is kept, and the digits that are looked for afterwards.
const MAYA: &str = "+14155550134";
const DIGITS: &str = "4155550134";
const ADA: &str = "+14155550199";

fn plan() -> Plan {
    Plan::of("US".parse().unwrap())
}

fn phone(number: &str) -> Phone {
    match plan().read(number) {
        Reading::Phone(phone) => phone,
        other => panic!("{number} is read as {other:?}"),
    }
}

fn contact(name: &str, numbers: &[(Slot, &str)]) -> ContactDetails {
    let number = |(slot, written): &(Slot, &str)| Number {
        slot: *slot,
        written: (*written).to_owned(),
        e164: Some(phone(written).e164),
    };
    ContactDetails {
        name: name.to_owned(),
        numbers: numbers.iter().map(number).collect(),
        ..ContactDetails::default()
    }
}

impl Fixture {
    /// Maya called, and her number stands wherever one can; Ada called, too.
    async fn maya_was_here(&self) {
        let (system, connection) = (self.phone_system().await, self.connection().await.id);
        let now = self.now();
        let mut unit = self.begin().await;
        for (id, from, words) in [
            ("maya", "(415) 555-0134", "Maya called from (415) 555-0134"),
            ("ada", ADA, "Ada called for 001 415 555 0134"),
        ] {
            let mut with = call(id, 0);
            with.from = Some(from.to_owned());
            with.from_name = Some(format!("{id} 415.555.0134"));
            let stored = unit.calls().put(system.id, &with).await.unwrap();
            let agent: Extension = "101".parse().unwrap();
            let key = journal::key(system.id.as_uuid(), &with.id, &agent);
            let mut written = entry(key.as_str(), stored, connection);
            written.description = words.to_owned();
            written.words = Some("no record with 4155550134".into());
            assert!(unit.entries().insert(&written).await.unwrap());
            let parts = LateParts {
                note: Some("call back: 415/555/0134".to_owned()),
                recording: "https://rec.example/4155550134-1.wav".parse().ok(),
                ..LateParts::default()
            };
            unit.entries().put_late(&key, &parts, now).await.unwrap();
            let lane = format!("{connection}/{}", phone(from).e164);
            let mut new = job(connection, &format!("log/{key}"), &lane);
            new.subject = serde_json::json!({ "entry": key }).to_string();
            assert!(unit.jobs().enqueue(new).await.unwrap());
        }
        let book = unit.phonebooks().create("Friends").await.unwrap().unwrap();
        for friend in [
            contact("Maya", &[(Slot::Mobile, "415-555-0134")]),
            contact(
                "Ada, assistant of 4155550134",
                &[(Slot::Mobile, ADA), (Slot::Home, "(415) 555-0134")],
            ),
        ] {
            unit.contacts().add(book.id, &friend).await.unwrap();
        }
        let new = NewCreation {
            connection,
            new: NewRecord {
                key: EntryKey::new("create-maya"),
                module: Module::Lead,
                first_name: "Automatic New Contact".to_owned(),
                last_name: "-14155550134".to_owned(),
                company: "[not provided]".to_owned(),
                phone: phone(MAYA),
                owner: None,
            },
            agent: extension("101"),
            account: None,
        };
        unit.creations()
            .begin(&new, SignedDuration::from_secs(90))
            .await
            .unwrap();
        let (choice, secrets) = webhook();
        let endpoint = unit.webhooks().create(choice, &secrets).await.unwrap().id;
        let message = NewDelivery {
            endpoint,
            event: "call.ended".to_owned(),
            event_key: "maya".to_owned(),
            body: format!("{{\"from\":\"{MAYA}\"}}"),
        };
        unit.deliveries().enqueue_all(vec![message]).await.unwrap();
        let dial = NewAuditEntry {
            account: nobody(),
            kind: AuditKind::Dial,
            phone_system: None,
            call: None,
            extension: None,
            number: Some(MAYA.to_owned()),
        };
        unit.audit().begin(&dial).await.unwrap();
        let change = Deed {
            account: nobody(),
            kind: AuditKind::ContactChange,
            subject: "Maya 415 555 0134".to_owned(),
            amount: None,
        };
        unit.audit().done(&change).await.unwrap();
        unit.commit().await.unwrap();
        let import = self.running(book.id).await;
        self.texts_name_maya(connection, import).await;
    }

    /// Her number stands in texts that others wrote.
    async fn texts_name_maya(&self, connection: ConnectionId, import: ImportId) {
        let mut raw = Raw::open(&self.url).await;
        let module = |module: &str, problem: &str| {
            format!(
                "INSERT INTO sync_modules (connection, module, done, complete, requests, problem) \
                 VALUES ('{connection}', '{module}', 0, 0, 0, '{problem}')"
            )
        };
        for sql in [
            "UPDATE jobs SET last_error = 'no user called +1 415 555 0134'".to_owned(),
            format!("UPDATE imports SET words = '{DIGITS}', file_name = '{DIGITS}.csv'"),
            format!(
                "INSERT INTO import_refusals (import, file_row, file_line, code, detail, shown) \
                 VALUES ('{import}', 1, 1, 'x', 'no name', 'Maya;{DIGITS}')"
            ),
            format!(
                "INSERT INTO sync_skipped (connection, module, crm_id, name, reason, page, at) \
                 VALUES ('{connection}', 'contact', '1', 'Maya {DIGITS}', 'x', 'x', 0)"
            ),
            format!(
                "INSERT INTO alerts (alert_key, kind, name, page, words, since, raised, mailed) \
                 VALUES ('k', 'backlog', 'Salesforce', '/', 'not {DIGITS}', 0, 0, 0)"
            ),
            "UPDATE connections SET problem = \
             '{\"what\":\"permission\",\"words\":\"no call to 415 555 0134\"}', \
             probe = '{\"words\":\"(415) 555-0134\"}'"
                .to_owned(),
            module("contact", "not read: (415) 555-0134"),
            module("lead", "no lead has 415-555-0134"),
            format!(
                "INSERT INTO sync_leases (connection, holder, lease_until, next_look, problem) \
                 VALUES ('{connection}', 'n', 0, 0, 'stopped at {DIGITS}')"
            ),
            format!(
                "INSERT INTO follow_ups (entry_key, call, connection, owner, state, who, subject, \
                 description, due) SELECT 't-' || call_id, id, '{connection}', 'o', 'waiting', \
                 '{{}}', 'Call back {DIGITS}', 'Missed', '2026-03-02' FROM calls"
            ),
        ] {
            raw.execute(&sql).await;
        }
    }

    async fn traces(&self) -> Vec<Trace> {
        let (phone, plan) = (phone(MAYA), plan());
        let sought = Sought {
            phone: &phone,
            plan: &plan,
        };
        self.read().await.number_data().find(sought).await.unwrap()
    }

    async fn erase_maya(&self) {
        let found = self.traces().await;
        let mut unit = self.begin().await;
        unit.number_data()
            .erase(&phone(MAYA), &found)
            .await
            .unwrap();
        unit.commit().await.unwrap();
    }

    /// The columns of all tables in which the digits stand, whatever stands between them.
    async fn columns_with_the_digits(&self) -> Vec<String> {
        let mut raw = Raw::open(&self.url).await;
        let columns = match &raw {
            Raw::Sqlite(_) => {
                "SELECT tables.name || '.' || columns.name \
                 FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns \
                 WHERE tables.type = 'table' AND columns.type = 'TEXT' \
                 AND tables.name NOT LIKE '\\_sqlx%' ESCAPE '\\' ORDER BY 1"
            }
            Raw::Postgres(_) => {
                "SELECT table_name || '.' || column_name FROM information_schema.columns \
                 WHERE table_schema = 'public' AND data_type = 'text' \
                 AND table_name NOT LIKE '\\_sqlx%' ORDER BY 1"
            }
        };
        let columns = raw.texts(columns).await;
        assert!(columns.len() > 100, "the schema was not read");
        let mut holding = Vec::new();
        for column in columns {
            let (table, name) = column.split_once('.').unwrap();
            let sql = format!("SELECT \"{name}\" FROM \"{table}\" WHERE \"{name}\" IS NOT NULL");
            let texts = raw.texts(&sql).await;
            let digits =
                |text: &String| -> String { text.chars().filter(char::is_ascii_digit).collect() };
            if texts.iter().any(|text| digits(text).contains(DIGITS)) {
                holding.push(column);
            }
        }
        holding
    }
}

fn places(found: &[Trace]) -> Vec<(NumberPlace, usize)> {
    let mut places: Vec<(NumberPlace, usize)> = Vec::new();
    for trace in found {
        match places.last_mut() {
            Some((place, amount)) if *place == trace.place => *amount += 1,
            _ => places.push((trace.place, 1)),
        }
    }
    places
}

async fn x17_everything_about_a_number_is_found(fixture: &Fixture) {
    fixture.maya_was_here().await;
    let found = fixture.traces().await;
    assert_eq!(
        places(&found),
        [
            (NumberPlace::Jobs, 2),
            (NumberPlace::Calls, 2),
            (NumberPlace::Entries, 2),
            (NumberPlace::Notes, 2),
            (NumberPlace::Tasks, 2),
            (NumberPlace::Created, 1),
            (NumberPlace::Contacts, 2),
            (NumberPlace::Skipped, 1),
            (NumberPlace::Imports, 1),
            (NumberPlace::Webhooks, 1),
            (NumberPlace::Audit, 2),
            // One is of the connection: what its CRM said, at four places.
            (NumberPlace::Alerts, 2),
        ]
    );
    let whole = found.iter().filter(|trace| trace.goes);
    let calls: Vec<_> = whole
        .filter(|trace| trace.place == NumberPlace::Calls)
        .map(|trace| trace.texts["call_id"].as_str())
        .collect();
    assert_eq!(calls, ["maya"], "Ada's call is not about Maya");
}

async fn x17_after_erasing_no_table_holds_the_number(fixture: &Fixture) {
    fixture.maya_was_here().await;
    let before = fixture.columns_with_the_digits().await;
    assert!(before.len() > 20, "{before:?}");
    fixture.erase_maya().await;
    assert_eq!(fixture.columns_with_the_digits().await, [""; 0]);
    assert_eq!(fixture.traces().await, []);
}

async fn x17_what_is_about_others_stays_without_the_number(fixture: &Fixture) {
    fixture.maya_was_here().await;
    fixture.erase_maya().await;
    let mut unit = fixture.read().await;
    let calls = unit.calls().recent(None, 10).await.unwrap();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].call.from.as_deref(), Some(ADA));
    assert_eq!(
        calls[0].call.from_name.as_deref(),
        Some("ada •••.•••.••••"),
        "the rest of a text stays"
    );
    let entries = unit.entries().of_calls(&[calls[0].id]).await.unwrap();
    assert_eq!(entries[0].state, EntryState::Waiting);
    assert_eq!(entries[0].description, "Ada called for 001 ••• ••• ••••");
    let late = unit.entries().late(&entries[0].key).await.unwrap();
    assert_eq!(late.parts.note.as_deref(), Some("call back: •••/•••/••••"));
    let jobs = unit.jobs().counts(entries[0].connection).await.unwrap();
    assert_eq!(jobs.waiting, 1, "Ada's call is still to be written");
    let book = unit.phonebooks().list().await.unwrap()[0].id;
    let search = linecard_store::ContactSearch::new("", None);
    let contacts = unit.contacts().find(book, &search, None, 10).await.unwrap();
    assert_eq!(contacts.len(), 1);
    assert_eq!(contacts[0].name, "Ada, assistant of ••••••••••");
    assert_eq!(contacts[0].numbers.len(), 1);
    let log = unit.audit().recent(None, None, 10).await.unwrap();
    let dialled = log.iter().find(|it| it.kind == AuditKind::Dial).unwrap();
    assert_eq!(dialled.number.as_deref(), Some("+•••••••••••"));
}

async fn x17_a_setting_that_names_the_number_stays(fixture: &Fixture) {
    let mut unit = fixture.begin().await;
    let never_logged = serde_json::json!({ "never_logged": [MAYA] });
    unit.settings().put("test", &never_logged).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(
        places(&fixture.traces().await),
        [(NumberPlace::Settings, 1)]
    );
    fixture.erase_maya().await;
    let kept: Option<serde_json::Value> =
        fixture.read().await.settings().get("test").await.unwrap();
    assert_eq!(kept, Some(never_logged));
}
