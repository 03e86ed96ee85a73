//! Whether each call stands in its CRM once, with the right fields, and each stranger was created
//! once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::SignedDuration;
use linecard_crm::{CallDirection, LeftOut};
use linecard_store::{Entry, EntryState};

use super::exchange::Exchange;
use super::house::House;
use super::plan::{Call, Kind, Plan};
use super::stand::{Logged, Stand};
use crate::company;

/// By so much a start may differ: Linecard takes the time at which it hears of a call.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(2);
/// Of what is wrong, so much is told.
const TOLD: usize = 20;

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Verdict {
    /// Calls that took place.
    pub(super) calls: usize,
    /// Calls that stand nowhere.
    pub(super) lost: usize,
    /// Entries there are too many.
    pub(super) doubled: usize,
    /// Entries with a wrong field.
    pub(super) wrong: usize,
    /// Calls that Linecard found in the records.
    pub(super) reconciled: usize,
    /// Strangers who stand in their CRM.
    pub(super) created: usize,
    /// Callers whom a CRM has that should not have them, or has twice, or has not.
    pub(super) created_wrong: usize,
    told: usize,
}

/// Holds what stands in the CRMs against what happened.
pub(super) async fn judge(
    plan: &Plan,
    exchange: &Exchange,
    house: &House,
    stands: &[Box<dyn Stand>],
) -> anyhow::Result<Verdict> {
    let mut standing: HashMap<String, Vec<(usize, Logged)>> = HashMap::new();
    for (place, stand) in stands.iter().enumerate() {
        for logged in stand.logged() {
            let at = standing.entry(logged.key.clone()).or_default();
            at.push((place, logged));
        }
    }
    let mut verdict = Verdict::default();
    let mut unit = house.store.read().await?;
    for call in plan.calls() {
        let Some(key) = house.key(call, exchange)? else {
            continue;
        };
        verdict.calls += 1;
        let entry = unit.entries().get(&key).await?;
        let found = standing.remove(key.as_str()).unwrap_or_default();
        if let Some(problem) = verdict.of(call, &found, entry.as_ref(), exchange) {
            verdict.tell(&format!("{call:?} {problem}; listed here as {entry:?}"));
        }
        if let Some(entry) = &entry
            && let Some(stored) = unit.calls().get(entry.call).await?
        {
            verdict.reconciled += usize::from(stored.reconciled);
        }
    }
    for (place, logged) in standing.into_values().flatten() {
        verdict.doubled += 1;
        verdict.tell(&format!(
            "no call is the reason of {logged:?} in CRM {place}"
        ));
    }
    verdict.hold_people_against(plan, exchange, stands);
    Ok(verdict)
}

impl Verdict {
    /// Nothing was lost, doubled or wrong.
    pub(super) fn is_good(&self) -> bool {
        self.calls > 0 && self.lost + self.doubled + self.wrong + self.created_wrong == 0
    }

    /// What is wrong about what stands there about one call.
    fn of(
        &mut self,
        call: &Call,
        found: &[(usize, Logged)],
        entry: Option<&Entry>,
        exchange: &Exchange,
    ) -> Option<String> {
        match found {
            [] => {
                self.lost += 1;
                Some("stands nowhere".to_owned())
            }
            [(place, logged)] => {
                let wrong = wrong(call, *place, logged, entry, exchange);
                self.wrong += usize::from(wrong.is_some());
                let wrong = wrong.map(|what| format!("has a wrong {what}: {logged:?}"));
                let unknown = entry.map(|entry| entry.state) != Some(EntryState::Written);
                wrong.or_else(|| unknown.then(|| "is there, which is not known here".to_owned()))
            }
            several => {
                self.doubled += several.len() - 1;
                Some(format!("stands there {} times", several.len()))
            }
        }
    }

    /// Whoever called stands in one CRM once: where they were known, or where they are created.
    fn hold_people_against(&mut self, plan: &Plan, exchange: &Exchange, stands: &[Box<dyn Stand>]) {
        let mut known: HashMap<String, BTreeMap<usize, usize>> = HashMap::new();
        for (place, stand) in stands.iter().enumerate() {
            for number in stand.numbers() {
                *known.entry(number).or_default().entry(place).or_default() += 1;
            }
        }
        let took_place = |call: &&Call| exchange.begun.contains_key(&call.number);
        let callers: BTreeSet<_> = plan
            .calls()
            .filter(took_place)
            .map(|call| (call.caller, call.stand, call.stranger))
            .collect();
        for (caller, stand, stranger) in callers {
            let places = known.remove(&company::number(caller)).unwrap_or_default();
            let right = places == BTreeMap::from([(stand, 1)]);
            self.created += usize::from(right && stranger);
            if !right {
                self.created_wrong += 1;
                self.tell(&format!(
                    "caller {caller} of CRM {stand} stands, by CRM, so often: {places:?}"
                ));
            }
        }
    }

    #[expect(
        clippy::print_stderr,
        reason = "what is wrong is for whoever runs this"
    )]
    fn tell(&mut self, line: &str) {
        if self.told < TOLD {
            eprintln!("{line}");
        }
        self.told += 1;
    }
}

/// What of an entry is wrong.
fn wrong(
    call: &Call,
    place: usize,
    logged: &Logged,
    entry: Option<&Entry>,
    exchange: &Exchange,
) -> Option<&'static str> {
    let without_owner = entry.is_some_and(|entry| {
        let without = entry.without.iter();
        without.map(|it| it.what).any(|what| what == LeftOut::Owner)
    });
    let agent = (!without_owner).then_some(call.agent);
    let (direction, word) = match call.kind {
        Kind::Outbound => (CallDirection::Outbound, "Outgoing Call"),
        Kind::Answered => (CallDirection::Inbound, "Incoming Call"),
        Kind::Missed => (CallDirection::Inbound, "Missed Call"),
    };
    let answered = call.kind != Kind::Missed;
    let talk = if answered { call.talk_ms } else { 0 };
    let talk = u64::try_from(talk.saturating_add(500) / 1_000).unwrap_or(0);
    let off = logged
        .started
        .zip(exchange.begun.get(&call.number))
        .map(|(told, began)| told.duration_since(*began).abs());
    let late = exchange.late(call);
    let off_by = 1 + u64::try_from((late.as_millis() + 500) / 1_000).unwrap_or(0);
    let number = company::number(call.caller);
    let extension = company::extension(call.agent);
    let words = extension.is_ok_and(|extension| {
        let parties = [format!("<{number}>"), format!("<{extension}>")];
        logged.text.contains(word) && parties.iter().all(|party| logged.text.contains(party))
    });
    [
        (place == call.stand, "CRM"),
        // The answer that told who owns it may be the one that was lost.
        (logged.agent == agent || logged.agent.is_none(), "owner"),
        (logged.number.as_ref() == Some(&number), "person"),
        (logged.direction == direction, "direction"),
        (logged.answered == answered, "outcome"),
        (logged.talk_seconds.abs_diff(talk) <= off_by, "duration"),
        (off.is_none_or(|off| off <= TOLERANCE + late), "start"),
        (words, "description"),
    ]
    .into_iter()
    .find_map(|(right, what)| (!right).then_some(what))
}
