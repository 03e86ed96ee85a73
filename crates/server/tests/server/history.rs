//! The call history: filters, who sees which calls, the table to download, the figures (X12).

use jiff::SignedDuration;
use linecard_call::{Call, Direction, LegOutcome, Outcome};
use linecard_crm::EntryKey;
use linecard_store::{Entry, EntryState, StoredCallId};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::calls::{call, entry};
use crate::company::{Company, PASSWORD};

/// 101 took a call from outside, which is written; 102 missed one, which is not: 102 is not bound.
/// Both are of the New Year's Day there, at 3:00.
async fn history() -> (Company, Browser) {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    company.connect_crm(&admin).await;
    let mut missed = call(2);
    missed.outcome = Some(Outcome::Missed);
    missed.queue = Some("support".to_owned());
    missed.from = Some("+49 30 901820".to_owned());
    missed.from_name = Some("=HYPERLINK(\"http://evil.example\") 030901820".to_owned());
    missed.talk_ms = 0;
    missed.legs[0].extension = "102".parse().unwrap();
    missed.legs[0].outcome = Some(LegOutcome::Missed);
    missed.legs[0].talk_ms = 0;
    let taken = keep(&company, &call(1)).await;
    let missed = keep(&company, &missed).await;
    let mut not_bound = entry(&company, missed).await;
    not_bound.key = EntryKey::new("key-2");
    not_bound.extension = "102".parse().unwrap();
    not_bound.state = EntryState::Skipped;
    not_bound.reason = Some("not_bound".to_owned());
    not_bound.owner = None;
    not_bound.who = None;
    not_bound.page = None;
    let written = entry(&company, taken).await;
    insert(&company, &[written, not_bound]).await;
    (company, admin)
}

async fn keep(company: &Company, call: &Call) -> StoredCallId {
    let mut work = company.store().begin().await.unwrap();
    let phone_system = work.phone_systems().list().await.unwrap()[0].id;
    let id = work.calls().put(phone_system, call).await.unwrap();
    work.commit().await.unwrap();
    id
}

async fn insert(company: &Company, entries: &[Entry]) {
    let mut work = company.store().begin().await.unwrap();
    for entry in entries {
        assert!(work.entries().insert(entry).await.unwrap());
    }
    work.commit().await.unwrap();
}

/// Bob, an agent at 102, signed in.
async fn bob(company: &Company, admin: &Browser) -> Browser {
    let bob = json!({
        "email": "bob@example.com", "name": "Bob", "role": "agent", "extension": "102",
        "password": PASSWORD,
    });
    admin.post("/api/v1/accounts", bob).await.is(201);
    let browser = company.browser();
    let credentials = json!({ "email": "bob@example.com", "password": PASSWORD });
    browser.post("/api/v1/session", credentials).await.is(200);
    browser
}

async fn hide_numbers(admin: &Browser) {
    let mut organisation = admin.get("/api/v1/organisation").await.is(200).json();
    organisation["masks_numbers"] = true.into();
    admin
        .put("/api/v1/organisation", organisation)
        .await
        .is(200);
}

/// Who was called in the calls that the query finds: their extensions.
async fn found(browser: &Browser, query: &str) -> Vec<String> {
    let page = browser.get(&format!("/api/v1/calls?{query}")).await.is(200);
    let calls = page.json()["calls"].as_array().unwrap().clone();
    let extension = |call: &Value| call["legs"][0]["extension"].as_str().unwrap().to_owned();
    calls.iter().map(extension).collect()
}

#[tokio::test]
async fn x12_calls_are_found_by_what_is_known_of_them() {
    let (_company, admin) = history().await;
    for (query, expected) in [
        ("", &["102", "101"][..]),
        ("from=2026-01-01&to=2026-01-01", &["102", "101"]),
        ("to=2025-12-31", &[]),
        ("from=2026-01-02", &[]),
        ("direction=inbound", &["102", "101"]),
        ("direction=outbound", &[]),
        ("outcome=missed", &["102"]),
        ("extension=101", &["101"]),
        ("queue=support", &["102"]),
        ("number=(415)%20555-0134", &["101"]),
        ("number=%2B4930901820", &["102"]),
        ("number=0182", &["102"]),
        ("person=evil.example", &["102"]),
        ("journal=written", &["101"]),
        ("journal=skipped&reason=not_bound", &["102"]),
        ("journal=skipped&reason=nobody", &[]),
        ("journal=none", &[]),
        // A form sends its empty fields, too.
        (
            "from=&to=&extension=&queue=&number=&person=&reason=",
            &["102", "101"],
        ),
    ] {
        assert_eq!(found(&admin, query).await, expected, "{query}");
    }
    let queues = admin.get("/api/v1/calls/queues").await.is(200).json();
    assert_eq!(queues, json!(["support"]));
    for (query, code) in [
        ("from=yesterday", "not_a_day"),
        ("number=Eve", "no_digit"),
        ("extension=Eve%20Adams", "not_an_extension"),
    ] {
        let refused = admin.get(&format!("/api/v1/calls?{query}")).await.is(400);
        assert_eq!(refused.code(), code);
    }
}

#[tokio::test]
async fn x12_an_agent_sees_the_own_extensions_calls_and_nobody_elses() {
    let (company, admin) = history().await;
    let bob = bob(&company, &admin).await;
    assert_eq!(found(&bob, "").await, ["102"]);
    assert_eq!(found(&bob, "extension=102").await, ["102"]);
    assert_eq!(found(&bob, "journal=written").await, [""; 0]);
    for path in [
        "/api/v1/calls?extension=101",
        "/api/v1/calls/export?extension=101",
    ] {
        assert_eq!(bob.get(path).await.is(403).code(), "forbidden");
    }
    let figures = bob.get("/api/v1/figures").await.is(200).json();
    assert_eq!(figures["agents"].as_array().unwrap().len(), 1);
    assert_eq!(figures["agents"][0]["extension"], "102");
    assert_eq!(figures["company"], json!([]));
    assert_eq!(figures["queues"], json!([]));
}

#[tokio::test]
async fn x12_of_a_call_with_two_agents_each_sees_the_own_entry() {
    let (company, admin) = history().await;
    let mut both = call(3);
    both.legs.push(both.legs[0].clone());
    both.legs[1].extension = "102".parse().unwrap();
    let both = keep(&company, &both).await;
    let mut alices = entry(&company, both).await;
    alices.key = EntryKey::new("key-3");
    let mut bobs = alices.clone();
    bobs.key = EntryKey::new("key-4");
    bobs.extension = "102".parse().unwrap();
    insert(&company, &[alices, bobs]).await;
    let bob = bob(&company, &admin).await;
    let page = bob.get("/api/v1/calls?limit=1").await.is(200).json();
    let entries = page["calls"][0]["entries"].as_array().unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["extension"], "102");
    assert_eq!(page["calls"][0]["legs"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn x4_a_listed_call_shows_its_number_as_people_write_it() {
    let (_company, admin) = history().await;
    let page = admin.get("/api/v1/calls").await.is(200).json();
    let shown = |nth: usize| page["calls"][nth]["shown"].as_str().map(str::to_owned);
    assert_eq!(shown(0).as_deref(), Some("+49 30 901820"));
    assert_eq!(shown(1).as_deref(), Some("(415) 555-0134"));
}

#[tokio::test]
async fn f17_a_hidden_number_is_in_no_agents_history_and_found_out_by_no_search() {
    let (company, admin) = history().await;
    let bob = bob(&company, &admin).await;
    let clear = bob.get("/api/v1/calls").await.is(200);
    assert!(clear.text.contains("901820"), "the number was never there");
    hide_numbers(&admin).await;
    let told = bob.get("/api/v1/calls").await.is(200);
    let file = bob.get("/api/v1/calls/export").await.is(200);
    for text in [&told.text, &file.text] {
        assert!(!text.contains("901820"), "{text}");
    }
    let call = &told.json()["calls"][0];
    assert_eq!(call["from"], "•••••• 20");
    assert_eq!(call["shown"], "•••••• 20");
    assert!(call["handle"].is_string());
    for query in ["number=9018", "person=030901820", "person=%EF%BC%93"] {
        let refused = bob.get(&format!("/api/v1/calls?{query}")).await.is(403);
        assert_eq!(refused.code(), "numbers_hidden", "{query}");
    }
    assert_eq!(found(&bob, "person=hyperlink").await, ["102"]);
    assert!(admin.get("/api/v1/calls").await.text.contains("901820"));
}

#[tokio::test]
async fn x12_the_calls_that_were_found_are_downloaded_as_a_table_that_starts_no_formula() {
    let (company, admin) = history().await;
    company.clock.advance(SignedDuration::from_secs(1));
    let file = admin
        .get("/api/v1/calls/export?outcome=missed")
        .await
        .is(200);
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.header("content-disposition").ends_with("calls.csv"));
    let rows: Vec<_> = file.text.lines().collect();
    assert_eq!(rows.len(), 2, "{}", file.text);
    assert!(rows[0].starts_with("\u{feff}\"Started\",\"Direction\""));
    let expected = "\"2026-01-01 03:00:02\",\"inbound\",\"missed\",\"'+49 30 901820\",\
        \"'=HYPERLINK(\"\"http://evil.example\"\") 030901820\",\"101\",\"\",\"support\",\"102\",\"\",\
        \"4\",\"0\",\"0\",\"fake\",\"skipped\",\"not_bound\",\"\",\"\",";
    assert!(rows[1].starts_with(expected), "{}", rows[1]);
    let log = admin.get("/api/v1/audit?limit=1").await.is(200).json();
    let log = &log["entries"][0];
    assert_eq!(log["kind"], "calls_export");
    assert_eq!(log["account_name"], "Ada");
    assert_eq!(log["subject"], "outcome=missed");
}

#[tokio::test]
async fn x12_a_long_history_is_downloaded_whole() {
    let (company, admin) = Company::new().await;
    company.link_phones(&admin, "fake").await;
    let calls: Vec<_> = (0..1_203)
        .map(|number| call(number / 2 * 7 + number))
        .collect();
    let mut work = company.store().begin().await.unwrap();
    let phone_system = work.phone_systems().list().await.unwrap()[0].id;
    let rows: Vec<_> = calls.iter().map(|call| (phone_system, call)).collect();
    work.calls().put_all(&rows).await.unwrap();
    work.commit().await.unwrap();
    let file = admin.get("/api/v1/calls/export").await.is(200);
    assert_eq!(file.text.lines().count(), 1 + 1_203);
}

#[tokio::test]
async fn x12_the_figures_are_those_of_the_companys_own_days() {
    let (company, admin) = history().await;
    // In New York it is still the year before.
    let mut early = call(-5 * 3600);
    early.direction = Direction::Outbound;
    keep(&company, &early).await;
    let path = "/api/v1/figures?from=2025-12-31&to=2026-01-01";
    let figures = admin.get(path).await.is(200).json();
    assert_eq!(figures["time_zone"], "America/New_York");
    assert_eq!(figures["days"], json!(["2025-12-31", "2026-01-01"]));
    let day = |day: &str, inbound, outbound, answered, missed, talk_ms, wait_ms| {
        json!({
            "day": day, "inbound": inbound, "outbound": outbound, "answered": answered,
            "missed": missed, "talk_ms": talk_ms, "wait_ms": wait_ms, "waits": inbound,
        })
    };
    let eve = day("2025-12-31", 0, 1, 0, 0, 72_000, 0);
    let new_year = day("2026-01-01", 2, 0, 1, 1, 72_000, 8_000);
    assert_eq!(figures["company"], json!([eve, new_year]));
    let support = day("2026-01-01", 1, 0, 0, 1, 0, 4_000);
    assert_eq!(
        figures["queues"],
        json!([{ "queue": "support", "days": [support] }])
    );
    assert_eq!(figures["agents"][0]["extension"], "101");
    assert_eq!(figures["agents"][0]["name"], "Alice");
    assert_eq!(figures["agents"][0]["days"][1]["answered"], 1);
    assert_eq!(figures["agents"][1]["days"][0]["missed"], 1);
    for (query, code) in [
        ("from=2026-01-02&to=2026-01-01", "days_backwards"),
        ("from=2025-01-01&to=2026-01-01", "too_many_days"),
        ("from=monday", "not_a_day"),
    ] {
        let refused = admin.get(&format!("/api/v1/figures?{query}")).await;
        assert_eq!(refused.is(400).code(), code);
    }
}

#[tokio::test]
async fn x6_only_what_was_refused_is_written_again() {
    let (_company, admin) = history().await;
    let path = "/api/v1/entries/key-2/replay";
    assert_eq!(
        admin.post(path, json!(null)).await.is(404).code(),
        "not_found"
    );
}
