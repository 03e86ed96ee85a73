//! One message of each kind, as the snapshot has them.

use std::sync::Arc;

use linecard_call::{Direction, LegRole};
use linecard_crm::{Module, RecordRef};
use linecard_flow::{
    CallRef, Card, CardState, Choice, Contact, DeskEvent, DialStage, Hello, LinkSummary,
    LookupState,
};
use linecard_pbx::{CommandError, DialFailure};
use linecard_store::{Duty, DutyState};
use serde_json::{Value, json};

use super::*;
use crate::snapshot;
use crate::softphone::IceServer;

fn call() -> CallRef {
    "01900000-0000-7000-8000-000000000001.ast22-1.1"
        .parse()
        .unwrap()
}

fn card() -> Arc<Card> {
    Arc::new(Card {
        call: call(),
        extension: "101".parse().unwrap(),
        direction: Direction::Inbound,
        state: CardState::Ringing,
        role: LegRole::Agent,
        outcome: None,
        call_outcome: None,
        number: Some("(415) 555-0134".to_owned()),
        name_from_phone: Some("EVE".to_owned()),
        queue: None,
        did: Some("4155550100".to_owned()),
        started: "2026-01-01T08:00:00Z".parse().unwrap(),
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
        others: 1,
        choices: vec![Choice {
            connection: "01900000-0000-7000-8000-000000000002".parse().unwrap(),
            crm: "Salesforce".to_owned(),
            at: RecordRef {
                module: Module::Lead,
                id: "00Q1".to_owned(),
            },
            contact: Contact {
                name: "Eve Adams".to_owned(),
                company: None,
                module: Module::Lead,
                page: "https://example.my.salesforce.com/00Q1".parse().unwrap(),
            },
            chosen: false,
        }],
        in_phonebooks: Vec::new(),
    })
}

fn duty(state: DutyState) -> Duty {
    Duty {
        state,
        since: "2026-01-01T08:00:00Z".parse().unwrap(),
    }
}

fn dialling(stage: DialStage) -> Arc<linecard_flow::Dialling> {
    Arc::new(linecard_flow::Dialling {
        call: call(),
        number: "(415) 555-0134".to_owned(),
        outside: true,
        name: Some("Example Ltd".to_owned()),
        stage,
    })
}

fn found(phonebook: Option<&str>) -> linecard_flow::DialContact {
    linecard_flow::DialContact {
        id: "01900000-0000-7000-8000-000000000003".to_owned(),
        name: "Grace Hopper".to_owned(),
        company: Some("Example Ltd".to_owned()),
        phonebook: phonebook.map(str::to_owned),
        crm: Some("Salesforce".to_owned()),
        page: "https://example.my.salesforce.com/003A".parse().ok(),
        numbers: vec![linecard_flow::DialNumber {
            slot: phonebook.map(|_| linecard_book::Slot::Mobile),
            number: "(415) 555-0134".to_owned(),
        }],
        first: 0,
        recent: phonebook.is_some(),
        record: None,
    }
}

#[test]
fn every_message_down_is_as_the_snapshot_says() {
    let hello = Hello {
        duty: Some(duty(DutyState::On)),
        breaks: vec!["Lunch".to_owned(), "Meeting".to_owned()],
        queues: None,
        cards: vec![card()],
        dialling: vec![dialling(DialStage::Ringing)],
    };
    let abilities = linecard_pbx::Abilities {
        answer: true,
        hang_up: true,
        dial: true,
        transfer: true,
        pick_up: true,
        simulation: false,
    };
    let messages = [
        DeskDown::hello(
            "101".to_owned(),
            "Alice".to_owned(),
            &hello,
            LinkSummary::Up,
            abilities,
            true,
            Some("101-web".to_owned()),
        ),
        DeskDown::IceServers {
            servers: vec![IceServer {
                urls: vec!["turn:turn.example.com:3478?transport=udp".parse().unwrap()],
                username: Some("1767258000:101-web".to_owned()),
                credential: Some("naJkaAuSs0f6FiKJXA5PT71OM1U=".to_owned()),
            }],
        },
        DeskEvent::Card(card()).into(),
        DeskEvent::Gone(call()).into(),
        DeskEvent::Erased(call()).into(),
        DeskEvent::Pop {
            id: "p1".to_owned(),
            call: call(),
            page: "https://example.my.salesforce.com/003A".parse().unwrap(),
            until: "2026-01-01T08:01:00Z".parse().unwrap(),
        }
        .into(),
        DeskEvent::PopMode(linecard_rules::pop::Mode::Manual).into(),
        DeskEvent::Duty(duty(DutyState::Break(Some("Lunch".to_owned())))).into(),
        DeskEvent::Duty(duty(DutyState::WrapUp(
            "2026-01-01T08:00:30Z".parse().unwrap(),
        )))
        .into(),
        DeskEvent::Duty(duty(DutyState::Off)).into(),
        DeskEvent::Breaks(vec!["Lunch".to_owned()]).into(),
        DeskEvent::Queues(Some(CommandError::Refused("Permission denied".to_owned()))).into(),
        DeskEvent::Queues(None).into(),
        DeskEvent::Link(LinkSummary::NeedsPerson).into(),
        DeskEvent::Dialling(dialling(DialStage::Ringing)).into(),
        DeskEvent::Dialling(dialling(DialStage::Answered)).into(),
        DeskEvent::Dialling(dialling(DialStage::Failed(DialFailure::NotAnswered))).into(),
        DeskEvent::Dialling(dialling(DialStage::Failed(DialFailure::MissingRight(
            "write = originate".to_owned(),
        ))))
        .into(),
        DeskDown::Found {
            search: 7,
            contacts: vec![(&found(Some("Customers"))).into()],
            asking: vec!["Salesforce".to_owned()],
        },
        DeskDown::FoundInCrm {
            search: 7,
            crm: "Salesforce".to_owned(),
            contacts: vec![(&found(None)).into()],
            failed: None,
        },
        DeskDown::FoundInCrm {
            search: 7,
            crm: "HubSpot".to_owned(),
            contacts: Vec::new(),
            failed: Some("crm_too_slow"),
        },
        DeskDown::done("note", &call()),
        DeskDown::done("transfer", &call()),
        DeskDown::refused("answer", &call(), &CommandError::Gone),
        DeskDown::Pong,
    ];
    let down: Value = serde_json::to_value(messages).unwrap();
    snapshot::check("desk-messages.json", &json!({ "down": down, "up": up() }));
}

fn up() -> Value {
    json!([
        { "t": "duty", "state": "on" },
        { "t": "duty", "state": "break", "reason": "Lunch" },
        { "t": "duty", "state": "off" },
        { "t": "answer", "call": call() },
        { "t": "pick_up", "call": call() },
        { "t": "hang_up", "call": call() },
        { "t": "transfer", "call": call(), "number": "102" },
        { "t": "transfer", "call": call(), "handle": "h1" },
        {
            "t": "choose", "call": call(), "connection": "01900000-0000-7000-8000-000000000002",
            "module": "lead", "id": "00Q1",
        },
        { "t": "create", "call": call() },
        { "t": "note", "call": call(), "note": "Calls back", "disposition": "Interested" },
        {
            "t": "sound", "call": call(), "sound": {
                "codec": "opus", "heard": { "packets": 998, "lost": 2, "jitter_ms": 3 },
                "said": { "packets": 1000, "lost": 0, "jitter_ms": 2 }, "round_trip_ms": 46,
                "buffer_ms": 40,
            },
        },
        {
            "t": "sound", "call": call(), "sound": {
                "codec": "PCMU", "heard": { "packets": 998, "lost": 2, "jitter_ms": 3 },
            },
        },
        { "t": "search", "search": 7, "text": "gra hop" },
        { "t": "popped", "id": "p1", "how": "tab" },
        { "t": "popped", "id": "p2", "how": "blocked" },
        { "t": "ping" },
    ])
}

#[test]
fn every_message_up_of_the_snapshot_is_understood() {
    let read: Vec<DeskUp> = serde_json::from_value(up()).unwrap();
    assert_eq!(read.len(), 17);
}
