//! Whether each call stands in its CRM once, with the right fields.

use std::collections::HashMap;

use anyhow::Context as _;
use jiff::SignedDuration;
use linecard_call::CallId;
use linecard_crm::{CallDirection, LeftOut};
use linecard_rules::journal;
use linecard_store::{Entry, EntryState};

use super::exchange::{self, Exchange};
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
    /// Calls that stand nowhere.
    pub(super) lost: usize,
    /// Entries there are too many.
    pub(super) doubled: usize,
    /// Entries with a wrong field.
    pub(super) wrong: usize,
    /// Calls that Linecard found in the records.
    pub(super) reconciled: usize,
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
    let mut told = 0;
    for call in plan.calls() {
        let began = exchange.begun.get(&call.number);
        let began = *began.context("a call never began")?;
        let id = CallId::new(exchange::linkedid(call, began));
        let link = house.phone_system.as_uuid();
        let key = journal::key(link, &id, &company::extension(call.agent)?);
        let entry = unit.entries().get(&key).await?;
        let found = standing.remove(key.as_str()).unwrap_or_default();
        let listed = entry.as_ref().map(|entry| entry.state);
        let problem = match found.as_slice() {
            [] => {
                verdict.lost += 1;
                Some("stands nowhere".to_owned())
            }
            [(place, logged)] => {
                let wrong = wrong(call, *place, logged, entry.as_ref(), exchange);
                verdict.wrong += usize::from(wrong.is_some());
                let wrong = wrong.map(|what| format!("has a wrong {what}: {logged:?}"));
                let unknown = listed != Some(EntryState::Written);
                wrong.or_else(|| unknown.then(|| "is there, which is not known here".to_owned()))
            }
            several => {
                verdict.doubled += several.len() - 1;
                Some(format!("stands there {} times", several.len()))
            }
        };
        if let Some(entry) = &entry
            && let Some(stored) = unit.calls().get(entry.call).await?
        {
            verdict.reconciled += usize::from(stored.reconciled);
        }
        if let Some(problem) = problem.filter(|_| told < TOLD) {
            told += 1;
            tell(&format!(
                "{call:?} of {began} {problem}; listed here as {entry:?}"
            ));
        }
    }
    // What no call was the reason of is one too many.
    verdict.doubled += standing.values().map(Vec::len).sum::<usize>();
    Ok(verdict)
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
    let direction = match call.kind {
        Kind::Outbound => CallDirection::Outbound,
        Kind::Answered | Kind::Missed => CallDirection::Inbound,
    };
    let answered = call.kind != Kind::Missed;
    let talk = if answered { call.talk_ms } else { 0 };
    let talk = u64::try_from(talk.saturating_add(500) / 1_000).unwrap_or(0);
    let late = logged
        .started
        .zip(exchange.begun.get(&call.number))
        .map(|(told, began)| told.duration_since(*began).abs());
    [
        (place == call.stand, "CRM"),
        // The answer that told who owns it may be the one that was lost.
        (logged.agent == agent || logged.agent.is_none(), "owner"),
        (logged.person == Some(call.person), "person"),
        (logged.direction == direction, "direction"),
        (logged.answered == answered, "outcome"),
        (logged.talk_seconds.abs_diff(talk) <= 1, "duration"),
        (late.is_none_or(|late| late <= TOLERANCE), "start"),
    ]
    .into_iter()
    .find_map(|(right, what)| (!right).then_some(what))
}

#[expect(
    clippy::print_stderr,
    reason = "what is wrong is for whoever runs this"
)]
fn tell(line: &str) {
    eprintln!("{line}");
}

/// A count, as a figure.
pub(super) fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
