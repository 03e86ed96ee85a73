//! Deletions, merges and conversions, person accounts, and what the index does not hold yet.

use linecard_conformance::{Company as _, Seed, Trouble, phone, started};
use linecard_crm::{Failure, Module, RecordRef};
use linecard_sandbox::salesforce::{Fault, FaultKind, Options};
use serde_json::json;

use crate::company::Acme;

const SEARCH: &str = "GET /services/data/v66.0/search";

#[tokio::test]
async fn a_contact_made_a_moment_ago_is_found_though_the_index_lags() {
    let acme = Acme::found().await;
    let old = acme.put(&Seed::contact("Old", "+14155550101"));
    acme.trouble(Trouble::IndexLag, 0);
    acme.settle().await;
    let new = acme.put(&Seed::contact("New", "(415) 555-0102"));
    for (number, at) in [("+14155550101", old), ("+14155550102", new)] {
        let found = acme.crm().find(&phone(number)).await.unwrap();
        let found: Vec<_> = found.into_iter().map(|record| record.at).collect();
        assert_eq!(found, [at], "{number}");
    }
    assert_eq!(acme.sandbox.requests_to(SEARCH), 2, "one for each");
}

#[tokio::test]
async fn an_index_that_knows_numbers_by_their_parts_finds_the_caller_by_the_tail() {
    let acme = Acme::found().await;
    acme.sandbox.set_up(|setup| setup.phones_by_parts = true);
    let grace = acme.put(&Seed::contact("Grace Hopper", "(415) 555-0134"));
    let found = acme.crm().find(&phone("+14155550134")).await.unwrap();
    let found: Vec<_> = found.into_iter().map(|record| record.at).collect();
    assert_eq!(found, [grace]);
}

#[tokio::test]
async fn f10_a_merged_contact_tells_whom_it_was_merged_into() {
    let acme = Acme::found().await;
    let master = acme.put(&Seed::contact("Grace Hopper", "+14155550134"));
    let loser = acme.put(&Seed::contact("G. Hopper", "+14155550134"));
    acme.sandbox.merge(&master.id, &loser.id).unwrap();
    let held = [master.id.clone(), loser.id.clone()];
    let gone = acme.crm().deleted(Module::Contact, started(), &held).await;
    let gone = gone.unwrap();
    assert_eq!(gone.len(), 1);
    assert_eq!(gone[0].at, loser);
    assert_eq!(gone[0].merged_into, Some(master));
}

#[tokio::test]
async fn f10_a_lead_that_became_a_contact_is_gone_as_a_lead() {
    let acme = Acme::found().await;
    let lead = acme.put(&Seed::contact("Grace Hopper", "+14155550134").of(Module::Lead));
    let contact = acme.sandbox.convert(&lead.id).unwrap();
    let held = [lead.id.clone()];
    let gone = acme.crm().deleted(Module::Lead, started(), &held).await;
    let gone = gone.unwrap();
    assert_eq!(gone[0].at, lead);
    assert_eq!(
        gone[0].merged_into.as_ref().map(|at| &at.id),
        contact.as_ref()
    );
    let read = acme.crm().read(Module::Lead, &held).await.unwrap();
    assert!(read.is_empty(), "{read:?}");
}

#[tokio::test]
async fn f10_of_many_held_contacts_the_deleted_are_told_with_one_request() {
    let acme = Acme::found().await;
    let held: Vec<RecordRef> = (0..300)
        .map(|index| acme.put(&Seed::contact(&format!("Person {index}"), "")))
        .collect();
    let ids: Vec<String> = held.iter().map(|at| at.id.clone()).collect();
    acme.crm().read(Module::Contact, &ids[..1]).await.unwrap();
    acme.settle().await;
    acme.delete(&held[7]);
    let before = acme.requests();
    let gone = acme.crm().deleted(Module::Contact, started(), &ids).await;
    assert_eq!(acme.requests() - before, 1);
    let gone: Vec<_> = gone.unwrap().into_iter().map(|it| it.at).collect();
    assert_eq!(gone, [held[7].clone()]);
}

#[tokio::test]
async fn f10_a_contact_that_was_purged_while_nobody_looked_is_gone() {
    let acme = Acme::found().await;
    let grace = acme.put(&Seed::contact("Grace Hopper", "+14155550134"));
    acme.delete(&grace);
    acme.sandbox.purge(&grace.id).unwrap();
    let held = [grace.id.clone()];
    let gone = acme.crm().deleted(Module::Contact, started(), &held).await;
    assert_eq!(gone.unwrap()[0].at, grace);
}

#[tokio::test]
async fn a_person_account_is_one_record_with_the_accounts_page() {
    let acme = Acme::found().await;
    acme.sandbox.set_up(|setup| setup.person_accounts = true);
    let ada = acme.user("ada@acme.example");
    let account = json!({"FirstName": "Pat", "LastName": "Person", "OwnerId": ada,
                         "PersonMobilePhone": "+14155550134"});
    let account = acme.sandbox.put("Account", &account).unwrap().unwrap();
    let found = acme.crm().find(&phone("+14155550134")).await.unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].at.module, Module::Contact);
    assert_eq!(found[0].name, "Pat Person");
    assert!(found[0].page.path().contains(&account), "{}", found[0].page);

    let read = |module| {
        let crm = acme.crm();
        async move { crm.changed(module, None).await.unwrap().changed }
    };
    assert_eq!(read(Module::Account).await, []);
    let people = read(Module::Contact).await;
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].record.at, found[0].at);
}

#[tokio::test]
async fn f19_a_first_reading_tells_how_many_there_are() {
    let acme = Acme::found().await;
    for index in 0..3 {
        acme.put(&Seed::contact(&format!("Person {index}"), "+14155550134"));
    }
    let first = acme.crm().changed(Module::Contact, None).await.unwrap();
    assert_eq!((first.changed.len(), first.total), (3, Some(3)));
    let later = acme
        .crm()
        .changed(Module::Contact, Some(&first.next))
        .await
        .unwrap();
    assert_eq!(later.total, None);
}

#[tokio::test]
async fn a_module_that_the_user_may_not_see_gives_nothing() {
    let acme = Acme::found().await;
    acme.sandbox.set_up(|setup| {
        setup.hidden_objects.insert("Lead".to_owned());
    });
    acme.put(&Seed::contact("Grace Hopper", "+14155550134").of(Module::Lead));
    let changes = acme.crm().changed(Module::Lead, None).await.unwrap();
    assert_eq!((changes.changed, changes.more), (Vec::new(), false));
}

#[tokio::test]
async fn f16_the_sync_stops_at_four_fifths_of_the_days_requests_and_a_call_does_not() {
    let acme = Acme::with(Options {
        daily_api_requests: 10,
        ..Options::default()
    })
    .await;
    let number = phone("+14155550134");
    // Versions, three descriptions, a search and its tail of three: most of the day is gone.
    acme.crm().find(&number).await.unwrap();
    let usage = acme.crm().usage();
    assert_eq!(usage.limit, Some(10));
    assert!(usage.used >= 8, "{usage:?}");
    let sync = acme.crm().changed(Module::Contact, None).await;
    assert!(matches!(sync, Err(Failure::Throttled { .. })), "{sync:?}");
}

#[tokio::test]
async fn a_query_that_takes_too_long_is_asked_again_later() {
    let acme = Acme::found().await;
    acme.sandbox
        .add_fault(Fault::new(FaultKind::QueryTimeout, 1));
    let changes = acme.crm().changed(Module::Contact, None).await;
    assert!(matches!(changes, Err(Failure::Retry { .. })), "{changes:?}");
    assert_eq!(acme.sandbox.fired(FaultKind::QueryTimeout), 1);
}
