//! The simulation seen through the same tracker as a real phone system.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose stage cannot be set has failed"
)]

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use linecard_call::{
    Call, CallId, CallState, Change, Direction, Event, LegOutcome, LegRole, LegState, Outcome,
    Settings, Tracker,
};
use linecard_clock::SystemClock;
use linecard_demo::{Cast, DemoLink, Exchange};
use linecard_number::Extension;
use linecard_pbx::{CommandError, Dial, DialFailure, DialTarget, Pbx, Simulation};

/// An exchange and a tracker that hears all of it; each command takes a second.
struct Office {
    exchange: Exchange,
    tracker: Tracker,
    now: Timestamp,
    newest: Option<Call>,
}

impl Office {
    fn open() -> Self {
        Self {
            exchange: Exchange::new(Cast::small_company(Vec::new()), "test"),
            tracker: Tracker::new(Settings::default()),
            now: Timestamp::from_second(1_000).unwrap(),
            newest: None,
        }
    }

    fn hear(&mut self, events: Vec<Event>) {
        for event in events {
            self.tracker.handle(self.now, event);
        }
        self.now = self.now.checked_add(SignedDuration::from_secs(1)).unwrap();
        self.tracker.tick(self.now);
        while let Some(change) = self.tracker.poll() {
            match change {
                Change::Started(call) | Change::Updated(call) | Change::Ended(call) => {
                    self.newest = Some(*call);
                }
                Change::Merged { .. } => panic!("the simulation makes no consultations"),
            }
        }
    }

    fn ring(&mut self, from: Option<&str>, to: &str) -> CallId {
        let (call, events) = self.exchange.ring(from, None, to).unwrap();
        self.hear(events);
        call
    }

    fn answer(&mut self, call: &CallId, who: Option<&Extension>) {
        let events = self.exchange.answer(call, who).unwrap();
        self.hear(events);
    }

    fn hang_up(&mut self, call: &CallId, who: Option<&Extension>) {
        let events = self.exchange.hang_up(call, who).unwrap();
        self.hear(events);
    }

    fn pass_on(&mut self, call: &CallId, by: &str, to: &str) {
        let to = DialTarget::Extension(ext(to));
        let events = self.exchange.pass_on(call, &ext(by), &to).unwrap();
        self.hear(events);
    }

    fn call(&self) -> &Call {
        self.newest.as_ref().expect("a call was seen")
    }

    fn leg(&self, extension: &str) -> Option<LegOutcome> {
        self.call().leg(&ext(extension)).expect("took part").outcome
    }
}

fn ext(number: &str) -> Extension {
    number.parse().unwrap()
}

#[test]
fn an_outside_caller_rings_a_person_who_answers() {
    let mut office = Office::open();
    let id = office.ring(Some("+14155550134"), "101");
    assert_eq!(office.call().direction, Direction::Inbound);
    assert_eq!(office.call().from.as_deref(), Some("+14155550134"));
    assert_eq!(office.call().legs[0].state, LegState::Ringing);
    office.answer(&id, Some(&ext("101")));
    assert_eq!(office.call().state, CallState::Talking);
    office.hang_up(&id, Some(&ext("101")));
    assert_eq!(office.call().outcome, Some(Outcome::Answered));
    assert_eq!(office.call().talk_ms, 1_000);
    assert!(office.exchange.calls().is_empty());
}

#[test]
fn a_caller_who_gives_up_is_a_missed_call() {
    let mut office = Office::open();
    let id = office.ring(Some("+14155550134"), "101");
    office.hang_up(&id, None);
    assert_eq!(office.call().outcome, Some(Outcome::Missed));
    assert_eq!(office.leg("101"), Some(LegOutcome::Missed));
}

#[test]
fn in_a_group_one_takes_the_call_and_the_others_were_rung_elsewhere() {
    let mut office = Office::open();
    let id = office.ring(Some("+14155550134"), "600");
    assert_eq!(office.call().legs.len(), 3);
    office.answer(&id, Some(&ext("102")));
    office.hang_up(&id, None);
    assert_eq!(office.leg("102"), Some(LegOutcome::Answered));
    assert_eq!(office.leg("101"), Some(LegOutcome::Elsewhere));
    assert_eq!(office.leg("104"), Some(LegOutcome::Elsewhere));
}

#[test]
fn a_queue_names_itself_and_outlives_a_refusal() {
    let mut office = Office::open();
    let id = office.ring(Some("+14155550134"), "700");
    assert_eq!(office.call().queue.as_deref(), Some("Support"));
    office.hang_up(&id, Some(&ext("101")));
    office.answer(&id, Some(&ext("103")));
    office.hang_up(&id, None);
    assert_eq!(office.leg("101"), Some(LegOutcome::Declined));
    assert_eq!(office.leg("103"), Some(LegOutcome::Answered));
}

#[test]
fn a_person_refuses_and_the_call_is_over() {
    let mut office = Office::open();
    let id = office.ring(Some("+14155550134"), "101");
    office.hang_up(&id, Some(&ext("101")));
    assert_eq!(office.call().state, CallState::Ended);
    assert_eq!(office.leg("101"), Some(LegOutcome::Declined));
}

#[test]
fn a_desk_phone_dials_out_and_the_outside_answers() {
    let mut office = Office::open();
    let (id, events) = office.exchange.dial(&ext("101"), "4155550134").unwrap();
    office.hear(events);
    assert_eq!(office.call().direction, Direction::Outbound);
    assert_eq!(office.call().to.as_deref(), Some("4155550134"));
    assert!(office.exchange.calls()[0].outside_can_answer);
    office.answer(&id, None);
    office.hang_up(&id, None);
    assert_eq!(office.call().outcome, Some(Outcome::Answered));
    assert_eq!(office.leg("101"), Some(LegOutcome::Answered));
}

#[test]
fn a_desk_phone_dials_another() {
    let mut office = Office::open();
    let (id, events) = office.exchange.dial(&ext("101"), "102").unwrap();
    office.hear(events);
    assert_eq!(office.call().direction, Direction::Internal);
    office.answer(&id, Some(&ext("102")));
    office.hang_up(&id, Some(&ext("101")));
    assert_eq!(office.call().outcome, Some(Outcome::Answered));
}

#[test]
fn a_call_that_is_passed_on_rings_the_colleague_and_both_have_their_part() {
    let mut office = Office::open();
    let id = office.ring(Some("+14155550134"), "101");
    office.answer(&id, Some(&ext("101")));
    office.pass_on(&id, "101", "102");
    let bob = office.call().leg(&ext("102")).unwrap();
    assert_eq!(bob.state, LegState::Ringing);
    office.answer(&id, Some(&ext("102")));
    assert_eq!(office.call().state, CallState::Talking);
    office.hang_up(&id, None);
    let call = office.call();
    assert_eq!(
        (call.direction, call.outcome),
        (Direction::Inbound, Some(Outcome::Answered))
    );
    assert_eq!(call.from.as_deref(), Some("+14155550134"));
    assert_eq!(call.talk_ms, 2_000);
    assert_eq!(office.leg("101"), Some(LegOutcome::Transferred));
    assert_eq!(office.leg("102"), Some(LegOutcome::Answered));
}

#[test]
fn who_was_called_outside_is_passed_on_and_back_again() {
    let mut office = Office::open();
    let (id, events) = office.exchange.dial(&ext("101"), "4155550134").unwrap();
    office.hear(events);
    office.answer(&id, None);
    office.pass_on(&id, "101", "102");
    office.answer(&id, Some(&ext("102")));
    office.pass_on(&id, "102", "101");
    office.answer(&id, Some(&ext("101")));
    let running = &office.exchange.calls()[0];
    assert_eq!(
        (running.from.as_deref(), running.to.as_str()),
        (Some("4155550134"), "101")
    );
    office.hang_up(&id, None);
    assert_eq!(office.call().direction, Direction::Outbound);
    assert_eq!(office.leg("101"), Some(LegOutcome::Answered));
    assert_eq!(office.leg("102"), Some(LegOutcome::Transferred));
}

#[test]
fn a_call_is_passed_on_to_a_queue_and_to_a_number_outside() {
    let mut office = Office::open();
    let id = office.ring(Some("+14155550134"), "101");
    office.answer(&id, Some(&ext("101")));
    office.pass_on(&id, "101", "700");
    assert_eq!(office.call().queue.as_deref(), Some("Support"));
    office.answer(&id, Some(&ext("103")));
    let outside = DialTarget::Outside {
        number: "+442071838750".parse().unwrap(),
        local: "011442071838750".to_owned(),
    };
    let passed = office.exchange.pass_on(&id, &ext("103"), &outside);
    office.hear(passed.unwrap());
    assert!(office.exchange.calls()[0].outside_can_answer);
    office.answer(&id, None);
    office.hang_up(&id, None);
    assert_eq!(office.leg("103"), Some(LegOutcome::Transferred));
    assert!(office.exchange.calls().is_empty());
}

#[test]
fn a_colleague_who_is_busy_loses_the_call_that_is_passed_on() {
    let mut office = Office::open();
    let (_, events) = office.exchange.dial(&ext("102"), "4155550135").unwrap();
    office.hear(events);
    let id = office.ring(Some("+14155550134"), "101");
    office.answer(&id, Some(&ext("101")));
    office.pass_on(&id, "101", "102");
    assert_eq!(office.call().state, CallState::Ended);
    assert_eq!(office.leg("101"), Some(LegOutcome::Transferred));
    assert_eq!(office.exchange.calls().len(), 1);
}

#[test]
fn nobody_but_who_talks_passes_a_call_on_and_nobody_is_sent_to_a_stranger() {
    let mut office = Office::open();
    let id = office.ring(Some("+14155550134"), "600");
    let to = |number| DialTarget::Extension(ext(number));
    let mut tried = |by, number| office.exchange.pass_on(&id, &ext(by), &to(number));
    assert_eq!(tried("101", "103"), Err(CommandError::Gone));
    office.answer(&id, Some(&ext("101")));
    let mut tried = |by, number| office.exchange.pass_on(&id, &ext(by), &to(number));
    assert_eq!(tried("102", "103"), Err(CommandError::Gone));
    assert!(matches!(tried("101", "199"), Err(CommandError::Refused(_))));
    assert_eq!(office.call().state, CallState::Talking);
    assert!(office.exchange.calls()[0].talking);
}

#[test]
fn a_withheld_caller_has_no_number() {
    let mut office = Office::open();
    office.ring(None, "101");
    assert_eq!(office.call().from, None);
}

#[test]
fn a_busy_person_is_not_rung_and_a_stranger_is_refused() {
    let mut office = Office::open();
    office.ring(Some("+14155550134"), "101");
    let (_, events) = office.exchange.ring(None, None, "101").unwrap();
    assert!(
        events
            .iter()
            .all(|event| !matches!(event, Event::DialBegin { .. }))
    );
    assert!(office.exchange.ring(None, None, "999").is_err());
    assert!(office.exchange.dial(&ext("199"), "101").is_err());
}

#[test]
fn c2_a_click_rings_the_own_phone_first_and_then_calls_the_number() {
    let mut office = Office::open();
    let id = CallId::new("lc-1");
    let events = office.exchange.place(&id, &ext("101"), "4155550134");
    office.hear(events.unwrap());
    assert!(!office.exchange.calls()[0].outside_can_answer);
    assert!(office.exchange.own_phone_rings(&id));
    office.answer(&id, Some(&ext("101")));
    assert!(!office.exchange.own_phone_rings(&id));
    assert!(office.exchange.calls()[0].outside_can_answer);
    office.answer(&id, None);
    assert_eq!(office.call().state, CallState::Talking);
    office.hang_up(&id, None);
    let call = office.call();
    assert_eq!(call.id, id);
    assert_eq!(call.direction, Direction::Outbound);
    assert_eq!(call.from.as_deref(), Some("101"));
    assert_eq!(call.to.as_deref(), Some("4155550134"));
    assert_eq!(call.legs.len(), 1);
    assert_eq!(call.legs[0].role, LegRole::Caller);
    assert_eq!(call.outcome, Some(Outcome::Answered));
}

#[test]
fn c2_a_click_that_is_given_up_calls_nobody() {
    let mut office = Office::open();
    let id = CallId::new("lc-1");
    let events = office.exchange.place(&id, &ext("101"), "102");
    office.hear(events.unwrap());
    office.hang_up(&id, Some(&ext("101")));
    assert!(office.exchange.calls().is_empty());
    assert_eq!(office.call().outcome, Some(Outcome::Cancelled));
    assert_eq!(office.call().leg(&ext("102")), None);
}

#[test]
fn c2_a_busy_phone_is_not_rung_by_a_click() {
    let mut office = Office::open();
    office.ring(Some("+14155550134"), "101");
    let placed = office
        .exchange
        .place(&CallId::new("lc-1"), &ext("101"), "102");
    assert_eq!(placed, Err(DialFailure::Busy));
    let placed = office
        .exchange
        .place(&CallId::new("lc-2"), &ext("199"), "102");
    assert_eq!(placed, Err(DialFailure::Unreachable));
}

/// Alice's call to Bob by a click, on a link that runs.
async fn click(link: &Arc<DemoLink>) -> tokio::task::JoinHandle<Result<(), DialFailure>> {
    let order = Dial {
        call: CallId::new("lc-1"),
        extension: ext("101"),
        to: DialTarget::Extension(ext("102")),
        name: None,
        auto_answer: false,
    };
    let placing = tokio::spawn({
        let link = Arc::clone(link);
        async move { Pbx::dial(&*link, order).await }
    });
    // The call is there when the order was taken.
    while Simulation::calls(&**link).is_empty() {
        tokio::task::yield_now().await;
    }
    placing
}

fn link() -> Arc<DemoLink> {
    let exchange = Exchange::new(Cast::small_company(Vec::new()), "test");
    Arc::new(DemoLink::new(exchange, Arc::new(SystemClock)))
}

#[tokio::test]
async fn c2_the_one_who_clicked_is_told_that_the_own_phone_was_picked_up() {
    let link = link();
    let placing = click(&link).await;
    link.answer(&CallId::new("lc-1"), &ext("101"))
        .await
        .unwrap();
    assert_eq!(placing.await.unwrap(), Ok(()));
}

#[tokio::test]
async fn c2_the_one_who_clicked_may_give_up() {
    let link = link();
    let placing = click(&link).await;
    link.hang_up(&CallId::new("lc-1"), &ext("101"))
        .await
        .unwrap();
    assert_eq!(placing.await.unwrap(), Err(DialFailure::Cancelled));
}

#[tokio::test(start_paused = true)]
async fn c2_a_phone_that_nobody_picks_up_rings_its_time_out() {
    let link = link();
    let placing = click(&link).await;
    assert_eq!(placing.await.unwrap(), Err(DialFailure::NotAnswered));
    assert!(Simulation::calls(&*link).is_empty());
}
