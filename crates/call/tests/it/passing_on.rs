//! Who has a call that was passed on or parked.

use linecard_call::{Call, DialResult, Direction, Event, LegOutcome, TransferKind};

use crate::story::{Story, id};

/// 101 talks with a caller for three seconds.
fn talking() -> Story {
    Story::new()
        .line("t", "t")
        .ring("t", "t", "a", "101")
        .wait(1000)
        .dial_end("t", "a", DialResult::Answer)
        .enter("a", "x")
        .enter("t", "x")
        .wait(3000)
}

fn parked(story: Story) -> Story {
    story.say(Event::Parked {
        channel: id("t"),
        by: "101".parse().unwrap(),
    })
}

fn outcomes(call: &Call) -> Vec<(&str, Option<LegOutcome>)> {
    let legs = call.legs.iter();
    legs.map(|leg| (leg.extension.as_str(), leg.outcome))
        .collect()
}

#[test]
fn who_gets_a_call_back_has_answered_it() {
    let call = talking()
        .transfer(TransferKind::Blind, &["a"], &["t"])
        .hang_up("a")
        .ring("t", "t", "b", "104")
        .wait(1000)
        .dial_end("t", "b", DialResult::Answer)
        .enter("b", "y")
        .enter("t", "y")
        .wait(1000)
        .transfer(TransferKind::Blind, &["b"], &["t"])
        .hang_up("b")
        .ring("t", "t", "a2", "101")
        .wait(1000)
        .answer("t", "a2", "z")
        .hang_up("t")
        .hang_up("a2")
        .call();
    let expected = [
        ("101", Some(LegOutcome::Answered)),
        ("104", Some(LegOutcome::Transferred)),
    ];
    assert_eq!(outcomes(&call), expected);
}

#[test]
fn a_parked_call_that_another_fetches_was_passed_on_also_when_parking_is_told_late() {
    let fetched = |story: Story| {
        story
            .wait(100)
            .phone("b", "b", "104")
            .enter("b", "y")
            .enter("t", "y")
            .wait(1000)
            .hang_up("t")
            .hang_up("b")
            .call()
    };
    let soon = parked(talking()).leave("t", "x").hang_up("a");
    let late = parked(talking().leave("t", "x").leave("a", "x").hang_up("a"));
    for call in [fetched(soon), fetched(late)] {
        let expected = [
            ("101", Some(LegOutcome::Transferred)),
            ("104", Some(LegOutcome::Answered)),
        ];
        assert_eq!(outcomes(&call), expected);
        assert_eq!(call.talk_ms, 4000);
    }
}

#[test]
fn a_parked_call_that_nobody_fetches_is_still_its_parkers() {
    let call = parked(talking())
        .leave("t", "x")
        .hang_up("a")
        .wait(5000)
        .hang_up("t")
        .call();
    assert_eq!(outcomes(&call), [("101", Some(LegOutcome::Answered))]);
}

#[test]
fn who_consults_in_another_bridge_holds_the_caller_meanwhile() {
    let call = talking()
        .say(Event::Hold { channel: id("a") })
        .leave("a", "x")
        .enter("a", "y")
        .wait(2000)
        .leave("a", "y")
        .enter("a", "x")
        .wait(1000)
        .hang_up("t")
        .hang_up("a")
        .call();
    assert_eq!((call.talk_ms, call.hold_ms), (6000, 2000));
}

#[test]
fn a_call_between_extensions_that_is_passed_on_to_the_outside_is_a_call_out() {
    let call = Story::new()
        .types("a", "101", "102")
        .ring("a", "a", "b", "102")
        .wait(1000)
        .dial_end("a", "b", DialResult::Answer)
        .enter("b", "x")
        .enter("a", "x")
        .wait(1000)
        .transfer(TransferKind::Blind, &["b"], &["a"])
        .leave("a", "x")
        .hang_up("b")
        .line("t", "a")
        .dial("a", "t")
        .wait(1000)
        .dial_end("a", "t", DialResult::Answer)
        .enter("t", "y")
        .enter("a", "y")
        .wait(2000)
        .hang_up("t")
        .hang_up("a")
        .call();
    assert_eq!(call.direction, Direction::Outbound);
    assert_eq!(call.talk_ms, 2000);
}
