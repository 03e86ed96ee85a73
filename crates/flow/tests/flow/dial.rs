//! Click-to-call: what is asked of the phone system, what the agent is told, what is kept.

use linecard_flow::{DeskEvent, DialError, DialRequest, DialStage, Dialling};
use linecard_pbx::{DialFailure, DialTarget, LinkState};
use linecard_rules::dial::Refusal;
use linecard_store::AuditEntry;

use crate::caller_match::{add, phonebook};
use crate::office::{DEADLINE, Office, ext};

const GRACE: &str = "+14155550134";

fn request(office: &Office, number: &str) -> DialRequest {
    DialRequest {
        account: office.admin,
        extension: ext("101"),
        number: number.to_owned(),
        auto_answer: false,
    }
}

fn dialling(event: &DeskEvent) -> Option<Dialling> {
    match event {
        DeskEvent::Dialling(dialling) => Some(dialling.as_ref().clone()),
        _ => None,
    }
}

fn at_stage(stage: DialStage) -> impl Fn(&DeskEvent) -> Option<Dialling> {
    move |event| dialling(event).filter(|dialling| dialling.stage == stage)
}

/// Waits until Linecard knows that the phone system is there.
async fn linked(office: &Office) {
    let systems = office.flow.phone_systems();
    let id = {
        let mut unit = office.flow.store().read().await.unwrap();
        unit.phone_systems().list().await.unwrap()[0].id
    };
    let up = async {
        while !matches!(systems.status(id).unwrap().state, LinkState::Up { .. }) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(DEADLINE, up).await.unwrap();
}

async fn audit(office: &Office) -> Vec<AuditEntry> {
    let mut unit = office.flow.store().read().await.unwrap();
    unit.audit().recent(None, None, 10).await.unwrap()
}

/// The audit log's newest entry, once its result is written.
async fn result(office: &Office) -> String {
    loop {
        if let Some(result) = audit(office).await.remove(0).result {
            return result;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn c2_a_click_rings_the_own_phone_under_the_customers_name() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let mut alice = office.at_desk("101");
    linked(&office).await;
    let call = office
        .flow
        .dial(request(&office, "(415) 555-0134"))
        .await
        .unwrap();
    let (order, say) = office.phones.order().await;
    assert_eq!(order.call, call.call);
    assert_eq!(order.extension, ext("101"));
    assert_eq!(order.name.as_deref(), Some("Grace Hopper"));
    assert_eq!(
        order.to,
        DialTarget::Outside {
            number: GRACE.parse().unwrap(),
            local: "4155550134".to_owned(),
        }
    );
    let ringing = alice.sees(at_stage(DialStage::Ringing)).await;
    assert_eq!(ringing.call, call);
    assert_eq!(ringing.number, "(415) 555-0134");
    // A Desk that is opened meanwhile shows it too.
    assert_eq!(office.at_desk("101").seat.hello().dialling.len(), 1);
    say.send(Ok(())).unwrap();
    alice.sees(at_stage(DialStage::Answered)).await;
    assert!(office.at_desk("101").seat.hello().dialling.is_empty());
}

#[tokio::test]
async fn b8_an_unbound_agents_click_asks_nothing_of_the_crm() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    linked(&office).await;
    let unbound = DialRequest {
        extension: ext("103"),
        ..request(&office, GRACE)
    };
    office.flow.dial(unbound).await.unwrap();
    let (order, _say) = office.phones.order().await;
    assert_eq!(order.name, None);
    assert_eq!(office.crm.finds(), 0);
}

#[tokio::test]
async fn c2_whom_no_crm_knows_is_called_by_the_name_in_the_phonebook() {
    let office = Office::open().await;
    let book = phonebook(office.flow.store(), "Suppliers").await;
    add(office.flow.store(), book, "Grace at home").await;
    linked(&office).await;
    office.flow.dial(request(&office, GRACE)).await.unwrap();
    let (order, _say) = office.phones.order().await;
    assert_eq!(order.name.as_deref(), Some("Grace at home"));
}

#[tokio::test]
async fn c2_a_colleague_is_called_by_name() {
    let office = Office::open().await;
    linked(&office).await;
    office.flow.dial(request(&office, "102")).await.unwrap();
    let (order, _say) = office.phones.order().await;
    assert_eq!(order.to, DialTarget::Extension(ext("102")));
    assert_eq!(order.name.as_deref(), Some("Bob Brown"));
}

#[tokio::test]
async fn c2_why_it_failed_comes_back_to_the_one_who_clicked_and_into_the_audit_log() {
    let office = Office::open().await;
    let (mut alice, mut bob) = (office.at_desk("101"), office.at_desk("102"));
    linked(&office).await;
    let call = office.flow.dial(request(&office, "102")).await.unwrap();
    let (_, say) = office.phones.order().await;
    let begun = audit(&office).await.remove(0);
    assert_eq!(begun.result, None);
    assert_eq!(begun.account, office.admin);
    assert_eq!(begun.extension, Some(ext("101")));
    assert_eq!(begun.number.as_deref(), Some("102"));
    assert_eq!(begun.call.as_deref(), Some(call.call.as_str()));
    say.send(Err(DialFailure::NotAnswered)).unwrap();
    let failed = DialStage::Failed(DialFailure::NotAnswered);
    alice.sees(at_stage(failed)).await;
    assert_eq!(result(&office).await, "own_phone_not_answered");
    // Nobody else is told.
    office.phones.ring("1.1", None, &["102"]).await;
    let first = bob.sees(|event| Some(event.clone())).await;
    assert_eq!(dialling(&first), None);
}

#[tokio::test]
async fn c2_a_denied_number_never_reaches_the_phone_system_and_is_written_down() {
    let office = Office::open().await;
    linked(&office).await;
    let refused = office
        .flow
        .dial(request(&office, "+882 16 5555 0134"))
        .await;
    assert!(
        matches!(refused, Err(DialError::Refused(Refusal::Denied(_)))),
        "{refused:?}"
    );
    assert!(office.phones.has_no_order().await);
    let entry = audit(&office).await.remove(0);
    assert_eq!(entry.number.as_deref(), Some("+882 16 5555 0134"));
    assert_eq!(entry.result.as_deref(), Some("denied_number"));
}

#[tokio::test]
async fn c2_the_ranges_that_an_admin_denies_count_at_once() {
    let office = Office::open().await;
    linked(&office).await;
    let mut organisation = office.flow.organisation().await.unwrap();
    organisation.dial.denied = vec!["+1415".to_owned().try_into().unwrap()];
    organisation.home_addresses = vec!["http://linecard.test".parse().unwrap()];
    office.flow.put_organisation(organisation).await.unwrap();
    let refused = office.flow.dial(request(&office, GRACE)).await;
    assert!(matches!(refused, Err(DialError::Refused(_))), "{refused:?}");
}

#[tokio::test]
async fn a_call_that_is_under_way_when_linecard_stops_has_a_result() {
    let mut office = Office::open().await;
    linked(&office).await;
    office.flow.dial(request(&office, "102")).await.unwrap();
    let (_, _say) = office.phones.order().await;
    office.restart().await;
    assert_eq!(result(&office).await, "link_lost");
}

#[tokio::test]
async fn c2_a_call_that_is_given_up_while_the_crm_is_asked_rings_nobody() {
    let office = Office::open().await;
    let held = office.crm.hold.write().await;
    let mut alice = office.at_desk("101");
    linked(&office).await;
    let call = office.flow.dial(request(&office, GRACE)).await.unwrap();
    alice.sees(at_stage(DialStage::Ringing)).await;
    let systems = office.flow.phone_systems();
    // Nobody else can.
    systems.hang_up(&call, &ext("102")).await.unwrap_err();
    systems.hang_up(&call, &ext("101")).await.unwrap();
    alice
        .sees(at_stage(DialStage::Failed(DialFailure::Cancelled)))
        .await;
    assert_eq!(result(&office).await, "given_up");
    assert!(office.phones.has_no_order().await);
    drop(held);
}

#[tokio::test]
async fn what_was_typed_is_kept_without_what_no_database_takes() {
    let office = Office::open().await;
    linked(&office).await;
    let refused = office.flow.dial(request(&office, "call\0 me\u{7}")).await;
    assert!(matches!(refused, Err(DialError::Refused(_))), "{refused:?}");
    let entry = audit(&office).await.remove(0);
    assert_eq!(entry.number.as_deref(), Some("call me"));
}
