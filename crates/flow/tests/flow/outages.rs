//! Bad days: nothing is lost, nothing is written twice.

use jiff::SignedDuration;
use linecard_crm::{Advice, AdviceCode, Failure, PersonNeeded, Words};
use linecard_flow::TroubleKind;
use linecard_store::{Entry, EntryState, JobFilter, StoredCall};

use crate::office::crm::Answer;
use crate::office::{DEADLINE, Office, now};

const GRACE: &str = "+14155550134";

fn retry() -> Failure {
    Failure::retry("503")
}

fn revoked() -> Failure {
    Failure::needs_person(PersonNeeded::SignIn, "expired access/refresh token")
}

fn written(times: usize) -> impl Fn(&[(StoredCall, Vec<Entry>)]) -> bool {
    move |history| {
        let all = history.iter().flat_map(|(_, entries)| entries);
        all.filter(|entry| entry.state == EntryState::Written)
            .count()
            == times
    }
}

#[tokio::test]
async fn x6_a_crm_that_is_down_gets_the_call_once_it_is_back() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office
        .crm
        .answers([Answer::Fail(retry()), Answer::Fail(retry())]);
    office.phones.answered_call("1.1", GRACE).await;
    office.history(written(1)).await;
    assert_eq!(office.crm.written().len(), 1);
}

#[tokio::test]
async fn x6_a_lost_answer_is_looked_up_before_writing_again() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.answers([Answer::WriteAndLose]);
    office.phones.answered_call("1.1", GRACE).await;
    office.history(written(1)).await;
    assert_eq!(office.crm.written().len(), 1);
}

#[tokio::test]
async fn x6_a_call_that_ended_while_the_crm_could_not_be_asked_finds_its_person_later() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.find_fails(Some(retry()));
    office.phones.answered_call("1.1", GRACE).await;
    office.history(|history| history.len() == 1).await;
    office.crm.find_fails(None);
    office.history(written(1)).await;
    assert_eq!(office.crm.written()[0].who.id, "003G");
}

#[tokio::test]
async fn x6_what_waits_is_written_after_a_restart() {
    let mut office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.answers([Answer::Fail(retry())]);
    office.phones.answered_call("1.1", GRACE).await;
    office.history(|history| history.len() == 1).await;
    office.restart().await;
    office.history(written(1)).await;
    assert_eq!(office.crm.written().len(), 1);
}

#[tokio::test]
async fn x6_a_refused_entry_is_parked_with_the_crms_words_and_the_next_goes_on() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office
        .crm
        .answers([Answer::Fail(Failure::refused("inactive user"))]);
    office.phones.answered_call("1.1", GRACE).await;
    office
        .history(|history| {
            history.iter().any(|(_, entries)| {
                entries.iter().any(|entry| {
                    entry.state == EntryState::Parked
                        && entry.words.as_deref() == Some("inactive user")
                })
            })
        })
        .await;
    office.phones.answered_call("1.2", GRACE).await;
    office.history(written(1)).await;
}

#[tokio::test]
async fn x6_a_refusal_of_linecards_own_is_parked_as_advice_in_no_language() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let advice = Advice::about(AdviceCode::FieldRequired, "Region (Region__c)");
    office
        .crm
        .answers([Answer::Fail(Failure::refused(advice.clone()))]);
    office.phones.answered_call("1.1", GRACE).await;
    let said = Some(Words::from(advice.clone()));
    office
        .history(|history| {
            history.iter().any(|(_, entries)| {
                let mut parked = entries.iter().filter(|it| it.state == EntryState::Parked);
                parked.any(|it| it.words == said)
            })
        })
        .await;
    let outbox = office.flow.outbox();
    let list = outbox.list(Some(office.connection), JobFilter::Parked, None, 10);
    let job = list.await.unwrap().remove(0).job;
    assert_eq!(job.last_error.unwrap().advice, Some(advice));
}

#[tokio::test]
async fn a12_a_revoked_consent_stops_the_connection_and_signing_in_again_goes_on() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.answers([Answer::Fail(revoked())]);
    office.phones.answered_call("1.1", GRACE).await;
    let waiting = async {
        loop {
            let mut unit = office.flow.store().read().await.unwrap();
            let connection = unit
                .connections()
                .get(office.connection)
                .await
                .unwrap()
                .unwrap();
            if let Some(problem) = connection.problem {
                return problem;
            }
            drop(unit);
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    let problem = tokio::time::timeout(crate::office::DEADLINE, waiting)
        .await
        .unwrap();
    assert_eq!(problem.what, "sign_in");
    assert_eq!(problem.words, "expired access/refresh token");
    assert!(office.crm.written().is_empty());
    office.sign_in_again().await;
    office.history(written(1)).await;
    assert_eq!(office.crm.written().len(), 1);
}

#[tokio::test]
async fn x6_who_signs_in_again_does_not_wait_for_the_end_of_the_quotas_pause() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.answers([Answer::quota_used_up()]);
    office.phones.answered_call("1.1", GRACE).await;
    office.until_the_crm_is_left_alone().await;
    assert!(office.crm.written().is_empty());
    office.sign_in_again().await;
    office.history(written(1)).await;
}

#[tokio::test]
async fn x6_one_numbers_calls_are_written_in_their_order() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.answers([Answer::Fail(retry())]);
    for id in ["1.1", "1.2", "1.3"] {
        office.phones.answered_call(id, GRACE).await;
        office
            .history(|history| history.iter().any(|(it, _)| it.call.id.as_str() == id))
            .await;
    }
    office.history(written(3)).await;
    let starts: Vec<_> = office
        .crm
        .written()
        .into_iter()
        .map(|it| it.started)
        .collect();
    assert!(starts.is_sorted(), "{starts:?}");
}

#[tokio::test]
async fn x6_a_crm_that_never_answers_one_write_does_not_hold_up_other_numbers() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.has("+14155550135", "003H", "Henry");
    office.crm.answers([Answer::Hang]);
    office.phones.answered_call("1.1", GRACE).await;
    office.history(|history| history.len() == 1).await;
    office.phones.answered_call("1.2", "+14155550135").await;
    office.history(written(1)).await;
}

#[tokio::test]
async fn a12_a_spent_quota_is_told_of_until_the_crm_takes_requests_again() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let until = now().checked_add(SignedDuration::from_mins(10)).unwrap();
    let spent = Failure::Throttled {
        until: Some(until),
        words: "TotalRequests Limit exceeded.".to_owned().into(),
    };
    office.crm.answers([Answer::Fail(spent)]);
    let connections = office.flow.connections();
    assert_eq!(connections.trouble(office.connection), None);
    office.phones.answered_call("1.1", GRACE).await;
    let told = async {
        loop {
            if let Some(trouble) = connections.trouble(office.connection) {
                return trouble;
            }
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    };
    let told = tokio::time::timeout(DEADLINE, told).await.unwrap();
    assert_eq!(told.what, TroubleKind::Quota);
    assert_eq!(told.until, Some(until));
    assert_eq!(told.words, "TotalRequests Limit exceeded.");
    // Somebody has bought more and enters that.
    connections.reload(office.connection).await.unwrap();
    assert_eq!(connections.trouble(office.connection), None);
}
