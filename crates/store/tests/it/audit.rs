//! Who did what.

use std::net::IpAddr;

use linecard_store::{AccountId, AuditKind, Deed, NewAccount, NewAuditEntry, Role, acting_from};

use crate::fixture::{Fixture, on_both_databases};

on_both_databases!(
    what_is_begun_is_there_before_its_result_is_known,
    the_result_is_written_to_its_own_entry,
    entries_are_listed_from_the_newest_page_by_page,
    what_was_done_outlives_the_account_that_did_it,
    what_is_done_for_somebody_has_their_address_and_what_linecard_does_has_none,
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
    let all = fixture
        .read()
        .await
        .audit()
        .recent(None, None, 10)
        .await
        .unwrap();
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
    let all = audit.recent(None, None, 10).await.unwrap();
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
    let page = audit.recent(None, None, 2).await.unwrap();
    let numbers = |entries: &[linecard_store::AuditEntry]| {
        entries
            .iter()
            .map(|entry| entry.number.clone().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(&page), ["3", "2"]);
    let before = (page[1].at, page[1].id);
    let rest = audit.recent(Some(before), None, 2).await.unwrap();
    assert_eq!(numbers(&rest), ["1"]);
}

async fn what_was_done_outlives_the_account_that_did_it(fixture: &Fixture) {
    let gone: AccountId = "01900000-0000-7000-8000-000000000001".parse().unwrap();
    let mut unit = fixture.begin().await;
    let mut audit = unit.audit();
    audit.begin(&dial(gone, "1")).await.unwrap();
    let all = audit.recent(None, None, 10).await.unwrap();
    assert_eq!(all[0].account_name, None);
}

async fn what_is_done_for_somebody_has_their_address_and_what_linecard_does_has_none(
    fixture: &Fixture,
) {
    let alice = account(fixture).await;
    let mut unit = fixture.begin().await;
    let deed = Deed {
        account: alice,
        kind: AuditKind::MailChange,
        subject: "smtp.example.com".to_owned(),
        amount: None,
    };
    unit.audit().done(&deed).await.unwrap();
    fixture.advance(1);
    let address: IpAddr = "192.0.2.7".parse().unwrap();
    // As the operating system tells it where both kinds of address come in at one port.
    let mapped: IpAddr = "::ffff:192.0.2.7".parse().unwrap();
    acting_from(mapped, unit.audit().done(&deed)).await.unwrap();
    fixture.advance(1);
    let begun = dial(alice, "1");
    acting_from(mapped, unit.audit().begin(&begun))
        .await
        .unwrap();
    let all = unit.audit().recent(None, None, 10).await.unwrap();
    let told: Vec<_> = all.iter().map(|it| it.address).collect();
    assert_eq!(told, [Some(address), Some(address), None]);
    let of_address = unit.audit().recent(None, Some(mapped), 1).await.unwrap();
    assert_eq!(of_address, all[..1]);
    let before = Some((all[0].at, all[0].id));
    let of_address = unit.audit().recent(before, Some(address), 9).await.unwrap();
    assert_eq!(of_address, all[1..2]);
    let elsewhere = Some("192.0.2.8".parse().unwrap());
    assert_eq!(unit.audit().recent(None, elsewhere, 9).await.unwrap(), []);
}
