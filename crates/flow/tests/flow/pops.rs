//! When, and at which of an agent's clients, the contact's page opens.

use linecard_flow::{DeskEvent, DutyWish, Tendency};
use linecard_rules::pop::{Client, Manner, Manners, Mode, OwnManners, Trigger};
use linecard_store::DeviceId;

use crate::office::{Agent, Office};

const GRACE: &str = "+14155550134";

fn at(trigger: Trigger) -> Manner {
    Manner {
        mode: Mode::Automatic,
        trigger,
    }
}

fn by(mode: Mode) -> Manner {
    Manner {
        mode,
        trigger: Trigger::Ringing,
    }
}

fn everywhere(manner: Manner) -> Manners {
    Manners {
        web: manner,
        desktop: manner,
    }
}

/// A company that knows Grace, who is Alice's contact, and opens pages like this.
async fn office(manners: Manners) -> Office {
    let office = Office::open().await;
    office.crm.has_owned(GRACE, "003G", "005A");
    office.pops(manners).await;
    office
}

/// What came until the call was over for the agent: states of the card, pops, the end. What says
/// the same again is left out.
async fn story(agent: &mut Agent) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    while told.last().is_none_or(|last| last != "gone") {
        let next = agent
            .sees(|event| match event {
                DeskEvent::Card(card) => Some(format!("{:?}", card.state).to_lowercase()),
                DeskEvent::Pop { .. } => Some("pop".to_owned()),
                DeskEvent::Gone(_) => Some("gone".to_owned()),
                _ => None,
            })
            .await;
        if told.last() != Some(&next) {
            told.push(next);
        }
    }
    told
}

/// The next page that opens, or the end of the call.
async fn pop_or_end(agent: &mut Agent) -> &'static str {
    agent
        .sees(|event| match event {
            DeskEvent::Pop { .. } => Some("pop"),
            DeskEvent::Gone(_) => Some("end"),
            _ => None,
        })
        .await
}

/// Rings, is known, and is answered and ended by 101.
async fn answered(office: &Office, agent: &mut Agent) {
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    agent
        .sees(|event| match event {
            DeskEvent::Card(card) => card.contact.as_ref().map(|_| ()),
            _ => None,
        })
        .await;
    office.phones.answer("1.1", "101", &[]).await;
    office.phones.hang_up("1.1", &["101"]).await;
}

#[tokio::test]
async fn d2_the_page_opens_before_the_agent_answers() {
    let office = office(everywhere(at(Trigger::Ringing))).await;
    let mut alice = office.on_duty("101");
    answered(&office, &mut alice).await;
    assert_eq!(story(&mut alice).await, ["pop", "talking", "ended", "gone"]);
}

#[tokio::test]
async fn d3_the_page_opens_when_the_agent_answers() {
    let office = office(everywhere(at(Trigger::Answered))).await;
    let mut alice = office.on_duty("101");
    answered(&office, &mut alice).await;
    assert_eq!(story(&mut alice).await, ["talking", "pop", "ended", "gone"]);
}

#[tokio::test]
async fn d4_the_page_opens_when_the_call_is_over() {
    let office = office(everywhere(at(Trigger::Ended))).await;
    let mut alice = office.on_duty("101");
    answered(&office, &mut alice).await;
    assert_eq!(story(&mut alice).await, ["talking", "ended", "gone"]);
    assert_eq!(pop_or_end(&mut alice).await, "pop");
}

#[tokio::test]
async fn d5_d7_switched_off_or_by_hand_no_page_opens_by_itself() {
    for mode in [Mode::Off, Mode::Manual] {
        let office = office(everywhere(by(mode))).await;
        let mut alice = office.on_duty("101");
        answered(&office, &mut alice).await;
        assert_eq!(story(&mut alice).await, ["talking", "ended", "gone"]);
    }
}

#[tokio::test]
async fn d7_a_desk_is_told_at_once_that_the_agent_opens_the_pages() {
    let office = office(Manners::default()).await;
    let mut alice = office.on_duty("101");
    let mode = |event: &DeskEvent| match event {
        DeskEvent::PopMode(mode) => Some(*mode),
        _ => None,
    };
    assert_eq!(alice.sees(mode).await, Mode::Automatic);
    office.pops(everywhere(by(Mode::Manual))).await;
    assert_eq!(alice.sees(mode).await, Mode::Manual);
    office.pops_at("101", own_web(by(Mode::Off))).await;
    assert_eq!(alice.sees(mode).await, Mode::Off);
}

fn own_web(manner: Manner) -> OwnManners {
    OwnManners {
        web: Some(manner),
        desktop: None,
    }
}

#[tokio::test]
async fn d8_an_extensions_own_setting_counts_and_its_neighbour_keeps_the_default() {
    let office = office(everywhere(by(Mode::Off))).await;
    office.pops_at("101", own_web(at(Trigger::Ringing))).await;
    let (mut alice, mut bob) = (office.on_duty("101"), office.on_duty("102"));
    office
        .phones
        .ring("1.1", Some(GRACE), &["101", "102"])
        .await;
    assert_eq!(pop_or_end(&mut alice).await, "pop");
    office.phones.hang_up("1.1", &["101", "102"]).await;
    assert_eq!(pop_or_end(&mut bob).await, "end");
}

#[tokio::test]
async fn d8_each_kind_of_client_has_its_own_setting() {
    let manners = Manners {
        web: at(Trigger::Ringing),
        desktop: by(Mode::Off),
    };
    let office = office(manners).await;
    let mut on_desktop = office.at_client("101", Client::Desktop);
    let mut in_browser = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(pop_or_end(&mut in_browser).await, "pop");
    office.phones.hang_up("1.1", &["101"]).await;
    assert_eq!(pop_or_end(&mut on_desktop).await, "end");
}

#[tokio::test]
async fn d11_with_both_clients_open_the_desktops_opens_the_page_and_only_that() {
    let office = office(everywhere(at(Trigger::Ringing))).await;
    let mut on_desktop = office.at_client("101", Client::Desktop);
    let mut in_browser = office.on_duty("101");
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(pop_or_end(&mut on_desktop).await, "pop");
    office.phones.hang_up("1.1", &["101"]).await;
    assert_eq!(pop_or_end(&mut in_browser).await, "end");
}

fn device(last: u8) -> DeviceId {
    let id = format!("01900000-0000-7000-8000-0000000000{last:02}");
    id.parse().unwrap()
}

/// The id of the next page that opens.
async fn pop(agent: &mut Agent) -> String {
    agent
        .sees(|event| match event {
            DeskEvent::Pop { id, .. } => Some(id.clone()),
            _ => None,
        })
        .await
}

#[tokio::test]
async fn d11_a_device_opens_the_page_with_no_desk_open() {
    let office = office(everywhere(at(Trigger::Ringing))).await;
    let mut device = office.at_device("101", device(1), None);
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(pop_or_end(&mut device).await, "pop");
}

#[tokio::test]
async fn d11_of_two_devices_and_ten_desks_one_device_opens_the_page() {
    let office = office(everywhere(at(Trigger::Ringing))).await;
    let mut desks: Vec<_> = (0..10).map(|_| office.on_duty("101")).collect();
    let mut first = office.at_device("101", device(1), None);
    let mut last = office.at_device("101", device(2), None);
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(pop_or_end(&mut last).await, "pop");
    office.phones.hang_up("1.1", &["101"]).await;
    assert_eq!(pop_or_end(&mut first).await, "end");
    for desk in &mut desks {
        assert_eq!(pop_or_end(desk).await, "end");
    }
}

#[tokio::test]
async fn d11_a_companion_opens_the_page_where_nothing_else_is_open() {
    let office = office(everywhere(at(Trigger::Ringing))).await;
    let mut companion = office.at_companion("101", device(1));
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(pop_or_end(&mut companion).await, "pop");
}

#[tokio::test]
async fn d11_of_extension_and_companion_the_extension_opens_the_page() {
    let office = office(everywhere(at(Trigger::Ringing))).await;
    let mut extension = office.at_device("101", device(1), None);
    let mut companion = office.at_companion("101", device(2));
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(pop_or_end(&mut extension).await, "pop");
    office.phones.hang_up("1.1", &["101"]).await;
    assert_eq!(pop_or_end(&mut companion).await, "end");
}

#[tokio::test]
async fn d11_of_desk_and_companion_desk_opens_the_page() {
    let office = office(everywhere(at(Trigger::Ringing))).await;
    let mut desk = office.on_duty("101");
    let mut companion = office.at_companion("101", device(1));
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(pop_or_end(&mut desk).await, "pop");
    office.phones.hang_up("1.1", &["101"]).await;
    assert_eq!(pop_or_end(&mut companion).await, "end");
}

#[tokio::test]
async fn d8_where_pages_are_switched_off_at_desk_the_companion_opens_them() {
    let manners = Manners {
        web: by(Mode::Off),
        desktop: at(Trigger::Ringing),
    };
    let office = office(manners).await;
    let mut desk = office.on_duty("101");
    let mut companion = office.at_companion("101", device(1));
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    assert_eq!(pop_or_end(&mut companion).await, "pop");
    office.phones.hang_up("1.1", &["101"]).await;
    assert_eq!(pop_or_end(&mut desk).await, "end");
}

#[tokio::test]
async fn d11_a_page_is_told_again_until_the_device_has_opened_it() {
    let office = office(everywhere(at(Trigger::Ringing))).await;
    let mut killed = office.at_device("101", device(1), None);
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    let id = pop(&mut killed).await;
    drop(killed);
    let mut back = office.at_device("101", device(1), None);
    assert_eq!(pop(&mut back).await, id);
    back.seat.popped(&id);
    drop(back);
    let mut again = office.at_device("101", device(1), None);
    office.phones.hang_up("1.1", &["101"]).await;
    assert_eq!(pop_or_end(&mut again).await, "end");
}

#[tokio::test]
async fn d11_a_device_that_says_which_page_it_opened_is_not_told_it_again() {
    let office = office(everywhere(at(Trigger::Ringing))).await;
    let mut killed = office.at_device("101", device(1), None);
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    let id = pop(&mut killed).await;
    drop(killed);
    let mut back = office.at_device("101", device(1), Some(&id));
    office.phones.hang_up("1.1", &["101"]).await;
    assert_eq!(pop_or_end(&mut back).await, "end");
}

#[tokio::test]
async fn d11_a_call_in_the_moment_without_a_worker_opens_its_page_when_the_worker_is_back() {
    let office = office(everywhere(at(Trigger::Ringing))).await;
    drop(office.at_device("101", device(1), None));
    let mut colleague = office.at_desk("102");
    office
        .phones
        .ring("1.1", Some(GRACE), &["101", "102"])
        .await;
    // Both cards are made by one look: when the colleague's says who it is, the page was sent.
    colleague
        .sees(|event| match event {
            DeskEvent::Card(card) => card.contact.as_ref().map(|_| ()),
            _ => None,
        })
        .await;
    let mut back = office.at_device("101", device(1), None);
    assert_eq!(pop_or_end(&mut back).await, "pop");
}

#[tokio::test]
async fn d10_who_went_off_duty_at_desk_and_closed_it_is_not_reached_through_a_device() {
    let office = office(everywhere(at(Trigger::Ringing))).await;
    let mut device = office.at_device("101", device(1), None);
    let desk = office.on_duty("101");
    office.goes("101", DutyWish::Off);
    drop(desk);
    office.phones.ring("1.1", Some(GRACE), &["101"]).await;
    office.phones.hang_up("1.1", &["101"]).await;
    assert_eq!(pop_or_end(&mut device).await, "end");
}

#[tokio::test]
async fn f18_a_trial_says_when_the_page_opens_and_why_it_does_not() {
    let office = office(everywhere(at(Trigger::Ended))).await;
    let _alice = office.on_duty("101");
    let later = office.explains(GRACE).await.pop;
    assert_eq!(
        (later.tendency, later.reason),
        (Tendency::Later, Some("once_ended"))
    );
    office.pops(everywhere(by(Mode::Off))).await;
    let never = office.explains(GRACE).await.pop;
    assert_eq!(
        (never.tendency, never.reason),
        (Tendency::No, Some("pop_off"))
    );
}
