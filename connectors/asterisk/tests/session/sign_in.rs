//! Getting in: who answers, how the secret is shown, what a refusal means.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use linecard_pbx::{LinkState, ProblemKind, Report};

use super::{Line, session};
use crate::stand_in::StandIn;

#[test]
fn a_challenge_is_taken_where_the_server_gives_one() {
    let line = Line::to(StandIn::default());
    let login = line.asked_for("Login");
    assert_eq!(login.len(), 1);
    assert_eq!(
        (login[0].get("AuthType"), login[0].get("Secret")),
        ("MD5", "")
    );
    assert!(line.is_up());
}

#[test]
fn a_server_without_challenges_is_shown_the_secret() {
    let line = Line::to(StandIn {
        challenges: false,
        ..StandIn::default()
    });
    assert_eq!(line.asked_for("Login")[0].get("Secret"), "s3cret");
    assert!(line.is_up());
}

#[test]
fn a_plain_login_asks_for_no_challenge() {
    let line = Line::with(StandIn::default(), &[("sign_in", "plain")]);
    assert!(line.asked_for("Challenge").is_empty());
    assert!(line.is_up());
}

#[test]
fn the_secret_is_never_shown_where_only_the_challenge_is_allowed() {
    let line = Line::with(
        StandIn {
            challenges: false,
            ..StandIn::default()
        },
        &[("sign_in", "md5")],
    );
    assert!(line.asked_for("Login").is_empty());
    assert!(line.ending().is_some());
}

#[test]
fn what_answers_is_told_as_a_release() {
    let line = Line::to(StandIn::default());
    let up = Report::Link(LinkState::Up {
        version: "Asterisk 22.10.1".to_owned(),
    });
    assert!(line.reports.contains(&up));
}

#[test]
fn refused_logins_are_told_apart() {
    for (words, ending) in [
        ("Authentication failed", (ProblemKind::WrongSecret, true)),
        ("Permission denied", (ProblemKind::MissingRight, true)),
        ("Login Already In Use", (ProblemKind::MissingRight, true)),
        (
            "Asterisk is shutting down",
            (ProblemKind::Restarting, false),
        ),
    ] {
        let line = Line::to(StandIn {
            refuses_login: Some(words),
            ..StandIn::default()
        });
        assert_eq!(line.ending(), Some(ending), "{words}");
        assert_eq!(line.session.ending().unwrap().problem.words, words);
    }
}

#[test]
fn a_wrong_secret_needs_a_person() {
    let line = Line::with(StandIn::default(), &[("secret", "wrong")]);
    assert_eq!(line.ending(), Some((ProblemKind::WrongSecret, true)));
}

#[test]
fn another_service_is_no_phone_system() {
    let line = Line::to(StandIn {
        banner: "SSH-2.0-OpenSSH_9.2",
        ..StandIn::default()
    });
    assert_eq!(line.ending(), Some((ProblemKind::NotAPhoneSystem, true)));
    assert_eq!(
        line.session.ending().unwrap().problem.words,
        "SSH-2.0-OpenSSH_9.2"
    );
}

#[test]
fn a_service_that_waits_for_its_client_is_no_phone_system() {
    let now = Instant::now();
    let mut session = session(&[], None, now);
    let deadline = session.deadline().unwrap();
    session.tick(deadline, Timestamp::UNIX_EPOCH);
    assert_eq!(
        session.ending().unwrap().problem.kind,
        ProblemKind::NotAPhoneSystem
    );
}

#[test]
fn an_asterisk_that_is_starting_is_waited_for() {
    let mut line = Line::to(StandIn {
        boots: false,
        ..StandIn::default()
    });
    assert!(line.asked_for("Status").is_empty());
    line.time_goes(Duration::from_millis(400));
    line.says(b"Event: FullyBooted\r\nUptime: 0\r\n\r\n");
    assert!(line.is_up());
}

#[test]
fn a_user_without_the_right_to_hear_of_the_start_goes_on_after_two_seconds() {
    let mut line = Line::to(StandIn {
        boots: false,
        ..StandIn::default()
    });
    line.time_goes(Duration::from_millis(1_900));
    assert!(!line.is_up());
    line.time_goes(Duration::from_millis(200));
    assert!(line.is_up());
}

#[test]
fn a_right_that_is_missing_is_named() {
    let line = Line::to(StandIn {
        denied: &["CoreStatus", "CoreSettings"],
        ..StandIn::default()
    });
    assert!(line.is_up());
    assert_eq!(line.notices()[0].kind, ProblemKind::MissingRight);
    assert_eq!(line.notices()[0].words, "write = reporting");

    let line = Line::to(StandIn {
        denied: &["Status"],
        ..StandIn::default()
    });
    assert_eq!(line.ending(), Some((ProblemKind::MissingRight, true)));
    assert_eq!(line.session.ending().unwrap().problem.words, "write = call");
}
