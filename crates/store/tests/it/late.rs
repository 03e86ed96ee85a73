//! What comes after an entry was written: notes, dispositions, recordings.

use linecard_crm::{EntryKey, LateParts, LeftOut, Without};
use linecard_store::{EntryState, StoredLate};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::{call, entry};

on_both_databases!(
    x1_a_note_can_be_there_before_its_call_has_ended,
    x1_each_part_replaces_its_own_and_an_empty_text_removes_it,
    x1_what_came_after_the_crm_was_written_is_known_as_not_written,
    what_the_crm_did_not_take_is_kept_at_the_entry,
);

fn note(text: &str) -> LateParts {
    LateParts {
        note: Some(text.to_owned()),
        ..LateParts::default()
    }
}

async fn put(fixture: &Fixture, parts: &LateParts) -> Option<EntryState> {
    let (key, now) = (EntryKey::new("e1"), fixture.now());
    let mut unit = fixture.begin().await;
    let state = unit.entries().put_late(&key, parts, now).await.unwrap();
    unit.commit().await.unwrap();
    state
}

async fn late(fixture: &Fixture) -> StoredLate {
    let mut unit = fixture.read().await;
    unit.entries().late(&EntryKey::new("e1")).await.unwrap()
}

async fn x1_a_note_can_be_there_before_its_call_has_ended(fixture: &Fixture) {
    assert_eq!(late(fixture).await, StoredLate::default());
    assert_eq!(put(fixture, &note("wants a quote")).await, None);
    let (system, connection) = (fixture.phone_system().await, fixture.connection().await);
    let mut unit = fixture.begin().await;
    let stored = unit.calls().put(system.id, &call("1", 0)).await.unwrap();
    let entry = entry("e1", stored, connection.id);
    assert!(unit.entries().insert(&entry).await.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(late(fixture).await.parts, note("wants a quote"));
    let state = put(fixture, &note("wants two")).await;
    assert_eq!(state, Some(EntryState::Waiting));
}

async fn x1_each_part_replaces_its_own_and_an_empty_text_removes_it(fixture: &Fixture) {
    put(fixture, &note("first")).await;
    let recording = "https://pbx.example/rec/1.wav?a=%20".parse().unwrap();
    let rest = LateParts {
        note: None,
        disposition: Some("Sold".to_owned()),
        recording: Some(recording),
    };
    put(fixture, &rest).await;
    let all = LateParts {
        note: Some("first".to_owned()),
        ..rest.clone()
    };
    assert_eq!(late(fixture).await.parts, all);
    put(fixture, &note("")).await;
    assert_eq!(late(fixture).await.parts, rest);
    assert_eq!(late(fixture).await.version, 3);
}

async fn x1_what_came_after_the_crm_was_written_is_known_as_not_written(fixture: &Fixture) {
    let key = EntryKey::new("e1");
    let written = async |version, held: &LateParts| {
        let mut unit = fixture.begin().await;
        let newer = unit.entries().late_written(&key, version, held).await;
        let newer = newer.unwrap();
        unit.commit().await.unwrap();
        newer
    };
    let nothing = LateParts::default();
    assert!(!written(0, &nothing).await, "there is nothing to write");
    put(fixture, &note("first")).await;
    assert!(written(0, &nothing).await);
    assert_eq!(late(fixture).await.held, nothing);
    put(fixture, &note("second")).await;
    assert!(written(1, &note("first")).await);
    let kept = late(fixture).await;
    assert_eq!((kept.parts, kept.held), (note("second"), note("first")));
    assert!(!written(2, &note("second")).await);
    assert_eq!(late(fixture).await.written, 2);
}

async fn what_the_crm_did_not_take_is_kept_at_the_entry(fixture: &Fixture) {
    let (system, connection) = (fixture.phone_system().await, fixture.connection().await);
    let mut unit = fixture.begin().await;
    let stored = unit.calls().put(system.id, &call("1", 0)).await.unwrap();
    let mut entry = entry("e1", stored, connection.id);
    unit.entries().insert(&entry).await.unwrap();
    entry.without = vec![Without {
        what: LeftOut::Owner,
        words: "operation performed with inactive user".to_owned(),
    }];
    unit.entries().update(&entry).await.unwrap();
    assert_eq!(unit.entries().get(&entry.key).await.unwrap(), Some(entry));
}
