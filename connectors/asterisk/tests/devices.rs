//! The phones and lines that Asterisk lists, and the people it knows.

use linecard_pbx::Whose;

use crate::link::{House, Server};
use crate::stand_in::{StandIn, hint, mailbox, member};

/// What is listed: the device, whose it is, name and e-mail.
async fn listed(stand_in: StandIn, changes: &[(&str, &str)]) -> Vec<[String; 4]> {
    let server = Server::start(vec![stand_in]).await;
    let mut house = House::run(server.link_with(changes));
    house.until(|house| house.ups() == 1).await;
    let devices = house.link.devices().await.unwrap();
    let shown = devices.into_iter().map(|device| {
        let whose = match device.whose {
            Whose::Extension(extension) => extension.to_string(),
            Whose::Trunk => "a trunk".to_owned(),
            Whose::Ignored => "ignored".to_owned(),
            Whose::Unassigned => "nobody".to_owned(),
        };
        let (name, email) = (device.name, device.email);
        [
            device.device,
            whose,
            name.unwrap_or_default(),
            email.unwrap_or_default(),
        ]
    });
    shown.collect()
}

#[tokio::test]
async fn phones_lines_and_what_belongs_to_nobody_are_listed() {
    let listed = listed(StandIn::default(), &[]).await;
    assert_eq!(
        listed,
        [
            ["PJSIP/101", "101", "", ""],
            ["PJSIP/104", "104", "", ""],
            ["PJSIP/alice", "nobody", "", ""],
            ["PJSIP/trunk", "a trunk", "", ""],
        ]
    );
}

#[tokio::test]
async fn what_the_admin_wrote_down_is_listed_so_with_every_device_of_an_extension() {
    let map = "PJSIP/alice=101 PJSIP/104=ignore PJSIP/absent=trunk";
    let listed = listed(StandIn::default(), &[("endpoints", map)]).await;
    assert_eq!(
        listed,
        [
            ["PJSIP/101", "101", "", ""],
            ["PJSIP/104", "ignored", "", ""],
            ["PJSIP/absent", "a trunk", "", ""],
            ["PJSIP/alice", "101", "", ""],
            ["PJSIP/trunk", "a trunk", "", ""],
        ]
    );
}

#[tokio::test]
async fn b4_names_and_addresses_come_from_voicemail_and_names_else_from_queues() {
    let stand_in = StandIn {
        mailboxes: vec![
            mailbox("101", "Alice Adams", "alice@example.com"),
            // Asterisk cuts `"Yu, Dan",dan@example.com` at the first comma.
            mailbox("104", "\"Yu", " Dan\""),
            mailbox("999", "Nobody", "nobody@example.com"),
        ],
        members: vec![
            member("Agent 101", "PJSIP/101", "PJSIP/101"),
            member("Heidi", "Local/106@internal/n", "PJSIP/alice"),
        ],
        ..StandIn::default()
    };
    assert_eq!(
        listed(stand_in, &[]).await,
        [
            ["PJSIP/101", "101", "Alice Adams", "alice@example.com"],
            ["PJSIP/104", "104", "\"Yu", ""],
            // The queue says which phone stands behind 106.
            ["PJSIP/alice", "106", "Heidi", ""],
            ["PJSIP/trunk", "a trunk", "", ""],
        ]
    );
}

#[tokio::test]
async fn a_hint_says_whose_a_phone_is_unless_it_is_watched_by_several() {
    let stand_in = StandIn {
        hints: vec![
            hint("106", "PJSIP/alice&Custom:DND106,CustomPresence:106"),
            hint("107", "PJSIP/bob&PJSIP/shared"),
            hint("108", "PJSIP/shared"),
            hint("_1XX", "PJSIP/${EXTEN}"),
        ],
        members: vec![member("Bob", "PJSIP/bob", "PJSIP/bob")],
        ..StandIn::default()
    };
    assert_eq!(
        listed(stand_in, &[]).await,
        [
            ["PJSIP/101", "101", "", ""],
            ["PJSIP/104", "104", "", ""],
            ["PJSIP/alice", "106", "", ""],
            ["PJSIP/bob", "107", "Bob", ""],
            ["PJSIP/trunk", "a trunk", "", ""],
        ]
    );
}

#[tokio::test]
async fn a_phone_system_that_refuses_every_help_is_listed_all_the_same() {
    let stand_in = StandIn {
        denied: &["ExtensionStateList", "QueueStatus", "VoicemailUsersList"],
        ..StandIn::default()
    };
    assert_eq!(listed(stand_in, &[]).await.len(), 4);
}
