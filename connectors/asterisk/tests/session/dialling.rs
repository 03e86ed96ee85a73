//! Calls that were asked for: what Asterisk says of them, and what the one who asked is told.

use std::time::Duration;

use linecard_asterisk::ami::Action;
use linecard_asterisk::session::{Dialled, Order, Purpose, Reached};
use linecard_pbx::DialFailure;

use super::Line;
use crate::stand_in::StandIn;

const CALL: &str = "lc-7f3a";

fn order(context: &str) -> Order {
    Order {
        action: Action::new("Originate")
            .header("Channel", "PJSIP/101")
            .header("Context", context)
            .header("ChannelId", CALL),
        channel: CALL.to_owned(),
        ring: Duration::from_secs(30),
        purpose: Purpose::Call,
    }
}

fn fetching() -> Order {
    Order {
        purpose: Purpose::Fetch,
        ..order("")
    }
}

impl Line {
    /// Asks for a call and tells the id under which it was asked for.
    fn dials(&mut self) -> String {
        self.orders(&order("internal"))
    }

    fn orders(&mut self, order: &Order) -> String {
        self.session.dial(order, self.now).unwrap();
        self.settle();
        let asked = self.asked_for("Originate");
        asked[0].get("ActionID").to_owned()
    }

    fn dialled(&mut self) -> Option<Dialled> {
        self.session.poll_dialled().map(|(_, result)| result)
    }

    fn says_of_the_channel(&mut self, event: &str, more: &str) {
        self.says(
            format!(
                "Event: {event}\r\nChannel: PJSIP/101-0000000b\r\nUniqueid: {CALL}\r\n\
                 Linkedid: {CALL}\r\n{more}\r\n"
            )
            .as_bytes(),
        );
    }

    fn says_outcome(&mut self, id: &str, response: &str, reason: &str) {
        self.says(
            format!(
                "Event: OriginateResponse\r\nActionID: {id}\r\nResponse: {response}\r\n\
                 Channel: PJSIP/101\r\nReason: {reason}\r\nUniqueid: {CALL}\r\n\r\n"
            )
            .as_bytes(),
        );
    }
}

#[test]
fn c2_the_order_is_done_when_the_agents_phone_was_answered_and_not_when_it_was_taken() {
    let mut line = Line::to(StandIn::default());
    let id = line.dials();
    line.says_of_the_channel("Newchannel", "");
    assert_eq!(line.dialled(), None);
    line.says_outcome(&id, "Success", "4");
    assert_eq!(line.dialled(), Some(Ok(Reached::Answered)));
}

#[test]
fn c2_a_phone_that_rang_its_time_out_was_not_answered() {
    let mut line = Line::to(StandIn::default());
    let id = line.dials();
    line.says_of_the_channel("Newchannel", "");
    line.says_outcome(&id, "Failure", "3");
    assert_eq!(line.dialled(), Some(Err(DialFailure::NotAnswered)));
}

#[test]
fn c2_busy_and_declined_are_told_apart_by_the_channels_end() {
    for (cause, failure) in [
        ("17", DialFailure::Busy),
        ("21", DialFailure::Declined),
        ("19", DialFailure::NotAnswered),
        ("20", DialFailure::Unreachable),
    ] {
        let mut line = Line::to(StandIn::default());
        let id = line.dials();
        line.says_of_the_channel("Newchannel", "");
        line.says_of_the_channel("HangupRequest", &format!("Cause: {cause}\r\n"));
        line.says_outcome(&id, "Failure", "0");
        assert_eq!(line.dialled(), Some(Err(failure)), "cause {cause}");
    }
}

#[test]
fn c2_a_cause_that_comes_after_the_failure_is_waited_for() {
    let mut line = Line::to(StandIn::default());
    let id = line.dials();
    line.says_of_the_channel("Newchannel", "");
    line.says_outcome(&id, "Failure", "0");
    assert_eq!(line.dialled(), None);
    line.says_of_the_channel("Hangup", "Cause: 21\r\nCause-txt: Call Rejected\r\n");
    assert_eq!(line.dialled(), Some(Err(DialFailure::Declined)));
}

#[test]
fn a_failure_whose_cause_never_comes_is_told_all_the_same() {
    let mut line = Line::to(StandIn::default());
    let id = line.dials();
    line.says_of_the_channel("Newchannel", "");
    line.says_outcome(&id, "Failure", "0");
    line.time_goes(Duration::from_secs(2));
    let told = line.dialled();
    assert!(
        matches!(told, Some(Err(DialFailure::Refused(_)))),
        "{told:?}"
    );
}

#[test]
fn c2_a_phone_without_a_channel_is_not_registered() {
    let mut line = Line::to(StandIn::default());
    let id = line.dials();
    line.says_outcome(&id, "Failure", "0");
    assert_eq!(line.dialled(), Some(Err(DialFailure::Unreachable)));
}

#[test]
fn c2_an_order_that_is_refused_says_why() {
    let mut line = Line::to(StandIn::default());
    line.session.dial(&order("nowhere"), line.now).unwrap();
    line.settle();
    assert_eq!(line.dialled(), Some(Err(DialFailure::NoSuchNumber)));

    let mut line = Line::to(StandIn {
        denied: &["Originate"],
        ..StandIn::default()
    });
    line.dials();
    let missing = DialFailure::MissingRight("write = originate".to_owned());
    assert_eq!(line.dialled(), Some(Err(missing)));
}

#[test]
fn another_clients_call_with_the_same_number_of_action_is_not_ours() {
    let mut line = Line::to(StandIn::default());
    let id = line.dials();
    let ticket = id.strip_suffix(CALL).unwrap().trim_end_matches('-');
    line.says_outcome(ticket, "Failure", "3");
    line.says_outcome(&format!("{ticket}-lc-other"), "Failure", "3");
    assert_eq!(line.dialled(), None);
    line.says_outcome(&id, "Success", "4");
    assert_eq!(line.dialled(), Some(Ok(Reached::Answered)));
}

#[test]
fn an_outcome_that_never_comes_ends_the_wait_some_time_after_the_ringing() {
    let mut line = Line::to(StandIn::default());
    line.dials();
    line.time_goes(Duration::from_secs(39));
    assert_eq!(line.dialled(), None);
    line.time_goes(Duration::from_secs(2));
    assert_eq!(line.dialled(), Some(Err(DialFailure::TimedOut)));
    assert_eq!(line.ending(), None);
}

#[test]
fn x5_a_call_is_fetched_when_the_phone_has_it_and_not_when_the_phone_was_answered() {
    for picked_first in [true, false] {
        let mut line = Line::to(StandIn::default());
        let id = line.orders(&fetching());
        line.says_of_the_channel("Newchannel", "");
        let target = "TargetChannel: PJSIP/101-0000000a\r\nTargetUniqueid: 1.8\r\n";
        if picked_first {
            line.says_of_the_channel("Pickup", target);
            assert_eq!(line.dialled(), Some(Ok(Reached::Fetched)));
            line.says_outcome(&id, "Success", "4");
        } else {
            line.says_outcome(&id, "Success", "4");
            assert_eq!(line.dialled(), None);
            line.says_of_the_channel("Pickup", target);
            assert_eq!(line.dialled(), Some(Ok(Reached::Fetched)));
        }
        line.says_of_the_channel("Hangup", "Cause: 16\r\n");
        assert_eq!(line.dialled(), None, "it is told once");
    }
}

#[test]
fn x5_a_phone_that_is_answered_when_nothing_rings_any_more_comes_too_late() {
    for ended_first in [true, false] {
        let mut line = Line::to(StandIn::default());
        let id = line.orders(&fetching());
        line.says_of_the_channel("Newchannel", "");
        if ended_first {
            line.says_of_the_channel("Hangup", "Cause: 0\r\n");
            line.says_outcome(&id, "Success", "4");
        } else {
            line.says_outcome(&id, "Success", "4");
            line.says_of_the_channel("Hangup", "Cause: 0\r\n");
        }
        assert_eq!(line.dialled(), Some(Ok(Reached::TooLate)), "{ended_first}");
    }
}

#[test]
fn x5_a_softphone_that_cannot_be_reached_or_does_not_answer_says_so() {
    let mut line = Line::to(StandIn::default());
    let id = line.orders(&fetching());
    line.says_outcome(&id, "Failure", "0");
    assert_eq!(line.dialled(), Some(Err(DialFailure::Unreachable)));

    let mut line = Line::to(StandIn::default());
    let id = line.orders(&fetching());
    line.says_of_the_channel("Newchannel", "");
    line.says_outcome(&id, "Failure", "3");
    assert_eq!(line.dialled(), Some(Err(DialFailure::NotAnswered)));
}
