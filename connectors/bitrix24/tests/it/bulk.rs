//! Many calls with one batch, where the batch itself is a trap.

use linecard_crm::{Failure, LogEntry};
use linecard_sandbox::bitrix24::{Fault, FaultKind};

use crate::acme::{Acme, entry};

fn calls(acme: &Acme, many: usize) -> Vec<LogEntry> {
    let who = acme.contact("Maya", "+14155550134");
    let company = acme.company("Blue Harbor");
    (0..many)
        .map(|number| LogEntry {
            account: Some(company.clone()),
            ..entry(&format!("key-{number}"), &who)
        })
        .collect()
}

#[tokio::test]
async fn x6_as_many_as_go_at_once_with_their_companies_are_one_request() {
    let acme = Acme::new().await;
    let calls = calls(&acme, acme.crm.bulk());
    let (requests, told) = acme.requests(acme.crm.log_many(&calls)).await;
    assert_eq!(requests, 1);
    assert!(told.unwrap().iter().all(Result::is_ok));
    for activity in acme.activities() {
        assert_eq!(activity["BINDINGS"].as_array().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn a_text_that_a_batch_would_replace_is_written_as_it_is() {
    let acme = Acme::new().await;
    let mut calls = calls(&acme, 3);
    calls[1].subject = "Offer for $result[0]".to_owned();
    calls[1].description = "see $result[0][ID] and $RESULT[1]".to_owned();
    let told = acme.crm.log_many(&calls).await.unwrap();
    assert!(told.iter().all(Result::is_ok), "{told:?}");
    let activities = acme.activities();
    let odd = activities
        .iter()
        .find(|one| one["ORIGIN_ID"] == "key-1")
        .unwrap();
    assert_eq!(odd["SUBJECT"], "Offer for $result[0]");
    assert_eq!(odd["DESCRIPTION"], "see $result[0][ID] and $RESULT[1]");
    assert_eq!(odd["BINDINGS"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_success_as_a_whole_is_no_success_of_each() {
    let acme = Acme::new().await;
    let calls = calls(&acme, 4);
    acme.sandbox.add_fault(Fault::new(FaultKind::Validation, 2));
    let told = acme.crm.log_many(&calls).await.unwrap();
    let refused: Vec<bool> = told
        .iter()
        .map(|fate| matches!(fate, Err(Failure::Refused { .. })))
        .collect();
    assert_eq!(refused, [true, true, false, false]);
    assert_eq!(acme.activities().len(), 2);
    for (fate, activity) in told.iter().skip(2).zip(acme.activities()) {
        assert_eq!(activity["ID"], fate.as_ref().unwrap().id);
    }
}

#[tokio::test]
async fn when_all_are_refused_each_is_told_so() {
    let acme = Acme::new().await;
    let calls = calls(&acme, 3);
    acme.sandbox.add_fault(Fault::new(FaultKind::Validation, 3));
    let told = acme.crm.log_many(&calls).await.unwrap();
    assert!(
        told.iter()
            .all(|fate| matches!(fate, Err(Failure::Refused { .. }))),
        "{told:?}"
    );
}
