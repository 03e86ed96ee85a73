//! What changed, and what is gone.

use linecard_conformance::started;
use linecard_crm::{Cursor, Module, Person};
use linecard_sandbox::hubspot::Switches;

use crate::account::{Account, at};

const SEARCH: &str = "POST /crm/objects/2026-09/contacts/search";
const LIST: &str = "GET /crm/objects/2026-09/contacts";
const READ: &str = "POST /crm/objects/2026-09/contacts/batch/read";

async fn read_on(account: &Account, mut cursor: Option<Cursor>) -> (Vec<Person>, Cursor) {
    let mut read = Vec::new();
    for _ in 0..200 {
        let page = account
            .crm
            .changed(Module::Contact, cursor.as_ref())
            .await
            .unwrap();
        read.extend(page.changed);
        if !page.more {
            return (read, page.next);
        }
        cursor = Some(page.next);
    }
    panic!("it never ends");
}

fn ids(people: &[Person]) -> std::collections::BTreeSet<String> {
    people
        .iter()
        .map(|person| person.record.at.id.clone())
        .collect()
}

/// The cursor of an account that has been read to its end.
async fn caught_up(account: &Account) -> Cursor {
    let (_, cursor) = read_on(account, None).await;
    account.pass(3_600);
    let (_, cursor) = read_on(account, Some(cursor)).await;
    account.pass(3_600);
    cursor
}

#[tokio::test]
async fn f19_a_first_reading_tells_how_many_there_are() {
    let account = Account::consented().await;
    for number in 0..250 {
        account.contact(&format!("Person {number}"), "");
    }
    let first = account.crm.changed(Module::Contact, None).await.unwrap();
    assert_eq!((first.total, first.changed.len()), (Some(250), 200));
    let second = account
        .crm
        .changed(Module::Contact, Some(&first.next))
        .await
        .unwrap();
    assert_eq!((second.total, second.more), (Some(250), false));
}

#[tokio::test]
async fn f10_an_import_at_one_moment_is_read_whole_though_it_is_longer_than_the_window() {
    let account = Account::consented().await;
    let cursor = caught_up(&account).await;
    // The real window is 10,000.
    account
        .sandbox
        .switch(|switches| switches.search_window = 300);
    for number in 0..450 {
        account.contact(&format!("Import {number}"), "");
    }
    let (read, cursor) = read_on(&account, Some(cursor)).await;
    assert_eq!(ids(&read).len(), 450);
    account.pass(1);
    let later = account.contact("Later", "");
    let (read, _) = read_on(&account, Some(cursor)).await;
    assert!(ids(&read).contains(&later.id));
}

#[tokio::test]
async fn f10_who_changes_while_one_reads_draws_nobody_past_the_reader() {
    let account = Account::consented().await;
    let cursor = caught_up(&account).await;
    let mut people = Vec::new();
    for number in 0..450 {
        people.push(account.contact(&format!("Person {number}"), ""));
        account.pass(1);
    }
    let first = account
        .crm
        .changed(Module::Contact, Some(&cursor))
        .await
        .unwrap();
    // Those who were read move to the end, and everybody else one place forward.
    for person in &people[..50] {
        assert!(
            account
                .sandbox
                .change("contacts", &person.id, &[("city", "Berlin")])
        );
        account.pass(1);
    }
    let (rest, _) = read_on(&account, Some(first.next)).await;
    let mut read = first.changed;
    read.extend(rest);
    assert_eq!(ids(&read).len(), 450);
}

#[tokio::test]
async fn f10_what_the_index_takes_up_late_is_seen_all_the_same() {
    let account = Account::consented().await;
    let cursor = caught_up(&account).await;
    account
        .sandbox
        .switch(|switches| switches.search_lag_ms = 60_000);
    let late = account.contact("Late", "");
    account.pass(10);
    // The index is ahead for others: somebody who changed later is seen first.
    account
        .sandbox
        .switch(|switches| switches.search_lag_ms = 0);
    let soon = account.contact("Soon", "");
    account.pass(1);
    account.sandbox.archive("contacts", &late.id);
    let (read, cursor) = read_on(&account, Some(cursor)).await;
    assert_eq!(ids(&read), [soon.id].into());
    account.pass(1);
    let (read, _) = read_on(&account, Some(cursor)).await;
    assert_eq!(
        read.len(),
        1,
        "the last minutes come again, so that nobody is missed"
    );
}

#[tokio::test]
async fn f10_a_quiet_account_costs_one_request() {
    let account = Account::with(Switches {
        token_lifetime_s: 100_000,
        ..Switches::default()
    })
    .await;
    account.contact("Person", "");
    let cursor = caught_up(&account).await;
    let before = account.sandbox.requests_to(SEARCH);
    let (read, _) = read_on(&account, Some(cursor)).await;
    assert!(read.is_empty(), "{read:?}");
    assert_eq!(account.sandbox.requests_to(SEARCH) - before, 1);
}

#[tokio::test]
async fn f5_leads_give_nothing_because_their_contacts_do() {
    let account = Account::consented().await;
    let contact = account.contact("Chen", "(646) 555-0190");
    let lead = account.lead("New website", &contact);
    let page = account.crm.changed(Module::Lead, None).await.unwrap();
    assert!(page.changed.is_empty() && !page.more);
    let read = account.crm.read(Module::Lead, &[lead.id]).await.unwrap();
    assert_eq!(read[0].numbers[0].number, "(646) 555-0190");
}

#[tokio::test]
async fn f10_deletions_among_many_are_known_from_the_short_list_of_what_is_archived() {
    let account = Account::consented().await;
    let held: Vec<String> = (0..450)
        .map(|number| account.contact(&format!("Person {number}"), "").id)
        .collect();
    account.sandbox.archive("contacts", &held[7]);
    assert!(account.sandbox.merge("contacts", &held[1], &held[2]));
    let before = account.sandbox.requests();
    let gone = account
        .crm
        .deleted(Module::Contact, started(), &held)
        .await
        .unwrap();
    assert_eq!(
        account.sandbox.requests() - before,
        2,
        "one page, and the merges"
    );
    assert_eq!(account.sandbox.requests_to(LIST), 1);
    let told: Vec<_> = gone.iter().map(|one| one.at.id.as_str()).collect();
    assert_eq!(told, [held[2].as_str(), held[7].as_str()]);
    assert_eq!(gone[0].merged_into, Some(at(Module::Contact, &held[1])));
    assert_eq!(gone[1].merged_into, None);
}

#[tokio::test]
async fn f10_where_much_is_archived_the_records_held_are_read() {
    let account = Account::consented().await;
    let mut held: Vec<String> = (0..650)
        .map(|number| account.contact(&format!("Person {number}"), "").id)
        .collect();
    for id in &held[..310] {
        account.sandbox.archive("contacts", id);
    }
    let held: Vec<String> = held.drain(309..610).collect();
    for round in 1..=3 {
        let gone = account
            .crm
            .deleted(Module::Contact, started(), &held)
            .await
            .unwrap();
        assert_eq!(gone.len(), 1, "{round}");
    }
    assert_eq!(
        account.sandbox.requests_to(LIST),
        3,
        "the list was longer: not tried again"
    );
    assert_eq!(account.sandbox.requests_to(READ), 3 * 4);
}

#[tokio::test]
async fn f10_a_merge_leads_to_the_record_that_stays() {
    let account = Account::with(Switches::default()).await;
    let stays = account.contact("Hopper", "+14155550134");
    let goes = account.contact("Hopper, G.", "+14155550134");
    assert!(account.sandbox.merge("contacts", &stays.id, &goes.id));
    let held = [stays.id.clone(), goes.id.clone()];
    let gone = account
        .crm
        .deleted(Module::Contact, started(), &held)
        .await
        .unwrap();
    assert_eq!(gone.len(), 1);
    assert_eq!((&gone[0].at, &gone[0].merged_into), (&goes, &Some(stays)));
}
