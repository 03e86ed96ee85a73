//! What happens, decided before it does: the calls, the troubles, and when Linecard is killed.

use std::collections::HashMap;

use super::Arguments;
use super::departments;
use super::stand::{self, Stand};
use super::trouble::{Meets, Trouble};
use super::weather::Weather;
use crate::dice::Dice;

/// In the time in which Linecard is down so many calls begin and end.
const MISSED: usize = 5;
/// A trouble lasts so long at most, in calls' seconds; then the next one comes.
const SLOT_MS: usize = 1_200;
/// It lasts shorter where fewer than so many would come to a CRM.
const LEAST_TROUBLES: usize = 20;
/// Of so many troubles one is a rare one, once each has come.
const RARE: usize = 12;
/// Of so many calls one is of a stranger's first, but there are at least [`LEAST_STRANGERS`].
const STRANGER: usize = 200;
const LEAST_STRANGERS: usize = 32;

/// What kind of call it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The person called, and the agent answered.
    Answered,
    /// The person called, and gave up.
    Missed,
    /// The agent called, and the person answered.
    Outbound,
}

/// One call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub(super) number: usize,
    pub(super) kind: Kind,
    /// In which CRM the caller is known, or is to be created.
    pub(super) stand: usize,
    /// The outside party, among all.
    pub(super) caller: usize,
    /// No CRM knows the outside party at first.
    pub(super) stranger: bool,
    pub(super) agent: usize,
    pub(super) ring_ms: usize,
    pub(super) talk_ms: usize,
}

/// Everything that happens.
#[derive(Debug)]
pub(super) struct Plan {
    dice: Dice,
    people: usize,
    strangers: usize,
    calls: usize,
    /// Calls between two kills.
    days: Vec<Vec<Call>>,
    /// Calls while Linecard is down, before the day of the same place.
    missed: Vec<Vec<Call>>,
    /// Calls for troubles that had met nothing in the end.
    encores: Vec<Call>,
    /// What happens at the CRMs with a call.
    happenings: HashMap<usize, Vec<Happening>>,
}

/// Something that happens at the CRM at a place.
#[derive(Debug, Clone, Copy)]
enum Happening {
    Comes(usize, Trouble),
    Goes(usize, Trouble),
    /// Somebody at the CRM types the caller in at this very moment.
    Typed(usize, usize),
}

impl Plan {
    pub(super) fn new(arguments: &Arguments, stands: &[Box<dyn Stand>]) -> Self {
        let days = arguments.kills + 1;
        let mut plan = Self {
            dice: Dice::new(arguments.seed),
            people: arguments.people.clamp(1, stand::PEOPLE),
            strangers: 0,
            calls: 0,
            days: vec![Vec::new(); days],
            missed: vec![Vec::new(); days],
            encores: Vec::new(),
            happenings: HashMap::new(),
        };
        let mut all: Vec<Call> = (0..arguments.calls)
            .map(|_| plan.call(stands.len()))
            .collect();
        // The end is left in peace, or some would find no request to spoil.
        let calm = arguments.calls * 9 / 10;
        let per_second = usize::try_from(arguments.per_second).unwrap_or(1).max(1);
        plan.strangers_call(&mut all[..calm], per_second, stands);
        let slot = (per_second * SLOT_MS / 1_000).min(calm / LEAST_TROUBLES);
        plan.troubles_come(&all[..calm], slot.max(1), stands);
        let missed = MISSED.min(arguments.calls / days / 4);
        let mut all = all.into_iter();
        for day in 0..days {
            let share = arguments.calls * (day + 1) / days - arguments.calls * day / days;
            let unheard = if day > 0 { missed } else { 0 };
            plan.missed[day] = all.by_ref().take(unheard).collect();
            plan.days[day] = all.by_ref().take(share - unheard).collect();
        }
        plan
    }

    /// The next call, of somebody whom a CRM knows. The last of them, which takes the fewest
    /// requests, has half as many as the others.
    fn call(&mut self, stands: usize) -> Call {
        let stand = self.dice.below(2 * stands - 1) / 2;
        let person = self.dice.below(self.people);
        let agents = departments::for_person(stand, person);
        self.calls += 1;
        let dice = &mut self.dice;
        Call {
            number: self.calls,
            kind: match dice.below(4) {
                0 => Kind::Missed,
                1 => Kind::Outbound,
                _ => Kind::Answered,
            },
            stand,
            caller: stand::person(stand, person),
            stranger: false,
            agent: dice.between(agents.start, agents.end - 1),
            ring_ms: dice.between(100, 600),
            // Some CRMs take a call that lasted no second for one that was not answered.
            talk_ms: dice.between(700, 2_500),
        }
    }

    /// Makes this call one of a stranger's, who is to be created at `stand`.
    fn of_stranger(&mut self, call: Call, stranger: usize, stand: usize) -> Call {
        let agents = departments::for_strangers(stand);
        Call {
            stand,
            caller: stand::stranger(stranger),
            stranger: true,
            agent: self.dice.between(agents.start, agents.end - 1),
            ..call
        }
    }

    /// Lets strangers call two or three times each, the second time soon after the first: their
    /// record may just be created. Some are typed in at their CRM at the moment of the first call.
    fn strangers_call(&mut self, calls: &mut [Call], second: usize, stands: &[Box<dyn Stand>]) {
        let mut creating = vec![0; stands.len()];
        let strangers = (calls.len() / STRANGER).max(LEAST_STRANGERS);
        for stranger in 0..strangers {
            let stand = stranger % stands.len();
            let first = self.dice.below(calls.len());
            let soon = first + self.dice.between(1, 3 * second);
            let later = self.dice.below(2 * calls.len());
            let mut places = vec![first, soon, first.max(later)];
            places.retain(|place| calls.get(*place).is_some_and(|call| !call.stranger));
            for place in &places {
                calls[*place] = self.of_stranger(calls[*place], stranger, stand);
            }
            let Some(call) = places.first().and_then(|place| calls.get(*place)) else {
                continue;
            };
            let troubles = stands[stand].troubles().iter();
            let troubles: Vec<_> = troubles.filter(|it| it.is_for_strangers()).collect();
            // Every second one is created in peace.
            let turn = creating[stand];
            creating[stand] += 1;
            if usize::is_multiple_of(turn, 2)
                && let Some(trouble) = troubles.get(turn / 2 % troubles.len().max(1))
            {
                if trouble.meets == Meets::Duplicate {
                    self.happens(call.number, Happening::Typed(stand, call.caller));
                }
                self.happens(call.number, Happening::Comes(stand, **trouble));
            }
        }
        self.strangers = strangers;
    }

    /// Gives each CRM one trouble after the other: each kind once, then whichever comes.
    fn troubles_come(&mut self, calls: &[Call], slot: usize, stands: &[Box<dyn Stand>]) {
        for (place, stand) in stands.iter().enumerate() {
            let all = stand.troubles().iter().copied();
            let mut all: Vec<_> = all.filter(|it| it.meets == Meets::Anything).collect();
            self.dice.shuffle(&mut all);
            let (rare, often): (Vec<_>, Vec<_>) = all.iter().partition(|it| it.rare);
            let mut first = all.into_iter();
            for calls in calls.chunks(slot) {
                let next = first.next().or_else(|| {
                    let seldom = self.dice.below(RARE) == 0;
                    let of = if seldom { &rare } else { &often };
                    self.dice.one(of).copied()
                });
                if let (Some(trouble), Some(begins), Some(ends)) =
                    (next, calls.first(), calls.last())
                {
                    self.happens(begins.number, Happening::Comes(place, trouble));
                    self.happens(ends.number, Happening::Goes(place, trouble));
                }
            }
        }
    }

    fn happens(&mut self, call: usize, what: Happening) {
        self.happenings.entry(call).or_default().push(what);
    }

    /// The calls of each day; between two days Linecard is killed.
    pub(super) fn days(&self) -> impl Iterator<Item = &[Call]> {
        self.days.iter().map(Vec::as_slice)
    }

    /// The calls while Linecard is down before that day.
    pub(super) fn missed(&self, day: usize) -> &[Call] {
        self.missed.get(day).map_or(&[], Vec::as_slice)
    }

    /// All of them.
    pub(super) fn calls(&self) -> impl Iterator<Item = &Call> {
        let planned = self.days.iter().chain(&self.missed).flatten();
        planned.chain(&self.encores)
    }

    /// One more call, at which this trouble of the CRM at `place` is sure to meet its request.
    pub(super) fn encore(&mut self, place: usize, trouble: &Trouble, stands: usize) -> Call {
        let call = self.call(stands);
        let call = if trouble.is_for_strangers() {
            self.strangers += 1;
            self.of_stranger(call, self.strangers, place)
        } else {
            let person = self.dice.below(self.people);
            let agents = departments::for_person(place, person);
            Call {
                stand: place,
                caller: stand::person(place, person),
                agent: self.dice.between(agents.start, agents.end - 1),
                ..call
            }
        };
        if trouble.meets == Meets::Duplicate {
            self.happens(call.number, Happening::Typed(place, call.caller));
        }
        self.happens(call.number, Happening::Comes(place, *trouble));
        self.encores.push(call);
        call
    }

    /// Lets happen what comes with this call.
    pub(super) fn happen(&self, call: &Call, weather: &Weather<'_>) {
        for happening in self.happenings.get(&call.number).into_iter().flatten() {
            match happening {
                Happening::Comes(place, trouble) => weather.turns_bad(*place, *trouble),
                Happening::Goes(place, trouble) => weather.clears_up(*place, trouble),
                Happening::Typed(place, caller) => weather.types_in(*place, *caller),
            }
        }
    }
}

impl Trouble {
    fn is_for_strangers(&self) -> bool {
        matches!(self.meets, Meets::Creation | Meets::Duplicate)
    }
}
