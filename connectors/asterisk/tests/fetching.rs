//! A softphone fetches a call that rings at the desk phone: what Asterisk 22 says meanwhile, and the
//! call that comes of it.

use std::time::Duration;

use jiff::Timestamp;
use linecard_asterisk::translate::{Translator, pattern};
use linecard_call::{Call, CallState, Change, LegOutcome, LegRole, Outcome, Settings, Tracker};
use serde_json::{Map, Value};

const TRUNK: (&str, &str) = ("PJSIP/trunk-00000000", "1.1");
const DESK: (&str, &str) = ("PJSIP/101-00000001", "1.2");
/// Asterisk counts it to a call of its own until it is connected.
const SOFTPHONE: (&str, &str) = (
    "PJSIP/101-web-00000002",
    "lc-pick-0190b6a5-0000-7000-8000-000000000001-1.1",
);

/// What happens, a second apart.
struct Story {
    translator: Translator,
    tracker: Tracker,
    at: Timestamp,
    changes: Vec<Change>,
}

impl Story {
    /// Somebody outside calls, and the desk phone of 101 rings.
    fn rings() -> Self {
        let (own, trunk) = (pattern(r"PJSIP/1\d\d"), pattern("PJSIP/trunk"));
        let mut story = Self {
            translator: Translator::new(vec![own.unwrap()], vec![trunk.unwrap()]).with_softphones(),
            tracker: Tracker::new(Settings::default()),
            at: Timestamp::UNIX_EPOCH,
            changes: Vec::new(),
        };
        let caller = [("CallerIDNum", "31600000001"), ("Exten", "5551000")];
        story.says("Newchannel", &[("", TRUNK, "4")], &caller);
        story.says("Newchannel", &[("", DESK, "0")], &[]);
        story.says("DialBegin", &[("", TRUNK, "4"), ("Dest", DESK, "0")], &[]);
        story.says("Newstate", &[("", DESK, "5")], &[]);
        story
    }

    /// Asterisk rings the softphone.
    fn softphone_rings(&mut self) {
        self.says("Newchannel", &[("", SOFTPHONE, "0")], &[]);
        self.says("DialBegin", &[("Dest", SOFTPHONE, "0")], &[]);
        self.says("Newstate", &[("", SOFTPHONE, "5")], &[]);
    }

    /// It picks up by itself.
    fn softphone_answers(&mut self) {
        self.says("Newstate", &[("", SOFTPHONE, "6")], &[]);
        let answer = [("DialStatus", "ANSWER")];
        self.says("DialEnd", &[("Dest", SOFTPHONE, "6")], &answer);
    }

    fn says(&mut self, name: &str, channels: &[(&str, (&str, &str), &str)], more: &[(&str, &str)]) {
        self.at += Duration::from_secs(1);
        let mut headers = Map::new();
        for (prefix, (channel, id), state) in channels {
            let call = if *id == SOFTPHONE.1 { id } else { TRUNK.1 };
            for (key, value) in [
                ("Channel", *channel),
                ("Uniqueid", *id),
                ("Linkedid", call),
                ("ChannelState", *state),
            ] {
                headers.insert(format!("{prefix}{key}"), Value::from(value));
            }
        }
        for (key, value) in more {
            headers.insert((*key).to_owned(), Value::from(*value));
        }
        let (tracker, at) = (&mut self.tracker, self.at);
        let mut handle = |at, event| tracker.handle(at, event);
        self.translator.translate(at, name, &headers, &mut handle);
        self.changes
            .extend(std::iter::from_fn(|| self.tracker.poll()));
    }

    fn hangs_up(&mut self, channel: (&str, &str), state: &str, cause: &str) {
        self.says("Hangup", &[("", channel, state)], &[("Cause", cause)]);
    }

    /// The grace after the last hangup is over.
    fn settles(&mut self) {
        self.tracker.tick(self.at + Duration::from_mins(1));
        self.changes
            .extend(std::iter::from_fn(|| self.tracker.poll()));
    }

    /// The one call that ever was.
    fn ends(mut self) -> Call {
        self.settles();
        for change in &self.changes {
            match change {
                Change::Started(call) | Change::Updated(call) | Change::Ended(call) => {
                    assert_eq!(call.id.as_str(), TRUNK.1);
                    assert!(call.legs.len() <= 1, "{call:?}");
                    let role = |leg: &linecard_call::Leg| leg.role == LegRole::Agent;
                    assert!(call.legs.iter().all(role), "{call:?}");
                }
                Change::Merged { .. } => panic!("{change:?}"),
            }
        }
        assert_eq!(self.tracker.load(), linecard_call::Load::default());
        let Some(Change::Ended(call)) = self.changes.pop() else {
            panic!("{:?}", self.changes);
        };
        *call
    }
}

#[test]
fn x5_a_fetched_call_is_one_call_with_one_talk_of_the_agent() {
    let mut story = Story::rings();
    story.softphone_rings();
    story.softphone_answers();
    let target = [
        ("TargetChannel", DESK.0),
        ("TargetUniqueid", DESK.1),
        ("TargetLinkedid", TRUNK.1),
    ];
    story.says("Pickup", &[("", SOFTPHONE, "6")], &target);
    story.hangs_up(DESK, "5", "26");
    let answer = [("DialStatus", "ANSWER")];
    story.says(
        "DialEnd",
        &[("", TRUNK, "4"), ("Dest", SOFTPHONE, "6")],
        &answer,
    );
    let bridge = [("BridgeUniqueid", "b")];
    story.says("BridgeEnter", &[("", SOFTPHONE, "6")], &bridge);
    story.says("BridgeEnter", &[("", TRUNK, "6")], &bridge);
    assert!(
        story
            .tracker
            .calls()
            .all(|call| call.state == CallState::Talking)
    );
    story.says("BridgeLeave", &[("", SOFTPHONE, "6")], &bridge);
    story.hangs_up(SOFTPHONE, "6", "16");
    story.says("BridgeLeave", &[("", TRUNK, "6")], &bridge);
    story.hangs_up(TRUNK, "6", "16");
    let call = story.ends();
    assert_eq!(call.outcome, Some(Outcome::Answered));
    let [leg] = call.legs.as_slice() else {
        panic!("{call:?}");
    };
    assert_eq!(leg.outcome, Some(LegOutcome::Answered));
    assert_eq!(leg.talk_ms, 1_000);
    assert!(!leg.picked_up, "its own phone rang");
}

#[test]
fn x5_a_softphone_that_comes_too_late_leaves_no_trace() {
    let mut story = Story::rings();
    story.softphone_rings();
    let cancelled = [("DialStatus", "CANCEL")];
    let dial = [("", TRUNK, "4"), ("Dest", DESK, "5")];
    story.says("DialEnd", &dial, &cancelled);
    story.hangs_up(TRUNK, "4", "0");
    story.hangs_up(DESK, "5", "16");
    story.settles();
    let told = story.changes.len();
    let last = story.changes.last();
    assert!(matches!(last, Some(Change::Ended(_))), "{last:?}");
    story.softphone_answers();
    story.hangs_up(SOFTPHONE, "6", "0");
    story.settles();
    assert_eq!(story.changes.len(), told, "{:?}", story.changes.last());
    let call = story.ends();
    assert_eq!(call.outcome, Some(Outcome::Missed));
    assert_eq!(call.legs[0].outcome, Some(LegOutcome::Missed));
}

#[test]
fn x5_a_softphone_that_is_met_before_it_has_the_call_counts_to_that() {
    let mut story = Story::rings();
    // So Asterisk lists it after a lost link.
    story.says("Newchannel", &[("", SOFTPHONE, "6")], &[]);
    assert_eq!(story.tracker.load().channels, 3);
    assert_eq!(story.tracker.load().calls, 1);
}
