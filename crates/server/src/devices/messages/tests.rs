//! One message of each kind, as the snapshot has them.

use std::sync::Arc;

use jiff::Timestamp;
use linecard_call::{Direction, LegRole};
use linecard_crm::Module;
use linecard_flow::{
    CallRef, Card, CardState, Contact, DeskEvent, DialStage, Dialling, LinkSummary, LookupState,
};
use linecard_pbx::DialFailure;
use linecard_store::{Duty, DutyState};
use serde_json::{Value, json};

use super::*;
use crate::snapshot;

fn call() -> CallRef {
    "01900000-0000-7000-8000-000000000001.ast22-1.1"
        .parse()
        .unwrap()
}

fn at() -> Timestamp {
    "2026-01-01T08:00:00Z".parse().unwrap()
}

fn card(state: CardState) -> DeskEvent {
    DeskEvent::Card(Arc::new(Card {
        call: call(),
        extension: "101".parse().unwrap(),
        direction: Direction::Inbound,
        state,
        role: LegRole::Agent,
        outcome: None,
        call_outcome: None,
        number: Some("(415) 555-0134".to_owned()),
        name_from_phone: Some("EVE".to_owned()),
        queue: Some("support".to_owned()),
        did: None,
        started: at(),
        answered: None,
        ended: None,
        lookup: LookupState::Found,
        crm: Some("Salesforce".to_owned()),
        contact: Some(Contact {
            name: "<img src=x onerror=alert(1)>".to_owned(),
            company: Some("Example Ltd".to_owned()),
            module: Module::Contact,
            page: "https://example.my.salesforce.com/003A".parse().unwrap(),
        }),
        others: 0,
        choices: Vec::new(),
        in_phonebooks: Vec::new(),
    }))
}

fn dialling(stage: DialStage) -> DeskEvent {
    DeskEvent::Dialling(Arc::new(Dialling {
        call: call(),
        number: "(415) 555-0134".to_owned(),
        outside: true,
        name: None,
        stage,
    }))
}

#[test]
fn every_message_down_is_as_the_snapshot_says() {
    let events = [
        DeskEvent::Pop {
            id: "p1".to_owned(),
            call: call(),
            page: "https://example.my.salesforce.com/003A".parse().unwrap(),
            until: at(),
        },
        DeskEvent::PopMode(linecard_rules::pop::Mode::Automatic),
        card(CardState::Ringing),
        card(CardState::Talking),
        DeskEvent::Gone(call()),
        dialling(DialStage::Failed(DialFailure::NotAnswered)),
        DeskEvent::Duty(Duty {
            state: DutyState::Off,
            since: at(),
        }),
        DeskEvent::Link(LinkSummary::NeedsPerson),
    ];
    let (alice, country) = ("Alice".to_owned(), "US".to_owned());
    let mut messages = vec![DeviceDown::hello(
        "101".to_owned(),
        alice,
        country,
        LinkSummary::Up,
        true,
        at(),
    )];
    messages.extend(
        events
            .into_iter()
            .filter_map(|event| DeviceDown::of(event, |_| true)),
    );
    messages.extend([
        DeviceDown::Dialled {
            id: "d1".to_owned(),
            call: call().to_string(),
        },
        DeviceDown::not_dialled(
            "d2".to_owned(),
            "not_a_number".to_owned(),
            "This is no phone number.".to_owned(),
        ),
        DeviceDown::Refused {
            code: "not_understood",
            detail: "expected value at line 1 column 1".to_owned(),
        },
        DeviceDown::Pong,
    ]);
    let down = serde_json::to_value(messages).unwrap();
    snapshot::check("device-messages.json", &json!({ "down": down, "up": up() }));
}

#[test]
fn c2_a_call_that_comes_along_is_shown_by_desk_and_not_by_a_device() {
    for stage in [DialStage::Ringing, DialStage::Answered] {
        assert!(DeviceDown::of(dialling(stage), |_| true).is_none());
    }
}

fn up() -> Value {
    json!([
        { "t": "hello", "token": "…" },
        { "t": "hello", "token": "…", "opened": "p1" },
        { "t": "dial", "id": "d1", "number": "+1 415-555-0134" },
        { "t": "popped", "id": "p1", "how": "reuse" },
        { "t": "popped", "id": "p1", "how": "tab" },
        { "t": "popped", "id": "p1", "how": "window" },
        { "t": "pop_failed", "id": "p1", "problem": "No current window" },
        { "t": "ping" },
    ])
}

#[test]
fn every_message_up_of_the_snapshot_is_understood() {
    let read: Vec<DeviceUp> = serde_json::from_value(up()).unwrap();
    assert_eq!(read.len(), 8);
}
