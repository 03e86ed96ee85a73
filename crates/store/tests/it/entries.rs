//! What is, will be or will not be written into CRMs.

use linecard_crm::{Advice, AdviceCode, EntryKey, Words};
use linecard_store::{EntryCounts, EntryState};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::{call, entry, extension};

on_both_databases!(
    x6_an_entry_is_there_once_however_often_it_is_inserted,
    x6_entries_inserted_together_tell_which_of_them_are_new,
    an_entry_reads_back_with_everything_that_became_of_it,
    the_entries_of_a_page_of_calls_come_at_once,
    entries_are_counted_by_state,
);

async fn x6_an_entry_is_there_once_however_often_it_is_inserted(fixture: &Fixture) {
    let (system, connection) = (fixture.phone_system().await, fixture.connection().await);
    let mut unit = fixture.begin().await;
    let stored = unit.calls().put(system.id, &call("1", 0)).await.unwrap();
    let first = entry("e1", stored, connection.id);
    assert!(unit.entries().insert(&first).await.unwrap());
    let mut second = first.clone();
    "Another".clone_into(&mut second.subject);
    assert!(!unit.entries().insert(&second).await.unwrap());
    assert_eq!(unit.entries().get(&first.key).await.unwrap(), Some(first));
}

async fn x6_entries_inserted_together_tell_which_of_them_are_new(fixture: &Fixture) {
    let (system, connection) = (fixture.phone_system().await, fixture.connection().await);
    let mut unit = fixture.begin().await;
    let stored = unit.calls().put(system.id, &call("1", 0)).await.unwrap();
    let known = entry("known", stored, connection.id);
    unit.entries().insert(&known).await.unwrap();
    let mut changed = known.clone();
    "Another".clone_into(&mut changed.subject);
    // More than one statement takes.
    let mut together: Vec<_> = (0..1_001)
        .map(|each| entry(&format!("new {each}"), stored, connection.id))
        .collect();
    together.insert(700, changed);
    let added = unit.entries().insert_all(&together).await.unwrap();
    assert_eq!(added.len(), 1_001);
    assert!(!added.contains(&known.key));
    assert_eq!(unit.entries().get(&known.key).await.unwrap(), Some(known));
    let counts = unit.entries().counts(connection.id).await.unwrap();
    assert_eq!(counts.waiting, 1_002);
}

async fn an_entry_reads_back_with_everything_that_became_of_it(fixture: &Fixture) {
    let (system, connection) = (fixture.phone_system().await, fixture.connection().await);
    let mut unit = fixture.begin().await;
    let stored = unit.calls().put(system.id, &call("1", 0)).await.unwrap();
    let mut entry = entry("e1", stored, connection.id);
    unit.entries().insert(&entry).await.unwrap();
    entry.state = EntryState::Parked;
    "another\ntext".clone_into(&mut entry.description);
    entry.who = None;
    entry.owner = None;
    entry.crm_id = Some("00T1".to_owned());
    entry.page = Some("https://org.example/00T1?x=%20".parse().unwrap());
    entry.reason = Some("refused".to_owned());
    entry.words = Some(
        Words::from("FIELD_INTEGRITY_EXCEPTION: '; DROP")
            .advising(Advice::about(AdviceCode::RightFields, "'; DROP")),
    );
    entry.updated = fixture.later(5);
    unit.entries().update(&entry).await.unwrap();
    assert_eq!(
        unit.entries().get(&entry.key).await.unwrap(),
        Some(entry.clone())
    );

    entry.key = EntryKey::new("unknown");
    unit.entries().update(&entry).await.unwrap();
    assert_eq!(unit.entries().get(&entry.key).await.unwrap(), None);
}

async fn the_entries_of_a_page_of_calls_come_at_once(fixture: &Fixture) {
    let (system, connection) = (fixture.phone_system().await, fixture.connection().await);
    let mut unit = fixture.begin().await;
    let one = unit.calls().put(system.id, &call("1", 0)).await.unwrap();
    let two = unit.calls().put(system.id, &call("2", 1)).await.unwrap();
    let other = unit.calls().put(system.id, &call("3", 2)).await.unwrap();
    for (key, call, digits) in [
        ("a", one, "102"),
        ("b", one, "101"),
        ("c", two, "101"),
        ("d", other, "101"),
    ] {
        let mut entry = entry(key, call, connection.id);
        entry.extension = extension(digits);
        unit.entries().insert(&entry).await.unwrap();
    }
    let found = unit.entries().of_calls(&[one, two]).await.unwrap();
    let of = |call| -> Vec<_> {
        let of = found.iter().filter(|entry| entry.call == call);
        of.map(|entry| entry.key.as_str()).collect()
    };
    assert_eq!(of(one), ["b", "a"]);
    assert_eq!(of(two), ["c"]);
    assert_eq!(found.len(), 3);
    assert_eq!(unit.entries().of_calls(&[]).await.unwrap(), []);
}

async fn entries_are_counted_by_state(fixture: &Fixture) {
    let (system, connection) = (fixture.phone_system().await, fixture.connection().await);
    let mut unit = fixture.begin().await;
    let stored = unit.calls().put(system.id, &call("1", 0)).await.unwrap();
    let states = [
        (EntryState::Waiting, 1),
        (EntryState::Written, 2),
        (EntryState::Parked, 3),
        (EntryState::Skipped, 4),
    ];
    for (state, count) in states {
        for number in 0..count {
            let mut entry = entry(&format!("{state:?}-{number}"), stored, connection.id);
            entry.state = state;
            unit.entries().insert(&entry).await.unwrap();
        }
    }
    let counts = unit.entries().counts(connection.id).await.unwrap();
    let expected = EntryCounts {
        waiting: 1,
        written: 2,
        parked: 3,
        skipped: 4,
    };
    assert_eq!(counts, expected);
}
