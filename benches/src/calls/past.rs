//! A company's past: the calls of thirty days, with what stands in the CRM about them.

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use linecard_call::{
    Call, CallId, CallState, Direction, Leg, LegOutcome, LegRole, LegState, Outcome,
};
use linecard_crm::{EntryKey, Module, Record, RecordRef};
use linecard_number::Extension;
use linecard_store::{
    ConnectionId, Entry, EntryState, NewConnection, NewPhoneSystem, PhoneSystemId, Store,
    StoredCallId,
};

use crate::dice::Dice;

/// How many agents there are, from extension 1000 on.
const AGENTS: usize = 500;
const QUEUES: usize = 10;
/// The past in days, before `NOW`.
pub(super) const DAYS: i64 = 30;
/// The end of the past, in seconds.
const NOW: i64 = 1_790_000_000;
/// How many calls one transaction keeps.
const AT_ONCE: usize = 1_000;
/// Of so many calls one is refused by the CRM.
const REFUSED: usize = 10_000;

/// The end of the past.
pub(super) fn now() -> Timestamp {
    Timestamp::constant(NOW, 0)
}

/// An agent's extension.
pub(super) fn agent(which: usize) -> anyhow::Result<Extension> {
    Ok(Extension::try_from((1_000 + which % AGENTS).to_string())?)
}

/// The number of the one who called in call `which`; everybody has called some times.
pub(super) fn caller(which: usize) -> String {
    format!("+1415{:07}", which * 7_919 % 1_000_000)
}

/// Keeps so many calls.
pub(super) async fn fill(store: &Store, calls: usize) -> anyhow::Result<()> {
    let mut unit = store.begin().await?;
    let (settings, secrets) = ([].into(), [].into());
    let (kind, name) = ("bench".to_owned(), "Bench".to_owned());
    let new = NewPhoneSystem {
        kind,
        name,
        settings,
        secrets,
    };
    let phone_system = unit.phone_systems().create(new).await?.id;
    let connection = NewConnection {
        kind: "bench".to_owned(),
        settings: [].into(),
        secrets: [].into(),
    };
    let connection = unit.connections().create(connection).await?.id;
    unit.commit().await?;
    let mut dice = Dice::new(1);
    let every = SignedDuration::from_hours(DAYS * 24) / i32::try_from(calls)?;
    for first in (0..calls).step_by(AT_ONCE) {
        let begun = now() - SignedDuration::from_hours(DAYS * 24);
        let some: Vec<_> = (first..calls.min(first + AT_ONCE))
            .map(|which| call(&mut dice, which, begun + every * i32::try_from(which)?))
            .collect::<anyhow::Result<_>>()?;
        keep(store, phone_system, connection, first, &some).await?;
    }
    Ok(())
}

async fn keep(
    store: &Store,
    phone_system: PhoneSystemId,
    connection: ConnectionId,
    first: usize,
    calls: &[Call],
) -> anyhow::Result<()> {
    let mut unit = store.begin().await?;
    let all: Vec<_> = calls.iter().map(|call| (phone_system, call)).collect();
    let ids = unit.calls().put_all(&all).await?;
    let entries: Vec<_> = calls
        .iter()
        .zip(ids)
        .enumerate()
        .map(|(place, (call, id))| entry(first + place, call, id, connection))
        .collect::<anyhow::Result<_>>()?;
    unit.entries().insert_all(&entries).await?;
    unit.commit().await?;
    Ok(())
}

/// A call from outside through a queue, two thirds of them answered.
fn call(dice: &mut Dice, which: usize, started: Timestamp) -> anyhow::Result<Call> {
    let is_answered = dice.below(3) > 0;
    let rang = SignedDuration::from_secs(i64::try_from(dice.between(2, 20))?);
    let talked = SignedDuration::from_secs(i64::try_from(dice.between(10, 600))?);
    let answered = is_answered.then_some(started + rang);
    let ended = answered.map_or(started + rang, |answered| answered + talked);
    let (ring_ms, talk_ms) = (millis(rang)?, if is_answered { millis(talked)? } else { 0 });
    let leg = Leg {
        extension: agent(dice.below(AGENTS))?,
        role: LegRole::Agent,
        state: LegState::Gone,
        outcome: Some(if is_answered {
            LegOutcome::Answered
        } else {
            LegOutcome::Missed
        }),
        started,
        answered,
        talked_until: answered.map(|_| ended),
        ring_ms,
        talk_ms,
        hold_ms: 0,
        holds: vec![],
        picked_up: false,
        forwarded: false,
    };
    Ok(Call {
        id: CallId::new(format!("bench.{which}")),
        direction: Direction::Inbound,
        state: CallState::Ended,
        outcome: Some(if is_answered {
            Outcome::Answered
        } else {
            Outcome::Missed
        }),
        from: Some(caller(which)),
        from_name: None,
        to: Some(leg.extension.to_string()),
        did: None,
        trunk: None,
        dialled: None,
        queue: Some(format!("queue-{}", dice.below(QUEUES))),
        tags: vec![],
        started,
        answered,
        ended: Some(ended),
        wait_ms: ring_ms,
        talk_ms,
        hold_ms: 0,
        estimated: false,
        legs: vec![leg],
    })
}

fn millis(span: SignedDuration) -> anyhow::Result<u64> {
    Ok(u64::try_from(span.as_millis())?)
}

/// What stands in the CRM of call `which`: it was written, but for a few.
fn entry(
    which: usize,
    call: &Call,
    id: StoredCallId,
    connection: ConnectionId,
) -> anyhow::Result<Entry> {
    let leg = call.legs.first().context("a call without a leg")?;
    let is_refused = which.is_multiple_of(REFUSED);
    let person = which % 100_000;
    let page = "https://crm.example/003";
    Ok(Entry {
        key: EntryKey::new(format!("bench-{which}")),
        call: id,
        connection,
        extension: leg.extension.clone(),
        state: if is_refused {
            EntryState::Parked
        } else {
            EntryState::Written
        },
        subject: "Incoming call".to_owned(),
        description: "Grace Hopper called; the call took two minutes.".to_owned(),
        owner: Some("005000000000001AAA".to_owned()),
        who: Some(Record {
            at: RecordRef {
                module: Module::Contact,
                id: format!("003{person:015}"),
            },
            name: format!("Grace Hopper {person}"),
            company: Some("Example & Sons".to_owned()),
            owner: None,
            number: call.from.clone().unwrap_or_default(),
            account: None,
            modified: None,
            last_activity: None,
            page: page.parse()?,
        }),
        crm_id: Some(format!("00T{which:015}")),
        page: Some(page.parse()?),
        reason: is_refused.then(|| "refused".to_owned()),
        words: None,
        without: Vec::new(),
        updated: call.started,
    })
}
