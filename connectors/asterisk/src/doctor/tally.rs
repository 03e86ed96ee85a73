//! What is heard while a call is watched, and which rights that shows or disproves.

use std::collections::HashSet;

use linecard_call::{Call, ChannelId, ChannelState, Endpoint, Event};

use super::{Finding, ReadClass};

/// Counts the events by which a missing right shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// The phones that ring or rang.
    rung: HashSet<ChannelId>,
    /// One of these was answered.
    answered: bool,
    dialled: bool,
    bridged: bool,
}

impl Tally {
    /// Takes note of one event.
    pub fn hear(&mut self, event: &Event) {
        match event {
            Event::Channel(channel) if matches!(channel.endpoint, Endpoint::Extension(_)) => {
                match channel.state {
                    ChannelState::Ringing => drop(self.rung.insert(channel.id.clone())),
                    ChannelState::Up => self.answered |= self.rung.contains(&channel.id),
                    ChannelState::Down => {}
                }
            }
            Event::DialBegin { .. } => self.dialled = true,
            Event::BridgeEnter { .. } => self.bridged = true,
            // What is told of the past says nothing about what will be told.
            Event::ResyncEnd => *self = Self::default(),
            _ => {}
        }
    }

    /// What the end of `call` has shown. `in_queue` says whether Asterisk had it in a queue,
    /// asked while it lived.
    #[must_use]
    pub fn findings(&self, call: &Call, in_queue: bool) -> Vec<Finding> {
        let mut all = Vec::new();
        if !self.rung.is_empty() && !self.dialled {
            all.push(Finding::NoDialEvents);
        }
        if self.answered && !self.bridged {
            all.push(Finding::NoBridgeEvents);
        }
        let class = ReadClass::Agent;
        if call.queue.is_some() {
            all.push(Finding::Reads { class });
        } else if in_queue {
            all.push(Finding::NotRead { class });
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use linecard_call::{BridgeId, CallId, CallState, Channel, Direction};

    use super::*;

    fn phone(state: ChannelState) -> Event {
        Event::Channel(Box::new(Channel {
            id: ChannelId::new("1.2"),
            call: CallId::new("1.1"),
            endpoint: Endpoint::Extension("101".parse().unwrap()),
            state,
            number: None,
            name: None,
            dialled: None,
            trunk: None,
            created: None,
        }))
    }

    fn dialled() -> Event {
        Event::DialBegin {
            caller: Some(ChannelId::new("1.1")),
            called: ChannelId::new("1.2"),
            number: None,
        }
    }

    fn bridged() -> Event {
        Event::BridgeEnter {
            channel: ChannelId::new("1.2"),
            bridge: BridgeId::new("b"),
        }
    }

    fn call(queue: Option<&str>) -> Call {
        let now = jiff::Timestamp::UNIX_EPOCH;
        Call {
            id: CallId::new("1.1"),
            direction: Direction::Inbound,
            state: CallState::Ended,
            outcome: None,
            from: None,
            from_name: None,
            to: None,
            did: None,
            trunk: None,
            dialled: None,
            queue: queue.map(str::to_owned),
            tags: Vec::new(),
            started: now,
            answered: None,
            ended: Some(now),
            wait_ms: 0,
            talk_ms: 0,
            hold_ms: 0,
            estimated: false,
            legs: Vec::new(),
        }
    }

    fn found(events: &[Event], queue: Option<&str>, in_queue: bool) -> Vec<Finding> {
        let mut tally = Tally::default();
        for event in events {
            tally.hear(event);
        }
        tally.findings(&call(queue), in_queue)
    }

    const RINGS: ChannelState = ChannelState::Ringing;
    const UP: ChannelState = ChannelState::Up;

    #[test]
    fn a_whole_call_shows_nothing_wrong() {
        let whole = [dialled(), phone(RINGS), phone(UP), bridged()];
        assert_eq!(found(&whole, None, false), []);
    }

    #[test]
    fn a_phone_that_rings_without_a_dial_shows_that_dials_are_held_back() {
        let silent = [phone(RINGS), phone(UP), bridged()];
        assert_eq!(found(&silent, None, false), [Finding::NoDialEvents]);
    }

    #[test]
    fn an_answer_without_a_bridge_shows_that_bridges_are_held_back() {
        let apart = [dialled(), phone(RINGS), phone(UP)];
        assert_eq!(found(&apart, None, false), [Finding::NoBridgeEvents]);
        // A phone that places a call never rings and may well be up alone.
        assert_eq!(found(&[dialled(), phone(UP)], None, false), []);
    }

    #[test]
    fn a_call_in_a_queue_shows_whether_queues_are_read() {
        let class = ReadClass::Agent;
        assert_eq!(
            found(&[], Some("support"), true),
            [Finding::Reads { class }]
        );
        assert_eq!(found(&[], None, true), [Finding::NotRead { class }]);
    }

    #[test]
    fn what_lived_before_counts_for_nothing() {
        let before = [phone(RINGS), Event::ResyncEnd];
        assert_eq!(found(&before, None, false), []);
    }
}
