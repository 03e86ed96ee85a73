//! How many ended calls are accepted durably per second, and what writing them into a CRM costs
//! and loses.
//!
//! The calls go the way of `linecard serve`: events, tracker, rules, one transaction with the
//! outbox's jobs; only the phone system is part of this process.

use std::collections::HashSet;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::company::{self, AGENTS, CONTACTS, SMALL};
use crate::figures::{Bench, Figure, percentile};
use crate::phones::{self, Phones};
use anyhow::ensure;
use linecard_clock::{Entropy as _, SystemClock, SystemEntropy};
use linecard_flow::{Flow, Parts};
use linecard_http::{HttpClient, HttpSettings};
use linecard_salesforce::Salesforce;
use linecard_sandbox::salesforce::{Fault, FaultKind, Sandbox, Target};
use linecard_store::{ConnectionId, EntryCounts, NewPhoneSystem, Node};

/// Some seconds at the rates we mean to reach.
const ACCEPTED: usize = 10_000;
/// Every contact a few times, one after the other.
const LIVE: usize = 1_000;
/// What gathers while the CRM is down, of every contact ten times.
const BACKLOG: usize = 2_000;
const FAULTY: usize = 3_000;
/// Trouble comes after so many calls of these, and ends with the next one or when it has met as many
/// requests as it is for: a CRM that is left alone while it fails must come back by itself.
const BETWEEN_TROUBLES: usize = 10;
/// One of these calls ends so often. Together they would be a backlog, which is one request.
const FAULTY_PACE: Duration = Duration::from_millis(15);
/// How often the store is asked whether all is done.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// How often the CRM is asked whether a call stands there.
const LOOK_SOON: Duration = Duration::from_millis(2);
/// Pauses between attempts grow to minutes; a run that takes longer has failed.
const PATIENCE: Duration = Duration::from_mins(15);
/// How long a CRM that hangs takes for an answer, in milliseconds.
const HANGS: u64 = 3_600_000;
/// What a database flushes for one small transaction, in bytes.
const PAGE: [u8; 4_096] = [0; 4_096];

/// Measures, on PostgreSQL too where there is one.
pub(crate) async fn measure(postgres: Option<&str>) -> anyhow::Result<Bench> {
    let folder = tempfile::tempdir()?;
    let disk = flushes_per_second(folder.path())?;
    let sqlite = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
    let on_sqlite = accepted(&sqlite("accepted.db")).await?;
    let mut figures =
        vec![Figure::new("accepted_per_second_sqlite", on_sqlite, "1/s").beside(Some(disk))];
    if let Some(url) = postgres {
        let on_postgres = accepted(url).await?;
        figures.push(
            Figure::new("accepted_per_second_postgres", on_postgres, "1/s").beside(Some(disk)),
        );
    }
    figures.extend(written(&sqlite("written.db")).await?);
    Ok(Bench {
        bench: "journal",
        figures,
    })
}

/// How often a second the disk itself keeps a page for good.
fn flushes_per_second(folder: &Path) -> anyhow::Result<f64> {
    let mut file = File::create(folder.join("flushes"))?;
    let (begun, mut flushes) = (Instant::now(), 0);
    while begun.elapsed() < Duration::from_secs(2) {
        file.write_all(&PAGE)?;
        file.sync_data()?;
        flushes += 1;
    }
    Ok(f64::from(flushes) / begun.elapsed().as_secs_f64())
}

/// Calls accepted per second while the CRM hangs.
async fn accepted(url: &str) -> anyhow::Result<f64> {
    let office = Office::open(url).await?;
    office
        .salesforce
        .add_fault(Fault::new(FaultKind::Delay, u32::MAX).lasting(HANGS));
    let begun = Instant::now();
    office.calls("accepted", ACCEPTED).await?;
    let wanted = u64::try_from(ACCEPTED)?;
    office
        .until(|counts| counts.waiting + counts.written >= wanted)
        .await?;
    let took = begun.elapsed();
    // Nobody waits for the attempts that hang.
    drop(office.salesforce);
    office.flow.stop().await;
    Ok(per(wanted, took.as_secs_f64()))
}

/// What the CRM was asked and holds, of calls with known people: while it is well, and while it
/// is not.
async fn written(url: &str) -> anyhow::Result<Vec<Figure>> {
    let office = Office::open(url).await?;
    office.calls("first", CONTACTS).await?;
    office.until_all_written(CONTACTS).await?;

    let before = office.salesforce.requests();
    let mut visible = Vec::with_capacity(LIVE);
    for call in 0..LIVE {
        visible.push(office.live_call(call).await?);
    }
    office.until_all_written(CONTACTS + LIVE).await?;
    let live = office.salesforce.requests() - before;
    visible.sort_by(f64::total_cmp);

    let down = Fault::new(FaultKind::Unavailable, u32::MAX);
    office.salesforce.add_fault(down);
    office.calls("backlog", BACKLOG).await?;
    let wanted = u64::try_from(BACKLOG)?;
    office.until(|counts| counts.waiting >= wanted).await?;
    office.salesforce.clear_faults();
    let before = office.salesforce.requests();
    office.until_all_written(CONTACTS + LIVE + BACKLOG).await?;
    let backlog = office.salesforce.requests() - before;

    for call in 0..FAULTY {
        if call % BETWEEN_TROUBLES == 0 {
            office.salesforce.clear_faults();
            disturb(&office.salesforce, call / BETWEEN_TROUBLES);
        }
        office.call("faulty", call).await?;
        tokio::time::sleep(FAULTY_PACE).await;
    }
    office.salesforce.clear_faults();
    let all = CONTACTS + LIVE + BACKLOG + FAULTY;
    office.until_all_written(all).await?;
    let faults = [FaultKind::Unavailable, FaultKind::DropAfterCommit]
        .map(|kind| office.salesforce.fired(kind))
        .iter()
        .sum();
    office.flow.stop().await;
    let tasks = office.salesforce.records("Task");
    let keys: HashSet<_> = tasks
        .iter()
        .filter_map(|task| task.get("CallObject")?.as_str())
        .collect();
    let (kept, held) = (u64::try_from(keys.len())?, u64::try_from(tasks.len())?);
    Ok(vec![
        Figure::new("faults", per(faults, 1.0), "1"),
        Figure::new("requests_per_call_live", per(live, count(LIVE)?), "1"),
        Figure::new(
            "requests_per_call_backlog",
            per(backlog, count(BACKLOG)?),
            "1",
        ),
        Figure::new(
            "hang_up_to_visible_p95_ms",
            percentile(&visible, 0.95),
            "ms",
        ),
        Figure::new(
            "lost",
            per(u64::try_from(all)?.saturating_sub(kept), 1.0),
            "1",
        ),
        Figure::new("doubled", per(held - kept, 1.0), "1"),
    ])
}

/// The next request or two are refused, or their answers are lost. More of them in a row, and the
/// CRM would be left alone for most of the time.
fn disturb(salesforce: &Sandbox, trouble: usize) {
    let mut dice = [0];
    SystemEntropy.fill(&mut dice);
    let times = 1 + u32::from(dice[0] % 2);
    salesforce.add_fault(if trouble.is_multiple_of(2) {
        Fault::new(FaultKind::Unavailable, times)
    } else {
        Fault::new(FaultKind::DropAfterCommit, times).at(Target::Writes)
    });
}

/// A running company.
struct Office {
    flow: Flow,
    phones: Phones,
    salesforce: Sandbox,
    connection: ConnectionId,
    /// Holds the key of the store.
    _folder: tempfile::TempDir,
}

impl Office {
    async fn open(url: &str) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let store = company::store(url, folder.path()).await?;
        let salesforce = company::salesforce(SMALL).await?;
        let phone_system = NewPhoneSystem {
            kind: phones::KIND.to_owned(),
            name: "Bench".to_owned(),
            settings: [].into(),
            secrets: [].into(),
        };
        let home = "http://127.0.0.1:8080";
        let connection = company::furnish(&store, SMALL, phone_system, &salesforce, home).await?;
        let http = HttpClient::new(HttpSettings {
            allow_private: true,
            ..HttpSettings::default()
        })?;
        let phones = Phones::default();
        let flow = Flow::start(Parts {
            store,
            node: Node::named("bench"),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            phone_systems: vec![Arc::new(phones.clone())],
            connectors: vec![Arc::new(Salesforce::new(http, Arc::new(SystemClock)))],
            disks: Arc::new(linecard_flow::SystemDisks),
            import_folder: linecard_flow::ImportFolder {
                path: folder.path().join("imports"),
                longest: 0,
            },
            webhooks: HttpClient::new(HttpSettings::default())?,
        })
        .await?;
        Ok(Self {
            flow,
            phones,
            salesforce,
            connection,
            _folder: folder,
        })
    }

    /// Lets calls happen, as fast as they are taken.
    async fn calls(&self, name: &str, calls: usize) -> anyhow::Result<()> {
        for call in 0..calls {
            self.call(name, call).await?;
        }
        Ok(())
    }

    /// Lets one call happen.
    async fn call(&self, name: &str, call: usize) -> anyhow::Result<()> {
        let caller = company::number(call % CONTACTS);
        let agent = company::extension(call % AGENTS)?;
        let id = format!("{name}-{call}");
        self.phones.answered_call(&id, &caller, &agent).await
    }

    /// Lets one call happen, and tells how many milliseconds after its end it stood in the CRM.
    async fn live_call(&self, call: usize) -> anyhow::Result<f64> {
        let before = self.tasks();
        let ended = Instant::now();
        self.call("live", call).await?;
        while self.tasks() == before {
            ensure!(ended.elapsed() < PATIENCE, "a call never came so far");
            tokio::time::sleep(LOOK_SOON).await;
        }
        Ok(ended.elapsed().as_secs_f64() * 1_000.0)
    }

    /// How many calls stand in the CRM.
    fn tasks(&self) -> usize {
        self.salesforce.records("Task").len()
    }

    async fn until_all_written(&self, calls: usize) -> anyhow::Result<()> {
        let wanted = u64::try_from(calls)?;
        self.until(|counts| counts.written >= wanted).await
    }

    async fn until(&self, enough: impl Fn(EntryCounts) -> bool) -> anyhow::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut unit = self.flow.store().read().await?;
            let counts = unit.entries().counts(self.connection).await?;
            drop(unit);
            if enough(counts) {
                return Ok(());
            }
            ensure!(
                Instant::now() < deadline,
                "it never came so far: {counts:?}"
            );
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }
}

fn count(things: usize) -> anyhow::Result<f64> {
    Ok(f64::from(u32::try_from(things)?))
}

#[expect(clippy::cast_precision_loss, reason = "some ten thousand calls")]
fn per(things: u64, of: f64) -> f64 {
    things as f64 / of
}
