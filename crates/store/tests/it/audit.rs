//! Who did what.

use linecard_store::{AccountId, AuditKind, NewAccount, NewAuditEntry, Role};

use crate::fixture::{Fixture, on_both_databases};

on_both_databases!(
    what_is_begun_is_there_before_its_result_is_known,
    the_result_is_written_to_its_own_entry,
    entries_are_listed_from_the_newest_page_by_page,
    what_was_done_outlives_the_account_that_did_it,
);

async fn account(fixture: &Fixture) -> AccountId {
    let mut unit = fixture.begin().await;
    let new = NewAccount {
        email: "alice@example.com".to_owned(),
        name: "Alice".to_owned(),
        role: Role::Agent,
        extension: None,
        password_hash: None,
        language: None,
    };
    let id = unit.accounts().create(new).await.unwrap().id;
    unit.commit().await.unwrap();
    id
}

fn dial(account: AccountId, number: &str) -> NewAuditEntry {
    NewAuditEntry {
        account,
        kind: AuditKind::Dial,
        phone_system: None,
        call: Some("lc-1".to_owned()),
        extension: Some("101".parse().unwrap()),
        number: Some(number.to_owned()),
    }
}

async fn what_is_begun_is_there_before_its_result_is_known(fixture: &Fixture) {
    let alice = account(fixture).await;
    let phone_system = fixture.phone_system().await.id;
    let mut unit = fixture.begin().await;
    let new = NewAuditEntry {
        phone_system: Some(phone_system),
        ..dial(alice, "+14155550134")
    };
    let id = unit.audit().begin(&new).await.unwrap();
    unit.commit().await.unwrap();
    let all = fixture.read().await.audit().recent(None, 10).await.unwrap();
    assert_eq!(all.len(), 1);
    let entry = &all[0];
    assert_eq!((entry.id, entry.at), (id, fixture.now()));
    assert_eq!(entry.account, alice);
    assert_eq!(entry.account_name.as_deref(), Some("Alice"));
    assert_eq!(entry.phone_system, Some(phone_system));
    assert_eq!(entry.call, new.call);
    assert_eq!(entry.extension, new.extension);
    assert_eq!(entry.number, new.number);
    assert_eq!(entry.result, None);
}

async fn the_result_is_written_to_its_own_entry(fixture: &Fixture) {
    let alice = account(fixture).await;
    let mut unit = fixture.begin().await;
    let mut audit = unit.audit();
    let first = audit.begin(&dial(alice, "1")).await.unwrap();
    fixture.advance(1);
    audit.begin(&dial(alice, "2")).await.unwrap();
    audit.complete(first, "busy").await.unwrap();
    let all = audit.recent(None, 10).await.unwrap();
    assert_eq!(all[0].result, None);
    assert_eq!(all[1].result.as_deref(), Some("busy"));
}

async fn entries_are_listed_from_the_newest_page_by_page(fixture: &Fixture) {
    let alice = account(fixture).await;
    let mut unit = fixture.begin().await;
    let mut audit = unit.audit();
    for number in ["1", "2", "3"] {
        audit.begin(&dial(alice, number)).await.unwrap();
        fixture.advance(1);
    }
    let page = audit.recent(None, 2).await.unwrap();
    let numbers = |entries: &[linecard_store::AuditEntry]| {
        entries
            .iter()
            .map(|entry| entry.number.clone().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(&page), ["3", "2"]);
    let before = (page[1].at, page[1].id);
    let rest = audit.recent(Some(before), 2).await.unwrap();
    assert_eq!(numbers(&rest), ["1"]);
}

async fn what_was_done_outlives_the_account_that_did_it(fixture: &Fixture) {
    let gone: AccountId = "01900000-0000-7000-8000-000000000001".parse().unwrap();
    let mut unit = fixture.begin().await;
    let mut audit = unit.audit();
    audit.begin(&dial(gone, "1")).await.unwrap();
    let all = audit.recent(None, 10).await.unwrap();
    assert_eq!(all[0].account_name, None);
}
