//! What single AMI events say, beyond what the recordings show.

use jiff::Timestamp;
use linecard_asterisk::translate::{Translator, pattern};
use linecard_call::{ChannelId, ChannelState, DialResult, Endpoint, Event};
use serde_json::{Map, Value};

fn translator() -> Translator {
    Translator::new(
        vec![pattern(r"PJSIP/1\d\d").unwrap()],
        vec![pattern("PJSIP/trunk").unwrap()],
    )
}

/// What the translator says to one event.
fn said(translator: &mut Translator, name: &str, headers: &[(&str, &str)]) -> Vec<Event> {
    let message: Map<String, Value> = headers
        .iter()
        .map(|(key, value)| ((*key).to_owned(), Value::from(*value)))
        .collect();
    let mut said = Vec::new();
    translator.translate(Timestamp::UNIX_EPOCH, name, &message, &mut |_, event| {
        said.push(event);
    });
    said
}

fn id(channel: &str) -> ChannelId {
    ChannelId::new(channel)
}

const TRUNK: [(&str, &str); 3] = [
    ("Channel", "PJSIP/trunk-00000008"),
    ("Uniqueid", "1.8"),
    ("Linkedid", "1.8"),
];

fn trunk_with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    TRUNK.iter().chain(more).copied().collect()
}

#[test]
fn a_name_is_shown_as_the_caller_sent_it() {
    let headers = trunk_with(&[
        ("CallerIDName", r"O\'Brien\?"),
        ("CallerIDNum", "31600000001"),
    ]);
    let said = said(&mut translator(), "Newchannel", &headers);
    let [Event::Channel(channel)] = said.as_slice() else {
        panic!("{said:?}");
    };
    assert_eq!(channel.name.as_deref(), Some("O'Brien?"));
    assert_eq!(channel.endpoint, Endpoint::Trunk);
    assert_eq!(channel.trunk.as_deref(), Some("PJSIP/trunk"));
}

#[test]
fn a_withheld_number_is_no_number_in_any_of_its_words() {
    for word in [
        "anonymous",
        "<unknown>",
        "Unknown",
        "restricted",
        "private",
        "",
    ] {
        let said = said(
            &mut translator(),
            "Newchannel",
            &trunk_with(&[("CallerIDNum", word)]),
        );
        let [Event::Channel(channel)] = said.as_slice() else {
            panic!("{said:?}");
        };
        assert_eq!(channel.number, None, "{word:?}");
    }
}

#[test]
fn a_channel_is_introduced_once_in_whatever_event_it_is_first_seen() {
    let mut translator = translator();
    let hold = said(&mut translator, "Hold", &TRUNK);
    assert!(
        matches!(hold.as_slice(), [Event::Channel(_), Event::Hold { .. }]),
        "{hold:?}"
    );
    let again = said(&mut translator, "Hold", &TRUNK);
    assert!(
        matches!(again.as_slice(), [Event::Hold { .. }]),
        "{again:?}"
    );
}

#[test]
fn a_channel_that_moves_to_another_call_is_introduced_anew() {
    let mut translator = translator();
    said(&mut translator, "Newchannel", &TRUNK);
    let moved = [
        ("Channel", "PJSIP/trunk-00000008"),
        ("Uniqueid", "1.8"),
        ("Linkedid", "1.2"),
    ];
    let said = said(&mut translator, "Hold", &moved);
    let [Event::Channel(channel), Event::Hold { .. }] = said.as_slice() else {
        panic!("{said:?}");
    };
    assert_eq!(channel.call.as_str(), "1.2");
}

#[test]
fn what_ends_something_brings_no_channel_back() {
    let mut translator = translator();
    said(&mut translator, "Newchannel", &TRUNK);
    said(&mut translator, "Hangup", &trunk_with(&[("Cause", "16")]));
    let leave = said(
        &mut translator,
        "BridgeLeave",
        &trunk_with(&[("BridgeUniqueid", "b")]),
    );
    assert!(
        matches!(leave.as_slice(), [Event::BridgeLeave { .. }]),
        "{leave:?}"
    );
    let end = [
        ("DestUniqueid", "1.9"),
        ("DestChannel", "PJSIP/101-00000009"),
        ("DialStatus", "CANCEL"),
    ];
    let end = said(&mut translator, "DialEnd", &trunk_with(&end));
    assert!(matches!(end.as_slice(), [Event::DialEnd { .. }]), "{end:?}");
}

#[test]
fn an_event_that_comes_after_the_hangup_brings_no_channel_back() {
    let mut translator = translator();
    said(&mut translator, "Newchannel", &TRUNK);
    said(&mut translator, "Hangup", &trunk_with(&[("Cause", "16")]));
    let late = trunk_with(&[("CallerIDNum", "31600000001"), ("ChannelState", "6")]);
    for name in ["NewCallerid", "Newstate", "Hold", "DialBegin"] {
        let told = said(&mut translator, name, &late);
        let back = told.iter().any(|event| matches!(event, Event::Channel(_)));
        assert!(!back, "{name}: {told:?}");
    }
    let again = said(&mut translator, "Newchannel", &TRUNK);
    assert!(
        matches!(again.as_slice(), [Event::Channel(_)]),
        "an id that a click-to-call chose may be used again: {again:?}"
    );
}

#[test]
fn who_is_parked_talks_with_nobody() {
    let bridge = [
        ("BridgeUniqueid", "b"),
        ("BridgeTechnology", "holding_bridge"),
    ];
    let said = said(&mut translator(), "BridgeEnter", &trunk_with(&bridge));
    assert!(matches!(said.as_slice(), [Event::Channel(_)]), "{said:?}");
}

#[test]
fn a_transfer_counts_only_when_it_succeeded() {
    let transfer = |result: &str, kind: &str| {
        let headers = [
            ("Result", result),
            ("DestType", kind),
            ("OrigTransfererUniqueid", "1.9"),
            ("SecondTransfererUniqueid", "2.1"),
            ("TransfereeUniqueid", "1.8"),
        ];
        said(&mut translator(), "AttendedTransfer", &headers)
            .into_iter()
            .find_map(|event| match event {
                Event::Transfer { by, others, .. } => Some((by, others)),
                _ => None,
            })
    };
    assert_eq!(transfer("Fail", "Bridge"), None);
    assert_eq!(transfer("Success", "Fail"), None);
    let (by, others) = (vec![id("1.9"), id("2.1")], vec![id("1.8")]);
    assert_eq!(transfer("Success", "App"), Some((by, others)));
    let together = vec![id("1.9"), id("2.1"), id("1.8")];
    assert_eq!(
        transfer("Success", "Threeway"),
        Some((Vec::new(), together))
    );
}

#[test]
fn a_redirecting_phone_is_told_from_a_cancelled_one() {
    let result = |forward: &str| {
        let headers = [
            ("DestUniqueid", "1.9"),
            ("DialStatus", "CANCEL"),
            ("Forward", forward),
        ];
        match said(&mut translator(), "DialEnd", &headers).as_slice() {
            [Event::DialEnd { result, .. }] => Some(*result),
            _ => None,
        }
    };
    assert_eq!(result("101"), Some(DialResult::Forwarded));
    assert_eq!(result(""), Some(DialResult::Cancel));
}

#[test]
fn only_a_call_tag_labels_a_call() {
    let event = |name: &str| {
        let headers = trunk_with(&[("UserEvent", name), ("Tag", "vip")]);
        said(&mut translator(), "UserEvent", &headers).len()
    };
    assert_eq!((event("CallTag"), event("Other")), (2, 0));
}

#[test]
fn only_ringing_at_its_own_device_is_ringing() {
    let state = |code: &str| {
        let headers = trunk_with(&[("ChannelState", code)]);
        match said(&mut translator(), "Newstate", &headers).as_slice() {
            [Event::Channel(channel)] => Some(channel.state),
            _ => None,
        }
    };
    assert_eq!(state("4"), Some(ChannelState::Down));
    assert_eq!(state("5"), Some(ChannelState::Ringing));
    assert_eq!(state("6"), Some(ChannelState::Up));
}

#[test]
fn an_event_without_its_headers_says_nothing() {
    for name in [
        "Newchannel",
        "Newstate",
        "NewCallerid",
        "DialBegin",
        "DialEnd",
        "BridgeEnter",
        "BridgeLeave",
        "LocalBridge",
        "BlindTransfer",
        "AttendedTransfer",
        "Pickup",
        "Hold",
        "Unhold",
        "QueueCallerJoin",
        "QueueCallerLeave",
        "AgentRingNoAnswer",
        "UserEvent",
        "Hangup",
        "Nonsense",
    ] {
        assert_eq!(said(&mut translator(), name, &[]), [], "{name}");
    }
}
