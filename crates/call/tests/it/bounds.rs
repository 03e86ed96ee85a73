//! Whatever a phone system says, and for how long: memory has a bound.

use linecard_call::{
    CallId, Channel, ChannelState, Endpoint, Event, Load, Settings, Tracker, TransferKind,
};

use crate::story::{Story, channel, ended, finish, id, phone, time};

/// A channel that says another name of its call each time.
fn renamed(name: &str, call: &str) -> Event {
    Event::Channel(Box::new(Channel {
        id: id(name),
        call: CallId::new(call),
        endpoint: Endpoint::Trunk,
        state: ChannelState::Up,
        number: None,
        name: None,
        dialled: None,
        trunk: None,
        created: None,
    }))
}

#[test]
fn channels_that_never_hang_up_stop_at_the_cap() {
    let most = 500;
    let mut tracker = Tracker::new(Settings {
        max_channels: most,
        ..Settings::default()
    });
    let mut told = 0;
    for number in 0..100_000 {
        let name = number.to_string();
        let line = channel(&name, &name, Endpoint::Trunk, ChannelState::Up);
        tracker.handle(time(number), line);
        told += std::iter::from_fn(|| tracker.poll()).count();
        assert!(tracker.load().channels <= most);
    }
    assert!(told >= 2 * 99_500, "started and ended: {told}");
}

#[test]
fn a_call_with_channels_without_end_is_ended_and_begun_anew() {
    let mut tracker = Tracker::new(Settings::default());
    for number in 0..2_500 {
        let line = channel(&number.to_string(), "t", Endpoint::Trunk, ChannelState::Up);
        tracker.handle(time(number), line);
        assert!(tracker.load().channels <= 2_000);
    }
    let ended = ended(finish(&mut tracker));
    assert_eq!((ended.len(), tracker.load().calls), (1, 1));
    assert!(ended.iter().all(|call| call.estimated));
}

#[test]
fn a_call_whose_name_changes_without_end_stays_that_call() {
    let mut tracker = Tracker::new(Settings::default());
    for number in 0..5_000 {
        tracker.handle(time(0), renamed("t", &format!("name-{number}")));
    }
    assert_eq!(tracker.load().calls, 1);
    // The name it is shown by is not given up.
    tracker.handle(time(1), renamed("a", "name-0"));
    assert_eq!(tracker.load().calls, 1);
    // One of long ago is, so that it may be another call's.
    tracker.handle(time(1), renamed("b", "name-1"));
    assert_eq!(tracker.load().calls, 2);
    for name in ["t", "a", "b"] {
        let cause = linecard_call::HangupCause::Other;
        let channel = id(name);
        tracker.handle(time(2), Event::Hangup { channel, cause });
    }
    finish(&mut tracker);
    assert_eq!(tracker.load(), Load::default());
}

#[test]
fn a_call_with_ever_more_extensions_and_labels_has_so_many_and_no_more() {
    let mut story = Story::new().line("t", "t");
    for number in 0..1_500 {
        let name = format!("a-{number}");
        story = story
            .ring("t", "t", &name, &format!("{number}"))
            .hang_up(&name)
            .say(Event::Tag {
                channel: id("t"),
                tag: format!("tag-{number}").into(),
            })
            .wait(400);
    }
    let call = story.hang_up("t").call();
    assert_eq!((call.legs.len(), call.tags.len()), (1_000, 50));
}

#[test]
fn two_calls_of_many_extensions_may_become_one() {
    let mut tracker = Tracker::new(Settings::default());
    for call in ["t", "u"] {
        tracker.handle(
            time(0),
            channel(call, call, Endpoint::Trunk, ChannelState::Up),
        );
        for number in 0..800 {
            let name = format!("{call}-{number}");
            let extension = if call == "t" { number } else { 1_000 + number };
            let ringing = ChannelState::Ringing;
            let rung = channel(&name, call, phone(&extension.to_string()), ringing);
            tracker.handle(time(0), rung);
        }
    }
    let kind = TransferKind::Attended;
    let (by, others) = (vec![id("u-0")], vec![id("t")]);
    tracker.handle(time(1), Event::Transfer { kind, by, others });
    let legs: Vec<usize> = tracker.calls().map(|call| call.legs.len()).collect();
    assert_eq!(legs, [1_000]);
    tracker.handle(time(2), Event::Restarted);
    finish(&mut tracker);
    assert_eq!(tracker.load(), Load::default());
}
