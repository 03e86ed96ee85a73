//! Silence, stops and answers that never come.

use std::time::Duration;

use linecard_asterisk::ami::Action;
use linecard_asterisk::session::AskError;
use linecard_pbx::ProblemKind;

use super::Line;
use crate::stand_in::StandIn;

#[test]
fn answers_without_an_id_go_to_the_action_that_waits_longest() {
    let line = Line::to(StandIn {
        forgets_ids: true,
        denied: &["Status"],
        ..StandIn::default()
    });
    assert_eq!(line.ending(), Some((ProblemKind::MissingRight, true)));
}

#[test]
fn an_action_that_is_never_answered_ends_the_wait() {
    let mut line = Line::to(StandIn::default());
    let ticket = line.session.ask(&Action::new("Status"), line.now).unwrap();
    line.session.take_outgoing();
    line.time_goes(Duration::from_secs(30));
    let (answered, result) = line.session.poll_answer().unwrap();
    assert_eq!(answered, ticket);
    assert_eq!(result.unwrap_err(), AskError::TimedOut);
    assert_eq!(line.ending(), None);
}

#[test]
fn a_quiet_phone_system_is_pinged_and_stays_up() {
    let mut line = Line::to(StandIn::default());
    line.time_goes(Duration::from_mins(1));
    assert_eq!(line.ending(), None);
    assert_eq!(line.asked_for("Ping").len(), 15);
}

#[test]
fn a_half_open_line_is_lost_after_ten_seconds_of_silence() {
    let mut line = Line::to(StandIn::default());
    line.time_goes_half_open(Duration::from_millis(9_900));
    assert_eq!(line.ending(), None);
    assert_eq!(line.asked_for("Ping").len(), 1);
    line.time_goes_half_open(Duration::from_millis(200));
    assert_eq!(line.ending(), Some((ProblemKind::Lost, false)));
}

#[test]
fn an_orderly_stop_is_not_a_lost_line() {
    let mut line = Line::to(StandIn::default());
    line.says(b"Event: Shutdown\r\nShutdown: Cleanly\r\nRestart: False\r\n\r\n");
    line.session.disconnected("Asterisk closed the connection");
    assert_eq!(line.ending(), Some((ProblemKind::Restarting, false)));
}
