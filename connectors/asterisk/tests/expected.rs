//! What a recorded scenario must tell, and the comparison.

use linecard_call::{Call, Direction, Leg, LegOutcome, LegRole, Outcome};

/// How far a time may be off, in seconds: the two versions and two runs differ by so much.
const TOLERANCE: f64 = 0.3;

/// One call as it must be told. What is not set is not compared.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    direction: Direction,
    outcome: Outcome,
    id: Option<&'static str>,
    from: Option<&'static str>,
    name: Option<&'static str>,
    to: Option<&'static str>,
    did: Option<&'static str>,
    dialled: Option<&'static str>,
    queue: Option<&'static str>,
    tags: Vec<&'static str>,
    talk: f64,
    held: f64,
    waited: Option<f64>,
    lasted: Option<f64>,
    legs: Vec<ToldLeg>,
}

#[derive(Debug, Clone)]
struct ToldLeg {
    extension: &'static str,
    role: LegRole,
    outcome: LegOutcome,
    ring: f64,
    talk: f64,
}

/// A call from 31600000001 with no talk and no legs yet.
pub(crate) fn inbound(outcome: Outcome) -> Told {
    Told {
        direction: Direction::Inbound,
        outcome,
        id: None,
        from: Some("31600000001"),
        name: None,
        to: None,
        did: None,
        dialled: None,
        queue: None,
        tags: Vec::new(),
        talk: 0.0,
        held: 0.0,
        waited: None,
        lasted: None,
        legs: Vec::new(),
    }
}

pub(crate) fn internal(from: &'static str, to: &'static str, outcome: Outcome) -> Told {
    Told {
        direction: Direction::Internal,
        from: Some(from),
        to: Some(to),
        dialled: Some(to),
        ..inbound(outcome)
    }
}

/// A call to 31611111111, dialled with the outside prefix.
pub(crate) fn outbound(from: &'static str, outcome: Outcome) -> Told {
    Told {
        direction: Direction::Outbound,
        from: Some(from),
        to: Some("31611111111"),
        dialled: Some("931611111111"),
        ..inbound(outcome)
    }
}

/// A click-to-call that did not come as far as calling the customer.
pub(crate) fn cancelled(from: &'static str) -> Told {
    Told {
        to: None,
        dialled: None,
        ..outbound(from, Outcome::Cancelled)
    }
}

impl Told {
    pub(crate) fn id(self, id: &'static str) -> Self {
        Self {
            id: Some(id),
            ..self
        }
    }

    pub(crate) fn from(self, from: Option<&'static str>) -> Self {
        Self { from, ..self }
    }

    pub(crate) fn name(self, name: &'static str) -> Self {
        Self {
            name: Some(name),
            ..self
        }
    }

    pub(crate) fn to(self, to: &'static str) -> Self {
        Self {
            to: Some(to),
            ..self
        }
    }

    pub(crate) fn did(self, did: &'static str) -> Self {
        Self {
            did: Some(did),
            ..self
        }
    }

    pub(crate) fn queue(self, queue: &'static str) -> Self {
        Self {
            queue: Some(queue),
            ..self
        }
    }

    pub(crate) fn tag(mut self, tag: &'static str) -> Self {
        self.tags.push(tag);
        self
    }

    pub(crate) fn talk(self, talk: f64) -> Self {
        Self { talk, ..self }
    }

    pub(crate) fn held(self, held: f64) -> Self {
        Self { held, ..self }
    }

    pub(crate) fn waited(self, waited: f64) -> Self {
        Self {
            waited: Some(waited),
            ..self
        }
    }

    /// From the start to the end.
    pub(crate) fn lasted(self, lasted: f64) -> Self {
        Self {
            lasted: Some(lasted),
            ..self
        }
    }

    pub(crate) fn leg(
        self,
        extension: &'static str,
        outcome: LegOutcome,
        ring: f64,
        talk: f64,
    ) -> Self {
        self.with(extension, LegRole::Agent, outcome, ring, talk)
    }

    pub(crate) fn caller(
        self,
        extension: &'static str,
        outcome: LegOutcome,
        ring: f64,
        talk: f64,
    ) -> Self {
        self.with(extension, LegRole::Caller, outcome, ring, talk)
    }

    fn with(
        mut self,
        extension: &'static str,
        role: LegRole,
        outcome: LegOutcome,
        ring: f64,
        talk: f64,
    ) -> Self {
        self.legs.push(ToldLeg {
            extension,
            role,
            outcome,
            ring,
            talk,
        });
        self
    }

    pub(crate) fn check(&self, call: &Call, place: &str) {
        assert_eq!(call.direction, self.direction, "{place}: {call:#?}");
        assert_eq!(call.outcome, Some(self.outcome), "{place}: {call:#?}");
        assert_eq!(call.from.as_deref(), self.from, "{place}: from");
        assert_eq!(call.tags, self.tags, "{place}: tags");
        assert!(!call.estimated, "{place}: estimated");
        for (what, told, expected) in [
            ("id", Some(call.id.as_str()), self.id),
            ("name", call.from_name.as_deref(), self.name),
            ("to", call.to.as_deref(), self.to),
            ("did", call.did.as_deref(), self.did),
            ("dialled", call.dialled.as_deref(), self.dialled),
        ] {
            assert!(
                expected.is_none() || told == expected,
                "{place}: {what}: {told:?}"
            );
        }
        assert_eq!(call.queue.as_deref(), self.queue, "{place}: queue");
        near(place, "talk", call.talk_ms, self.talk);
        near(place, "hold", call.hold_ms, self.held);
        if let Some(waited) = self.waited {
            near(place, "wait", call.wait_ms, waited);
        }
        let ended = call.ended.unwrap_or_else(|| panic!("{place}: no end"));
        if let Some(lasted) = self.lasted {
            let length = ended.duration_since(call.started).as_millis();
            near(place, "length", u64::try_from(length).unwrap(), lasted);
        }
        let extensions: Vec<_> = call.legs.iter().map(|leg| leg.extension.as_str()).collect();
        assert_eq!(
            extensions.len(),
            self.legs.len(),
            "{place}: legs {extensions:?}"
        );
        for expected in &self.legs {
            let leg = call.leg(&expected.extension.parse().unwrap());
            let leg = leg.unwrap_or_else(|| panic!("{place}: no leg of {}", expected.extension));
            expected.check(leg, place);
        }
    }
}

impl ToldLeg {
    fn check(&self, leg: &Leg, place: &str) {
        let place = format!("{place}, leg of {}", self.extension);
        assert_eq!(leg.role, self.role, "{place}");
        assert_eq!(leg.outcome, Some(self.outcome), "{place}");
        near(&place, "ring", leg.ring_ms, self.ring);
        near(&place, "talk", leg.talk_ms, self.talk);
    }
}

fn near(place: &str, what: &str, told_ms: u64, expected: f64) {
    let told = std::time::Duration::from_millis(told_ms).as_secs_f64();
    assert!(
        (told - expected).abs() <= TOLERANCE,
        "{place}: {what} is {told}, not {expected}"
    );
}
