//! What agents are at: the same at every Desk, and kept.

use linecard_flow::{DeskEvent, DutyWish, Presence, Tendency};
use linecard_store::DutyState;

use crate::office::{Agent, Office, ext};

const GRACE: &str = "+14155550134";

fn lunch() -> DutyState {
    DutyState::Break(Some("Lunch".to_owned()))
}

fn to_lunch() -> DutyWish {
    DutyWish::Break(Some("Lunch".to_owned()))
}

/// What this Desk is told next of the agent's duty.
async fn hears_duty(agent: &mut Agent) -> DutyState {
    agent
        .sees(|event| match event {
            DeskEvent::Duty(duty) => Some(duty.state.clone()),
            _ => None,
        })
        .await
}

fn greeted(agent: &Agent) -> Option<DutyState> {
    agent.seat.hello().duty.map(|duty| duty.state)
}

#[tokio::test]
async fn a_break_is_the_same_at_all_desks_of_the_agent_and_no_other_agent_hears_of_it() {
    let office = Office::open().await;
    let (mut here, mut there) = (office.on_duty("101"), office.at_desk("101"));
    let bob = office.on_duty("102");
    office.goes("101", to_lunch());
    assert_eq!(hears_duty(&mut here).await, DutyState::On);
    for desk in [&mut here, &mut there] {
        assert_eq!(hears_duty(desk).await, lunch());
    }
    assert_eq!(greeted(&office.at_desk("101")), Some(lunch()));
    assert_eq!(greeted(&bob), Some(DutyState::On));
}

#[tokio::test]
async fn what_an_agent_is_at_outlives_their_desks_and_a_restart() {
    let mut office = Office::open().await;
    drop(office.on_duty("101"));
    assert_eq!(greeted(&office.at_desk("101")), Some(DutyState::On));
    office.goes("101", to_lunch());
    let since = office.flow.desk().duty(&ext("101")).unwrap().since;
    office.restart().await;
    let kept = office.at_desk("101").seat.hello().duty.unwrap();
    assert_eq!(kept.state, lunch());
    // The store keeps whole microseconds.
    assert_eq!(kept.since.as_microsecond(), since.as_microsecond());
    assert_eq!(greeted(&office.at_desk("102")), None);
}

#[tokio::test]
async fn d10_an_agent_on_a_break_is_not_reached_and_one_whose_desks_are_closed_neither() {
    let office = Office::open().await;
    office.crm.has(GRACE, "003G", "Grace Hopper");
    let presence = || office.flow.desk().presence(&ext("101"));
    let alice = office.on_duty("101");
    assert_eq!(presence(), Presence::OnDuty);
    office.goes("101", to_lunch());
    assert_eq!(presence(), Presence::OnBreak);
    let said = office.explains(GRACE).await.pop;
    assert_eq!(
        (said.tendency, said.reason),
        (Tendency::No, Some("on_break"))
    );
    assert_eq!(office.flow.desk().on_duty(), []);
    office.goes("101", DutyWish::On);
    assert_eq!(office.flow.desk().on_duty(), [ext("101")]);
    drop(alice);
    assert_eq!(presence(), Presence::SignedOut);
    assert_eq!(office.flow.desk().on_duty(), []);
}

#[tokio::test]
async fn wrap_up_follows_a_call_that_was_talked_in_and_ends_by_itself() {
    let office = Office::open().await;
    office.wraps_up(1).await;
    let mut alice = office.on_duty("101");
    let mut bob = office.on_duty("102");
    assert_eq!(hears_duty(&mut alice).await, DutyState::On);
    assert_eq!(hears_duty(&mut bob).await, DutyState::On);
    office
        .phones
        .ring("1.1", Some(GRACE), &["101", "102"])
        .await;
    office.phones.answer("1.1", "101", &["102"]).await;
    office.phones.hang_up("1.1", &["101"]).await;
    let state = hears_duty(&mut alice).await;
    assert!(matches!(state, DutyState::WrapUp(_)), "{state:?}");
    assert_eq!(hears_duty(&mut alice).await, DutyState::On);
    // Whose phone only rang has nothing to wrap up.
    assert_eq!(greeted(&bob), Some(DutyState::On));
}

#[tokio::test]
async fn wrap_up_comes_after_the_last_of_two_calls_and_not_on_a_break() {
    let office = Office::open().await;
    office.wraps_up(600).await;
    let alice = office.on_duty("101");
    for call in ["1.1", "1.2"] {
        office.phones.ring(call, Some(GRACE), &["101"]).await;
        office.phones.answer(call, "101", &[]).await;
    }
    office.phones.hang_up("1.1", &["101"]).await;
    office.history(|calls| calls.len() == 1).await;
    assert_eq!(greeted(&alice), Some(DutyState::On));
    office.goes("101", to_lunch());
    office.phones.hang_up("1.2", &["101"]).await;
    office.history(|calls| calls.len() == 2).await;
    assert_eq!(greeted(&alice), Some(lunch()));
}

#[tokio::test]
async fn a_break_for_a_reason_that_nobody_chose_is_refused() {
    let office = Office::open().await;
    let _alice = office.on_duty("101");
    let wish = DutyWish::Break(Some("Fishing".to_owned()));
    let refused = office.flow.change_duty(&ext("101"), wish).unwrap_err();
    assert_eq!(refused.0, "Fishing");
    let duty = office.flow.desk().duty(&ext("101")).unwrap();
    assert_eq!(duty.state, DutyState::On);
}

#[tokio::test]
async fn who_joins_a_queue_during_a_break_is_paused_there_at_once() {
    let office = Office::open().await;
    let (phones, queues) = (&office.phones, office.phones.queues());
    phones.joins_queue("101", "support").await;
    office.goes("101", to_lunch());
    queues.have("101", "support", Some("Lunch")).await;
    phones.joins_queue("101", "sales").await;
    queues.have("101", "sales", Some("Lunch")).await;
    office.goes("101", DutyWish::On);
    queues.have("101", "sales", None).await;
}

#[tokio::test]
async fn who_never_said_what_they_are_at_joins_a_queue_as_the_phone_system_has_it() {
    let office = Office::open().await;
    let (phones, queues) = (&office.phones, office.phones.queues());
    office.goes("102", DutyWish::Off);
    phones.joins_queue("101", "support").await;
    phones.joins_queue("102", "support").await;
    queues.have("102", "support", Some("Off duty")).await;
    assert_eq!(queues.reason("101", "support"), None);
}
