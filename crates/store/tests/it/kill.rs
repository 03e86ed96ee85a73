//! SIGKILL in the middle of a storm of commits.

use std::collections::HashSet;
use std::env;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use linecard_clock::{SystemClock, SystemEntropy};
use linecard_store::{EntryState, Sealer, Store};

use crate::fixture::Fixture;
use crate::samples::accept;

/// Tells a test that it is the process to be killed, and on which database.
const STORM: &str = "LINECARD_TEST_STORM";
/// What stands before the number of each call whose commit was acknowledged.
const KEPT: &str = "kept call-";
/// How many acknowledged commits to wait for.
const ENOUGH: usize = 150;
/// How many units of work run at once.
const AT_ONCE: usize = 4;

#[tokio::test]
async fn x6_sqlite_keeps_every_acknowledged_commit_through_sigkill() {
    let name = "kill::x6_sqlite_keeps_every_acknowledged_commit_through_sigkill";
    match env::var(STORM) {
        Ok(url) => storm(&url).await,
        Err(_) => survive(name, Fixture::sqlite().await).await,
    }
}

#[tokio::test]
async fn x6_postgresql_keeps_every_acknowledged_commit_through_sigkill() {
    let name = "kill::x6_postgresql_keeps_every_acknowledged_commit_through_sigkill";
    match env::var(STORM) {
        Ok(url) => storm(&url).await,
        Err(_) => survive(name, Fixture::postgres().await).await,
    }
}

/// Accepts calls without end and tells of each after its commit.
async fn storm(url: &str) {
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let store = Store::open(url, Sealer::for_tests(), clock, entropy)
        .await
        .unwrap();
    let next = Arc::new(AtomicU32::new(0));
    let tasks: Vec<_> = (0..AT_ONCE)
        .map(|_| tokio::spawn(accept_for_ever(store.clone(), Arc::clone(&next))))
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
}

async fn accept_for_ever(store: Store, next: Arc<AtomicU32>) {
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let mut unit = store.begin().await.unwrap();
        let system = unit.phone_systems().list().await.unwrap().remove(0);
        let connection = unit.connections().list().await.unwrap().remove(0);
        accept(&mut unit, &system, connection.id, number).await;
        unit.commit().await.unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "{KEPT}{number}").unwrap();
        out.flush().unwrap();
    }
}

async fn survive(test: &str, fixture: Fixture) {
    fixture.phone_system().await;
    let connection = fixture.connection().await.id;

    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(STORM, &fixture.url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map(|line| line.unwrap())
        .filter_map(|line| {
            line.rsplit_once(KEPT)
                .map(|(_, number)| format!("call-{number}"))
        });
    let mut acknowledged: HashSet<_> = told.by_ref().take(ENOUGH).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    acknowledged.extend(told);
    assert!(acknowledged.len() >= ENOUGH, "the child ended by itself");

    let store = fixture.another().await;
    let mut unit = store.begin().await.unwrap();
    let calls = unit.calls().recent(None, usize::MAX).await.unwrap();
    let kept: HashSet<_> = calls.iter().map(|it| it.call.id.to_string()).collect();
    let lost: Vec<_> = acknowledged.difference(&kept).collect();
    assert!(lost.is_empty(), "acknowledged but not kept: {lost:?}");
    assert!(kept.len() <= acknowledged.len() + AT_ONCE);

    // Of each call all or nothing is there.
    let ids: Vec<_> = calls.iter().map(|it| it.id).collect();
    let entries = unit.entries().of_calls(&ids).await.unwrap();
    assert_eq!(entries.len(), kept.len());
    assert!(entries.iter().all(|it| it.state == EntryState::Waiting));
    let jobs = unit.jobs().counts(connection).await.unwrap();
    assert_eq!(usize::try_from(jobs.waiting).unwrap(), kept.len());
    drop(unit);
    store.close().await;
    fixture.remove().await;
}
