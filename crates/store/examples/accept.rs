//! How many calls a store accepts per second: the unit of work that keeps an ended call, its
//! entry and its job.
//!
//! `cargo run --release -p linecard-store --example accept -- sqlite:///path/accept.db 20000`
//! `cargo run --release -p linecard-store --example accept -- postgres://... 20000 16`
//!
//! Arguments: the address of an empty database, how many calls, how many units of work at once
//! (1 if not given).
#![expect(
    clippy::print_stdout,
    reason = "a command for people: it prints figures"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use jiff::SignedDuration;
use linecard_call::{
    Call, CallId, CallState, Direction, Leg, LegOutcome, LegRole, LegState, Outcome,
};
use linecard_clock::{Clock as _, SystemClock, SystemEntropy};
use linecard_crm::EntryKey;
use linecard_store::{
    Entry, EntryState, Lease, NewConnection, NewJob, NewPhoneSystem, Sealer, Store, StoreError,
    Wanted,
};

type Error = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().ok_or("which database?")?;
    let calls: u64 = arguments.next().ok_or("how many calls?")?.parse()?;
    let at_once: u64 = arguments.next().map_or(Ok(1), |text| text.parse())?;

    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let store = Store::open(&url, Sealer::for_tests(), clock, entropy).await?;
    let office = Office::set_up(&store).await?;

    let next = Arc::new(AtomicU64::new(0));
    let start = Instant::now();
    let tasks: Vec<_> = (0..at_once)
        .map(|_| {
            let (store, office, next) = (store.clone(), office, Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= calls {
                        return Ok::<_, StoreError>(());
                    }
                    office.accept(&store, number).await?;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    print("accepted", calls, start);

    let start = Instant::now();
    let mut worked_off = 0;
    loop {
        let mut unit = store.begin().await?;
        let now = SystemClock.now();
        let until = now.saturating_add(SignedDuration::from_secs(45))?;
        let wanted = Wanted {
            connection: office.connection,
            kind: "log",
            fresh_since: None,
            limit: 8,
            in_line: false,
        };
        let terms = Lease {
            now,
            until,
            due_again: until,
            node: "example",
        };
        let jobs = unit.jobs().lease(&wanted, &terms).await?;
        unit.commit().await?;
        if jobs.is_empty() {
            break;
        }
        for job in jobs {
            let mut unit = store.begin().await?;
            unit.jobs().finish(job.id).await?;
            unit.commit().await?;
            worked_off += 1;
        }
    }
    print("worked off", worked_off, start);
    store.close().await;
    Ok(())
}

fn print(what: &str, calls: u64, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    let rate = std::time::Duration::from_secs(calls).as_secs_f64() / seconds;
    println!("{calls} {what} in {seconds:.2} s: {rate:.0} per second");
}

#[derive(Clone, Copy)]
struct Office {
    phone_system: linecard_store::PhoneSystemId,
    connection: linecard_store::ConnectionId,
}

impl Office {
    async fn set_up(store: &Store) -> Result<Self, StoreError> {
        let mut unit = store.begin().await?;
        let phone_system = NewPhoneSystem {
            kind: "demo".to_owned(),
            name: "Office".to_owned(),
            settings: std::collections::BTreeMap::default(),
            secrets: std::collections::BTreeMap::default(),
        };
        let phone_system = unit.phone_systems().create(phone_system).await?.id;
        let connection = NewConnection {
            kind: "salesforce".to_owned(),
            settings: std::collections::BTreeMap::default(),
            secrets: std::collections::BTreeMap::default(),
        };
        let connection = unit.connections().create(connection).await?.id;
        unit.commit().await?;
        Ok(Self {
            phone_system,
            connection,
        })
    }

    async fn accept(self, store: &Store, number: u64) -> Result<(), StoreError> {
        let call = call(number);
        let key = format!("{}-{number}", self.phone_system);
        let mut unit = store.begin().await?;
        let stored = unit.calls().put(self.phone_system, &call).await?;
        let entry = Entry {
            key: EntryKey::new(key.as_str()),
            call: stored,
            connection: self.connection,
            extension: call.legs[0].extension.clone(),
            state: EntryState::Waiting,
            subject: "Incoming Call: +14155550134 to Ada".to_owned(),
            description: "Eve Example called Ada at 09:00:00 and talked for 00:01:00.".to_owned(),
            owner: Some("005000000000001".to_owned()),
            who: None,
            crm_id: None,
            page: None,
            reason: None,
            words: None,
            without: Vec::new(),
            updated: call.started,
        };
        unit.entries().insert(&entry).await?;
        let job = NewJob {
            kind: "log".to_owned(),
            version: 1,
            subject: format!("{{\"entry\":\"{key}\"}}"),
            // Ten calls of one number wait for each other.
            lane: format!("lane-{}", number / 10),
            key: format!("log/{key}"),
            connection: self.connection,
        };
        unit.jobs().enqueue(job).await?;
        unit.commit().await
    }
}

fn call(number: u64) -> Call {
    let started = SystemClock.now();
    Call {
        id: CallId::new(format!("1795226278.{number}")),
        direction: Direction::Inbound,
        state: CallState::Ended,
        outcome: Some(Outcome::Answered),
        from: Some("+14155550134".to_owned()),
        from_name: Some("Eve Example".to_owned()),
        to: Some("101".to_owned()),
        did: Some("+14155550100".to_owned()),
        trunk: None,
        dialled: None,
        queue: None,
        tags: Vec::new(),
        started,
        answered: Some(started),
        ended: Some(started),
        wait_ms: 5_000,
        talk_ms: 60_000,
        hold_ms: 0,
        estimated: false,
        legs: vec![Leg {
            extension: "101".parse().expect("101 is an extension"),
            role: LegRole::Agent,
            state: LegState::Gone,
            outcome: Some(LegOutcome::Answered),
            started,
            answered: Some(started),
            talked_until: Some(started),
            ring_ms: 5_000,
            talk_ms: 60_000,
            hold_ms: 0,
            holds: vec![],
            picked_up: false,
            forwarded: false,
        }],
    }
}
