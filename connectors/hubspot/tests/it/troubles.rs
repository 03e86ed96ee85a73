//! HubSpot's own bad days.

use std::time::Duration;

use jiff::SignedDuration;
use linecard_conformance::{entry, phone, started};
use linecard_crm::{Failure, LateParts, LogEntry};
use linecard_sandbox::hubspot::{Fault, FaultKind, Target};

use crate::account::Account;

fn asked(account: &Account) -> LogEntry {
    let grace = account.contact("Hopper", "+14155550134");
    entry("key-1", &account.owner("alice"), &grace)
}

#[tokio::test]
async fn a_locked_record_and_a_moving_account_say_when_to_come_back() {
    for (fault, pause) in [(FaultKind::Locked, 2), (FaultKind::Migrating, 60)] {
        let account = Account::consented().await;
        let asked = asked(&account);
        account
            .sandbox
            .add_fault(Fault::new(fault, 1).at(Target::Writes));
        let told = account.crm.log(&asked).await;
        let Err(Failure::Retry { after, .. }) = told else {
            panic!("{fault:?}: {told:?}");
        };
        assert_eq!(after, Some(Duration::from_secs(pause)), "{fault:?}");
        assert!(account.sandbox.records("calls").is_empty());
    }
}

#[tokio::test]
async fn the_days_quota_stops_every_request_until_it_is_worth_a_try() {
    let account = Account::consented().await;
    let asked = asked(&account);
    account.sandbox.add_fault(Fault::new(FaultKind::Daily, 1));
    let told = account.crm.log(&asked).await;
    let Err(Failure::Throttled {
        until: Some(until), ..
    }) = told
    else {
        panic!("{told:?}");
    };
    assert_eq!(
        until.duration_since(started()),
        SignedDuration::from_mins(15)
    );
    let before = account.sandbox.requests();
    let held = account.crm.find(&phone("+14155550134")).await;
    assert!(matches!(held, Err(Failure::Throttled { .. })), "{held:?}");
    assert_eq!(account.sandbox.requests(), before, "nothing is sent");
    account.pass(15 * 60);
    account.crm.log(&asked).await.unwrap();
}

#[tokio::test]
async fn f16_the_quota_of_the_day_is_read_from_the_answers() {
    let account = Account::consented().await;
    account.sandbox.switch(|switches| switches.daily = 1_000);
    account.crm.users().await.unwrap();
    let usage = account.crm.usage();
    assert_eq!(usage.limit, Some(1_000));
    // The key was tried before: that is the first of them.
    assert_eq!(usage.used, 2);
    assert_eq!(usage.told, Some(started()));
}

#[tokio::test]
async fn a_limit_of_ten_seconds_is_over_after_ten_seconds() {
    let account = Account::consented().await;
    let asked = asked(&account);
    account.sandbox.switch(|switches| switches.ten_s = 1);
    let told = account.crm.log(&asked).await;
    let Err(Failure::Throttled {
        until: Some(until), ..
    }) = told
    else {
        panic!("{told:?}");
    };
    assert_eq!(
        until.duration_since(started()),
        SignedDuration::from_secs(10)
    );
    account.pass(10);
    account.crm.log(&asked).await.unwrap();
}

#[tokio::test]
async fn a_page_instead_of_a_404_is_understood() {
    let account = Account::consented().await;
    let asked = asked(&account);
    let id = account.crm.log(&asked).await.unwrap().id;
    account
        .sandbox
        .add_fault(Fault::new(FaultKind::NotFoundPage, 1).at(Target::Writes));
    let told = account.crm.amend(&id, &asked, &LateParts::default()).await;
    assert!(matches!(told, Err(Failure::Refused { .. })), "{told:?}");
}
