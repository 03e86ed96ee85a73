//! Joining by settings alone (A18, A20, A24), looking around (A13), and leaving (H4, H6).

use linecard_crm::{Ability, Check, Failure, PersonNeeded};
use linecard_flow::{AuthorizeError, Disconnected, WaitingWrites};
use linecard_store::EntryState;

use crate::office::Office;

const GRACE: &str = "+14155550134";

fn down() -> Failure {
    Failure::retry("503")
}

#[tokio::test]
async fn a18_a_crm_is_joined_by_what_the_admin_filled_in() {
    let office = Office::open().await;
    let id = office.add_second("good").await;
    office.flow.connections().connect(id).await.unwrap();
    let kept = office.kept(id).await.unwrap();
    assert_eq!(kept.organisation.as_deref(), Some("00D1"));
    assert!(office.flow.connections().usage(id).is_some());
    let last = office.flow.connections().last_authorization(id);
    assert_eq!(last.unwrap().result, Ok(()));
}

#[tokio::test]
async fn a20_a_wrong_key_is_told_at_once_in_the_crms_words() {
    let office = Office::open().await;
    let id = office.add_second("bad").await;
    let refused = office.flow.connections().connect(id).await;
    assert_eq!(refused.unwrap_err().words(), "no such key");
    assert_eq!(office.kept(id).await.unwrap().organisation, None);
    let last = office.flow.connections().last_authorization(id).unwrap();
    assert_eq!(last.result.unwrap_err().code, "crm_configuration");
}

#[tokio::test]
async fn a24_a_key_of_another_organisation_is_refused() {
    let office = Office::open().await;
    let id = office.join_second().await;
    office.second.consents_as("OTHER");
    let refused = office.flow.connections().connect(id).await;
    let Err(AuthorizeError::OtherOrganisation {
        connected,
        signed_in,
    }) = refused
    else {
        panic!("was not refused");
    };
    assert_eq!((connected.as_str(), signed_in.as_str()), ("2ORG", "OTHER"));
}

#[tokio::test]
async fn a13_what_a_look_at_the_connection_showed_is_kept() {
    let office = Office::open().await;
    office.crm.shows(Check {
        ability: Ability::ListUsers,
        result: Err(Failure::needs_person(
            PersonNeeded::Permission,
            "insufficient scope",
        )),
    });
    let connections = office.flow.connections();
    assert_eq!(office.kept(office.connection).await.unwrap().probe, None);
    connections.probe(office.connection).await.unwrap();
    let kept = office.kept(office.connection).await.unwrap().probe.unwrap();
    assert_eq!(kept.checks[0].ability, "list_users");
    assert_eq!(kept.checks[0].words.as_deref(), Some("insufficient scope"));
}

/// An office with a call whose entry waits, because its CRM is switched off.
async fn with_a_waiting_write() -> Office {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.find_fails(Some(down()));
    office.phones.answered_call("1.1", GRACE).await;
    office.history(|all| !all.is_empty()).await;
    office
        .flow
        .connections()
        .set_enabled(office.connection, false)
        .await
        .unwrap();
    office.crm.find_fails(None);
    office
}

#[tokio::test]
async fn h6_disconnect_asks_what_becomes_of_writes_that_wait() {
    let office = with_a_waiting_write().await;
    let connections = office.flow.connections();
    let asked = connections.disconnect(office.connection, None).await;
    assert_eq!(asked.unwrap(), Disconnected::Asks(1));
    assert!(office.kept(office.connection).await.is_some());
}

#[tokio::test]
async fn h6_writes_that_are_discarded_are_listed_as_that_and_never_sent() {
    let office = with_a_waiting_write().await;
    let connections = office.flow.connections();
    let discard = Some(WaitingWrites::Discard);
    let done = connections.disconnect(office.connection, discard).await;
    assert_eq!(done.unwrap(), Disconnected::Done);
    assert_eq!(office.kept(office.connection).await, None);
    let history = office.history(|_| true).await;
    let entry = &history[0].1[0];
    assert_eq!(entry.state, EntryState::Skipped);
    assert_eq!(entry.reason.as_deref(), Some("discarded"));
    assert_eq!(office.crm.written(), []);
}

#[tokio::test]
async fn h6_writes_that_go_first_are_written_and_then_the_connection_ends_by_itself() {
    let mut office = with_a_waiting_write().await;
    let held = office.crm.hold.write().await;
    let connections = office.flow.connections();
    let first = Some(WaitingWrites::SendFirst);
    let sending = connections.disconnect(office.connection, first).await;
    assert_eq!(sending.unwrap(), Disconnected::Sending(1));
    drop(held);
    // That is not forgotten when Linecard is stopped meanwhile.
    office.restart().await;
    let gone = async {
        while office.kept(office.connection).await.is_some() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(crate::office::DEADLINE, gone)
        .await
        .expect("never gone");
    assert_eq!(office.crm.written().len(), 1);
    assert!(office.crm.is_revoked());
    let history = office.history(|_| true).await;
    assert_eq!(history[0].1[0].state, EntryState::Written);
}

#[tokio::test]
async fn h4_without_waiting_writes_disconnect_needs_no_answer_and_leaves_the_other_crm_alone() {
    let office = Office::open().await;
    let second = office.join_second().await;
    let connections = office.flow.connections();
    let done = connections.disconnect(office.connection, None).await;
    assert_eq!(done.unwrap(), Disconnected::Done);
    assert!(office.crm.is_revoked());
    assert_eq!(office.kept(office.connection).await, None);
    assert!(office.kept(second).await.is_some());
    assert!(!office.second.is_revoked());
}
