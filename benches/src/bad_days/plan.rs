//! What happens, decided before it does: the calls, the troubles, and when Linecard is killed.

use std::collections::HashMap;

use super::Arguments;
use super::dice::Dice;
use super::stand::{self, PEOPLE, Stand, Trouble};
use crate::company::AGENTS;

/// In the time in which Linecard is down so many calls begin and end.
const MISSED: usize = 5;
/// A trouble lasts so long, in calls' seconds; then the CRM is well until the next one.
const SLOT_MS: usize = 1_200;

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
    /// In which CRM the person is known.
    pub(super) stand: usize,
    /// Which of the people there.
    pub(super) person: usize,
    pub(super) agent: usize,
    pub(super) ring_ms: usize,
    pub(super) talk_ms: usize,
}

impl Call {
    /// The number of the person, among all that are known anywhere.
    pub(super) fn caller(&self) -> usize {
        stand::caller(self.stand, self.person)
    }
}

/// Everything that happens.
#[derive(Debug)]
pub(super) struct Plan {
    /// Calls between two kills.
    days: Vec<Vec<Call>>,
    /// Calls while Linecard is down, before the day of the same place.
    missed: Vec<Vec<Call>>,
    /// What happens at the CRMs with a call: where, which trouble, and whether it comes or goes.
    troubles: HashMap<usize, Vec<(usize, Trouble, bool)>>,
}

impl Plan {
    pub(super) fn new(arguments: &Arguments, stands: &[Box<dyn Stand>]) -> Self {
        let mut dice = Dice::new(arguments.seed);
        let days = arguments.kills + 1;
        let mut plan = Self {
            days: vec![Vec::new(); days],
            missed: vec![Vec::new(); days],
            troubles: HashMap::new(),
        };
        // Bitrix24 takes two requests a second, and every CRM is asked about every number after
        // every start.
        let people = if arguments.short { 8 } else { PEOPLE };
        let mut number = 0;
        let mut next = |dice: &mut Dice| {
            number += 1;
            call(number, stands.len(), people, dice)
        };
        let missed = MISSED.min(arguments.calls / days / 4);
        for day in 0..days {
            if day > 0 {
                plan.missed[day] = (0..missed).map(|_| next(&mut dice)).collect();
            }
            let share = arguments.calls * (day + 1) / days - arguments.calls * day / days;
            let begun = if day > 0 { missed } else { 0 };
            plan.days[day] = (begun..share).map(|_| next(&mut dice)).collect();
        }
        plan.trouble(arguments, stands, &mut dice);
        plan
    }

    /// Gives each CRM one trouble after the other: each kind once, then whichever comes. What
    /// needs a person comes right before Linecard is killed, because then the person acts.
    fn trouble(&mut self, arguments: &Arguments, stands: &[Box<dyn Stand>], dice: &mut Dice) {
        // The end is left in peace, or some would find no request to spoil.
        let calm = arguments.calls * 9 / 10;
        let per_second = usize::try_from(arguments.per_second).unwrap_or(1);
        let slot = (per_second * SLOT_MS / 1_000).max(1);
        let calls: Vec<_> = self.days.iter().flatten().map(|call| call.number).collect();
        let ends: Vec<_> = self
            .days
            .iter()
            .rev()
            .skip(1)
            .filter_map(|day| day.iter().rev().nth(slot / 3))
            .map(|call| call.number)
            .collect();
        for (place, stand) in stands.iter().enumerate() {
            let all = stand.troubles(arguments.short);
            let (for_person, mut usual): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|trouble| trouble.needs_person);
            dice.shuffle(&mut usual);
            let mut first = usual.clone().into_iter();
            let often: Vec<_> = usual.into_iter().filter(|it| !it.lasts).collect();
            for calls in calls.chunks(slot).filter(|calls| {
                let last = calls.last();
                last.is_some_and(|last| *last <= calm)
            }) {
                let next = first.next().or_else(|| dice.one(&often).copied());
                if let (Some(trouble), Some(begins), Some(ends)) =
                    (next, calls.first(), calls.last())
                {
                    self.happens(*begins, place, trouble, true);
                    self.happens(*ends, place, trouble, false);
                }
            }
            for (trouble, at) in for_person.iter().cycle().zip(&ends) {
                self.happens(*at, place, *trouble, true);
            }
        }
    }

    fn happens(&mut self, call: usize, stand: usize, trouble: Trouble, comes: bool) {
        let at = self.troubles.entry(call).or_default();
        at.push((stand, trouble, comes));
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
        self.days.iter().chain(&self.missed).flatten()
    }

    /// Lets happen what comes with this call.
    pub(super) fn disturb(&self, call: &Call, stands: &[Box<dyn Stand>]) {
        for (stand, trouble, comes) in self.troubles.get(&call.number).into_iter().flatten() {
            let Some(stand) = stands.get(*stand) else {
                continue;
            };
            let fired = stand.fired();
            let has_come = |name| fired.iter().any(|(it, times)| *it == name && *times > 0);
            if *comes {
                stand.disturb(*trouble);
            } else if has_come(trouble.name) {
                // What has found no request yet waits for one.
                stand.calms_down();
            }
        }
    }
}

fn call(number: usize, stands: usize, people: usize, dice: &mut Dice) -> Call {
    let kind = match dice.below(4) {
        0 => Kind::Missed,
        1 => Kind::Outbound,
        _ => Kind::Answered,
    };
    Call {
        number,
        kind,
        stand: dice.below(stands),
        person: dice.below(people),
        agent: dice.below(AGENTS),
        ring_ms: dice.between(100, 600),
        // Some CRMs take a call that lasted no second for one that was not answered.
        talk_ms: dice.between(700, 2_500),
    }
}
