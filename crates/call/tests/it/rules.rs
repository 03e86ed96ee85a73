//! The rules of `docs/calls.md` that the recorded scenarios do not show.

use linecard_call::{
    Call, DialResult, Direction, Endpoint, Event, HangupCause, LegOutcome, LegRole, Outcome,
    TransferKind,
};

use crate::story::{Story, channel, id};

fn outcome(call: &Call, extension: &str) -> LegOutcome {
    call.leg(&extension.parse().unwrap())
        .and_then(|leg| leg.outcome)
        .unwrap_or_else(|| panic!("no leg of {extension}: {call:#?}"))
}

fn rung() -> Story {
    Story::new()
        .line("t", "t")
        .ring("t", "t", "a", "101")
        .wait(2000)
}

#[test]
fn a_refusal_is_known_by_its_cause_alone() {
    let call = rung()
        .dial_end("t", "a", DialResult::NoAnswer)
        .hang_up_with("a", HangupCause::Rejected)
        .hang_up("t")
        .call();
    assert_eq!(outcome(&call, "101"), LegOutcome::Declined);
    assert_eq!(call.outcome, Some(Outcome::Missed));
}

#[test]
fn a_phone_that_could_not_be_reached_has_no_leg() {
    let call = Story::new()
        .line("t", "t")
        .phone("a", "t", "101")
        .dial("t", "a")
        .dial_end("t", "a", DialResult::Unavailable)
        .hang_up("a")
        .hang_up("t")
        .call();
    assert_eq!(call.legs, []);
    assert_eq!(call.outcome, Some(Outcome::Missed));
}

#[test]
fn the_first_end_of_a_dial_counts() {
    let call = rung()
        .dial_end("t", "a", DialResult::NoAnswer)
        .dial_end("t", "a", DialResult::Cancel)
        .hang_up("a")
        .ring("t", "t", "b", "102")
        .answer("t", "b", "x")
        .hang_up("b")
        .hang_up("t")
        .call();
    assert_eq!(outcome(&call, "101"), LegOutcome::Missed);
    assert_eq!(outcome(&call, "102"), LegOutcome::Answered);
}

#[test]
fn a_ring_of_a_local_pair_cut_short_before_another_agent_is_tried_is_missed() {
    let call = rung()
        .dial_end("t", "a", DialResult::Cancel)
        .hang_up("a")
        .wait(1000)
        .ring("t", "t", "b", "102")
        .wait(1000)
        .answer("t", "b", "x")
        .hang_up("b")
        .hang_up("t")
        .call();
    assert_eq!(outcome(&call, "101"), LegOutcome::Missed);
}

#[test]
fn an_agent_who_rang_out_of_a_queue_is_missed_however_the_dial_ended() {
    let call = Story::new()
        .line("t", "t")
        .join_queue("t", "support")
        .ring("t", "t", "a", "101")
        .ring("t", "t", "b", "102")
        .wait(4000)
        .say(Event::AgentRangOut {
            channel: id("t"),
            agent: "101".parse().unwrap(),
        })
        .dial_end("t", "a", DialResult::Cancel)
        .hang_up("a")
        .wait(100)
        .answer("t", "b", "x")
        .hang_up("b")
        .hang_up("t")
        .call();
    assert_eq!(outcome(&call, "101"), LegOutcome::Missed);
}

#[test]
fn an_agent_rung_again_and_again_has_one_leg() {
    let mut story = Story::new().line("t", "t").join_queue("t", "support");
    for ring in ["a1", "a2", "a3"] {
        story = story
            .ring("t", "t", ring, "101")
            .wait(4000)
            .dial_end("t", ring, DialResult::NoAnswer)
            .hang_up(ring)
            .wait(1000);
    }
    let call = story.hang_up("t").call();
    assert_eq!(call.legs.len(), 1);
    assert_eq!(call.legs.first().map(|leg| leg.ring_ms), Some(12_000));
    assert_eq!(outcome(&call, "101"), LegOutcome::Missed);
    assert_eq!(call.wait_ms, 15_000);
}

#[test]
fn who_picks_a_ringing_call_up_answered_it() {
    let call = rung()
        .phone("p", "p", "104")
        .say(Event::Pickup {
            picker: id("p"),
            rung: id("a"),
        })
        .dial_end("t", "p", DialResult::Answer)
        .enter("p", "x")
        .enter("t", "x")
        .hang_up_with("a", HangupCause::AnsweredElsewhere)
        .wait(3000)
        .hang_up("p")
        .hang_up("t")
        .call();
    assert_eq!(outcome(&call, "104"), LegOutcome::Answered);
    assert_eq!(outcome(&call, "101"), LegOutcome::Elsewhere);
    assert!(call.legs.iter().all(|leg| leg.role == LegRole::Agent));
    let picked: Vec<_> = call.legs.iter().map(|leg| leg.picked_up).collect();
    assert_eq!(picked, [false, true]);
    assert_eq!(call.talk_ms, 3000);
}

#[test]
fn a_phone_that_sent_the_call_on_says_so() {
    let call = rung()
        .dial_end("t", "a", DialResult::Forwarded)
        .hang_up("a")
        .ring("t", "t", "b", "102")
        .wait(1000)
        .answer("t", "b", "x")
        .hang_up("b")
        .hang_up("t")
        .call();
    assert_eq!(outcome(&call, "101"), LegOutcome::Elsewhere);
    let forwarded: Vec<_> = call.legs.iter().map(|leg| leg.forwarded).collect();
    assert_eq!(forwarded, [true, false]);
}

#[test]
fn answering_alone_is_no_talk() {
    let call = rung()
        .dial_end("t", "a", DialResult::Answer)
        .wait(3000)
        .hang_up("t")
        .hang_up("a")
        .call();
    assert_eq!((call.outcome, call.talk_ms), (Some(Outcome::Missed), 0));
    assert_eq!(outcome(&call, "101"), LegOutcome::Missed);
}

#[test]
fn a_transfer_before_the_target_answers_counts_for_who_passed_it_on() {
    let call = rung()
        .answer("t", "a", "x")
        .wait(1000)
        .phone("c", "c", "101")
        .ring("c", "c", "d", "104")
        .wait(500)
        .transfer(TransferKind::Attended, &["a", "c"], &["t"])
        .hang_up("a")
        .hang_up("c")
        .wait(500)
        .dial_end("t", "d", DialResult::Answer)
        .enter("d", "y")
        .enter("t", "y")
        .wait(2000)
        .hang_up("d")
        .hang_up("t")
        .call();
    assert_eq!(outcome(&call, "101"), LegOutcome::Transferred);
    assert_eq!(outcome(&call, "104"), LegOutcome::Answered);
    assert_eq!(call.direction, Direction::Inbound);
}

#[test]
fn when_everyone_is_busy_the_call_is_busy_and_else_missed() {
    let busy = |name: &'static str, extension: &'static str| {
        move |story: Story| {
            story
                .phone(name, "t", extension)
                .dial("t", name)
                .dial_end("t", name, DialResult::Busy)
                .hang_up_with(name, HangupCause::Busy)
        }
    };
    let line = Story::new().line("t", "t");
    let all = busy("b", "102")(busy("a", "101")(line.clone()));
    assert_eq!(all.hang_up("t").call().outcome, Some(Outcome::Busy));
    let one = busy("a", "101")(line).ring("t", "t", "c", "103");
    let call = one.wait(1000).hang_up("c").hang_up("t").call();
    assert_eq!(call.outcome, Some(Outcome::Missed));
}

#[test]
fn a_call_to_an_extension_without_a_phone_failed() {
    let dialled = |digits: &str| {
        Story::new()
            .types("a", "101", digits)
            .hang_up_with("a", HangupCause::NoRoute)
            .call()
    };
    let call = dialled("102");
    assert_eq!(call.outcome, Some(Outcome::Failed));
    assert_eq!(outcome(&call, "101"), LegOutcome::Cancelled);
    assert_eq!(call.direction, Direction::Internal);
    assert_eq!(call.to.as_deref(), Some("102"));
    assert_eq!(dialled("931611111111").direction, Direction::Outbound);
}

#[test]
fn a_click_to_call_through_a_local_pair_is_of_the_extension_it_rings() {
    let local = |name: &str| {
        channel(
            name,
            "l1",
            Endpoint::Local,
            linecard_call::ChannelState::Down,
        )
    };
    let call = Story::new()
        .say(local("l1"))
        .say(local("l2"))
        .say(Event::LocalPair {
            one: id("l1"),
            two: id("l2"),
        })
        .say(Event::DialBegin {
            caller: None,
            called: id("l1"),
            number: None,
        })
        .ring("l2", "l1", "a", "101")
        .wait(1000)
        .dial_end("l2", "a", DialResult::Answer)
        .enter("a", "x")
        .enter("l2", "x")
        .line("t", "l1")
        .dial("l1", "t")
        .wait(1000)
        .dial_end("l1", "t", DialResult::Answer)
        .enter("t", "y")
        .enter("l1", "y")
        .wait(3000)
        .hang_up("t")
        .hang_up("l1")
        .hang_up("l2")
        .hang_up("a")
        .call();
    assert_eq!(call.direction, Direction::Outbound);
    assert_eq!(call.from.as_deref(), Some("101"));
    assert_eq!(
        call.legs.iter().map(|leg| leg.role).collect::<Vec<_>>(),
        [LegRole::Caller]
    );
    assert_eq!(
        (call.talk_ms, outcome(&call, "101")),
        (3000, LegOutcome::Answered)
    );
}
