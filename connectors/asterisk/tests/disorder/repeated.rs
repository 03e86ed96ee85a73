//! What is said twice is the same as said once.

use super::{Event, follow, recordings, text};

#[test]
fn every_end_of_a_dial_may_come_twice() {
    for recorded in recordings() {
        let events = recorded.telling();
        let told = follow(events.iter().copied());
        for later in [1, 2, 5] {
            assert_eq!(
                follow(repeated(&events, later, |event| text(event, "Event") == "DialEnd")),
                told,
                "{}, again {later} later",
                recorded.place
            );
        }
    }
}

#[test]
fn everything_may_come_twice() {
    for recorded in recordings() {
        let events = recorded.telling();
        assert_eq!(
            follow(repeated(&events, 1, |_| true)),
            follow(events.iter().copied()),
            "{}",
            recorded.place
        );
    }
}

/// The events, and those that `again` chooses once more, `later` places on.
fn repeated<'a>(
    events: &[&'a Event],
    later: usize,
    again: impl Fn(&Event) -> bool,
) -> Vec<&'a Event> {
    let mut all = Vec::new();
    for place in 0..events.len() + later {
        all.extend(events.get(place));
        all.extend(
            (place + 1)
                .checked_sub(later)
                .and_then(|earlier| events.get(earlier))
                .filter(|event| again(event)),
        );
    }
    all
}
