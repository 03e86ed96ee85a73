//! To whom a dial plan is told to put a caller through.

use linecard_crm::Failure;
use linecard_flow::Routed;
use linecard_rules::route::Reason;

use crate::office::{DEADLINE, Office, ext};

const GRACE: &str = "+14155550134";

/// What a dial plan is told that asks until the CRM has answered: a busy machine may well need
/// longer than one question waits.
async fn routed_at_last(office: &Office, number: &str) -> Routed {
    let answered = async {
        loop {
            match office.flow.routing().route(number).await {
                Routed::Default(Reason::TooLate) => {}
                routed => return routed,
            }
        }
    };
    tokio::time::timeout(DEADLINE, answered)
        .await
        .expect("always too late")
}

fn to_bob() -> Routed {
    Routed::Owner {
        extensions: vec![ext("102")],
        name: Some("Bob Brown".to_owned()),
    }
}

#[tokio::test]
async fn x8_a_caller_is_put_through_to_the_contacts_owner_and_the_crm_is_asked_once() {
    let office = Office::open().await;
    office.crm.has_owned(GRACE, "003G", "005B");
    assert_eq!(routed_at_last(&office, "4155550134").await, to_bob());
    assert_eq!(office.flow.routing().route(GRACE).await, to_bob());
    assert_eq!(office.crm.finds(), 1);
}

#[tokio::test]
async fn x8_a_caller_without_an_owner_goes_the_default_way_with_the_reason() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    office.crm.has_owned("+14155550135", "003H", "005Z");
    for (number, reason) in [
        (GRACE, Reason::NoOwner),
        ("+14155550135", Reason::OwnerNotBound),
        ("+14155550136", Reason::Unknown),
        ("anonymous", Reason::Withheld),
        ("tel:nonsense", Reason::Unreadable),
    ] {
        assert_eq!(
            routed_at_last(&office, number).await,
            Routed::Default(reason),
            "{number}"
        );
    }
}

#[tokio::test]
async fn x8_a_crm_that_hangs_is_not_waited_for_and_its_answer_counts_for_the_next_question() {
    let office = Office::open().await;
    office.crm.has_owned(GRACE, "003G", "005B");
    let held = office.crm.hold.write().await;
    let routed = office.flow.routing().route(GRACE).await;
    assert_eq!(routed, Routed::Default(Reason::TooLate));
    drop(held);
    assert_eq!(routed_at_last(&office, GRACE).await, to_bob());
    assert_eq!(office.crm.finds(), 1);
}

#[tokio::test]
async fn x8_a_crm_that_hangs_is_asked_for_no_more_callers_than_can_wait() {
    let office = Office::open().await;
    let _held = office.crm.hold.write().await;
    let mut reasons = Vec::new();
    let questions: Vec<_> = (0..100)
        .map(|caller| {
            let routing = office.flow.routing().clone();
            tokio::spawn(async move { routing.route(&format!("+1415555{caller:04}")).await })
        })
        .collect();
    for question in questions {
        reasons.push(question.await.unwrap());
    }
    assert!(reasons.contains(&Routed::Default(Reason::Unavailable)));
    assert!(office.crm.finds() <= 64, "{}", office.crm.finds());
}

#[tokio::test]
async fn x8_a_crm_that_fails_sends_the_caller_the_default_way() {
    let office = Office::open().await;
    office.crm.find_fails(Some(Failure::retry("down")));
    let routed = routed_at_last(&office, GRACE).await;
    assert_eq!(routed, Routed::Default(Reason::Unavailable));
}

#[tokio::test]
async fn x8_a_token_counts_until_the_next_one_also_after_a_restart() {
    let mut office = Office::open().await;
    assert!(!office.flow.routing().admits(""));
    assert_eq!(office.flow.routing().token_created(), None);
    let first = office.flow.routing().create_token().await.unwrap();
    let second = office.flow.routing().create_token().await.unwrap();
    office.restart().await;
    let routing = office.flow.routing();
    assert!(!routing.admits(&first) && routing.admits(&second));
    assert!(routing.token_created().is_some());
    routing.delete_token().await.unwrap();
    assert!(!routing.admits(&second));
}
