//! The way from the store into memory: how long the start takes, and how soon a change is known,
//! here and on another node.

use std::path::Path;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::ensure;
use linecard_book::{Number, Slot};
use linecard_clock::{SystemClock, SystemEntropy};
use linecard_flow::{Flow, ImportFolder, Parts};
use linecard_http::{HttpClient, HttpSettings};
use linecard_number::E164;
use linecard_store::{ContactDetails, Node, PhonebookId, Store};
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};

use super::matching::real;
use super::numbers;
use crate::company;
use crate::figures::{Figure, percentile};

/// How many contacts stand in the store, each with two numbers.
const CONTACTS: u64 = 500_000;
/// How many contacts are changed.
const CHANGED: u64 = 500;
/// How many are followed from another node; each takes up to a second.
const FOLLOWED: u64 = 5;
const LOOK_AGAIN: Duration = Duration::from_millis(1);
/// A run that takes longer has failed.
const PATIENCE: Duration = Duration::from_mins(10);
/// What stands in the store of a CRM's record.
const RECORD: &str = r#"{"at":{"module":"contact","id":"003000000000000AAA"},"name":"Contact","company":"Company","owner":"005000000000000AAA","number":"+1 415 555 0134","account":{"module":"account","id":"001000000000000AAA"},"modified":"2026-01-01T00:00:00Z","last_activity":null,"page":"https://example.my.salesforce.com/003000000000000AAA"}"#;

/// Measures on one database; `name` is `sqlite` or `postgres`.
pub(super) async fn measure(name: &str, url: &str, folder: &Path) -> anyhow::Result<Vec<Figure>> {
    let store = company::store(url, folder).await?;
    let phonebook = phonebook(&store).await?;
    fill(url, phonebook).await?;

    let begun = Instant::now();
    let flow = start(store.clone(), folder).await?;
    let nobody = numbers::number(4 * CONTACTS)?;
    until(|| flow.book().matches(&nobody).is_some()).await?;
    let callers = begun.elapsed().as_secs_f64();
    until(|| flow.book().is_loaded()).await?;
    let names = begun.elapsed().as_secs_f64();

    let (mut committed, mut visible) = (Vec::new(), Vec::new());
    for change in 0..CHANGED {
        let number = numbers::number(5 * CONTACTS + change)?;
        committed.push(add(&store, phonebook, &number).await?);
        let begun = Instant::now();
        until(|| is_known(&flow, &number)).await?;
        visible.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    for took in [&mut committed, &mut visible] {
        took.sort_by(f64::total_cmp);
    }
    let of = |what: &str| format!("{what}_{name}");
    let rate = real(CONTACTS * 2) / callers;
    let mut figures = vec![
        Figure::new(of("load_numbers_per_second"), rate, "1/s"),
        Figure::new(of("load_with_names_s_500k_contacts"), names, "s"),
        Figure::new(of("update_visible_ms"), percentile(&visible, 0.99), "ms"),
        Figure::new(of("update_committed_ms"), percentile(&committed, 0.5), "ms"),
    ];
    if name == "postgres" {
        let other = company::store(url, folder).await?;
        let mut followed = Vec::new();
        for change in 0..FOLLOWED {
            let number = numbers::number(6 * CONTACTS + change)?;
            add(&other, phonebook, &number).await?;
            let begun = Instant::now();
            until(|| is_known(&flow, &number)).await?;
            followed.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        followed.sort_by(f64::total_cmp);
        let longest = percentile(&followed, 1.0);
        figures.push(Figure::new("update_followed_ms_postgres", longest, "ms"));
        other.close().await;
    }
    flow.stop().await;
    store.close().await;
    Ok(figures)
}

async fn start(store: Store, folder: &Path) -> anyhow::Result<Flow> {
    let webhooks = HttpClient::new(HttpSettings::default())?;
    let flow = Flow::start(Parts {
        store,
        node: Node::named("bench"),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        phone_systems: Vec::new(),
        connectors: Vec::new(),
        disks: Arc::new(linecard_flow::SystemDisks),
        import_folder: ImportFolder {
            path: folder.join("imports"),
            longest: 1,
        },
        webhooks,
    });
    Ok(flow.await?)
}

async fn phonebook(store: &Store) -> anyhow::Result<PhonebookId> {
    let mut unit = store.begin().await?;
    let made = unit.phonebooks().create("Bench").await?;
    unit.commit().await?;
    let made = made.ok_or_else(|| anyhow::anyhow!("there is a phonebook of that name"))?;
    Ok(made.id)
}

/// Contacts as a CRM's, written past the store: that is not what is measured.
async fn fill(url: &str, phonebook: PhonebookId) -> anyhow::Result<()> {
    let places = |count: u64| {
        format!(
            "WITH RECURSIVE places (i) AS (SELECT CAST(0 AS BIGINT) UNION ALL \
             SELECT i + 1 FROM places WHERE i + 1 < {count})"
        )
    };
    let id = |place: &str| {
        let place = format!("CAST({place} + 10000000 AS TEXT)");
        format!("'01900000-0000-7000-8000-0000' || {place}")
    };
    let contacts = format!(
        "{} INSERT INTO contacts (id, phonebook, module, crm_id, name, folded_name, company, \
         record, called, stale, updated) SELECT {}, '{phonebook}', 'contact', CAST(i AS TEXT), \
         'Contact Number ' || CAST(i AS TEXT), 'contact number', \
         'Company ' || CAST(i % 100000 AS TEXT), '{RECORD}', 0, 0, 0 FROM places",
        places(CONTACTS),
        id("i"),
    );
    let numbers = format!(
        "{} INSERT INTO contact_numbers (contact, place, slot, written, e164) SELECT {}, i % 2, \
         CASE i % 2 WHEN 0 THEN 'business' ELSE 'mobile' END, {number}, {number} FROM places",
        places(2 * CONTACTS),
        id("(i / 2)"),
        number = numbers::in_sql(),
    );
    let all = [contacts, numbers, "ANALYZE".to_owned()];
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnectOptions::from_str(url)?.connect().await?;
        for sql in all {
            connection.execute(AssertSqlSafe(sql)).await?;
        }
        connection.close().await?;
    } else {
        let mut connection = PgConnectOptions::from_str(url)?.connect().await?;
        for sql in all {
            connection.execute(AssertSqlSafe(sql)).await?;
        }
        connection.close().await?;
    }
    Ok(())
}

/// Adds a contact with that number; tells how many milliseconds that took.
async fn add(store: &Store, phonebook: PhonebookId, number: &E164) -> anyhow::Result<f64> {
    let begun = Instant::now();
    let details = ContactDetails {
        name: "Grace Hopper".to_owned(),
        numbers: vec![Number {
            slot: Slot::Mobile,
            written: number.to_string(),
            e164: Some(number.clone()),
        }],
        ..ContactDetails::default()
    };
    let mut unit = store.begin().await?;
    unit.contacts().add(phonebook, &details).await?;
    unit.commit().await?;
    Ok(begun.elapsed().as_secs_f64() * 1e3)
}

fn is_known(flow: &Flow, number: &E164) -> bool {
    let matches = flow.book().matches(number);
    matches.is_some_and(|matches| !matches.is_empty())
}

async fn until(enough: impl Fn() -> bool) -> anyhow::Result<()> {
    let begun = Instant::now();
    while !enough() {
        ensure!(begun.elapsed() < PATIENCE, "it never came so far");
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    Ok(())
}
