//! The daily figures per agent and per queue (X12).

use linecard_call::{Call, Direction, Leg, LegOutcome, LegRole, Outcome};
use linecard_store::{CompanyFigures, Day, Figures, LegFigures};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::{call, extension};

on_both_databases!(
    x12_an_agents_day_counts_what_rang_there_and_what_was_dialled,
    x12_a_queues_day_counts_every_caller_who_waited,
    x12_a_call_belongs_to_the_day_on_which_it_started,
);

/// A leg of 101 in a call from outside.
fn rang(outcome: LegOutcome, ring_ms: u64, talk_ms: u64) -> Leg {
    let mut leg = call("", 0).legs.remove(0);
    leg.outcome = Some(outcome);
    leg.ring_ms = ring_ms;
    leg.talk_ms = talk_ms;
    leg
}

fn of(number: &str, mut leg: Leg) -> Leg {
    leg.extension = extension(number);
    leg
}

async fn keep(fixture: &Fixture, calls: &[Call]) {
    let phone_system = fixture.phone_system().await.id;
    let mut unit = fixture.begin().await;
    let calls: Vec<_> = calls.iter().map(|call| (phone_system, call)).collect();
    unit.calls().put_all(&calls).await.unwrap();
    unit.commit().await.unwrap();
}

/// From the start, `hours` on.
fn day(fixture: &Fixture, from: i64, until: i64) -> Day {
    Day {
        since: fixture.later(from * 3600),
        until: fixture.later(until * 3600),
    }
}

async fn x12_an_agents_day_counts_what_rang_there_and_what_was_dialled(fixture: &Fixture) {
    let mut both = call("both", 1);
    both.legs = vec![
        rang(LegOutcome::Answered, 4_000, 60_000),
        of("102", rang(LegOutcome::Elsewhere, 4_000, 0)),
    ];
    let mut passed_on = call("passed on", 2);
    passed_on.legs = vec![rang(LegOutcome::Transferred, 2_000, 30_000)];
    let mut missed = call("missed", 3);
    missed.outcome = Some(Outcome::Missed);
    missed.legs = vec![
        rang(LegOutcome::Missed, 9_000, 0),
        of("102", rang(LegOutcome::Declined, 1_000, 0)),
        of("103", rang(LegOutcome::Busy, 0, 0)),
    ];
    let mut out = call("out", 4);
    out.direction = Direction::Outbound;
    out.legs = vec![Leg {
        role: LegRole::Caller,
        ..rang(LegOutcome::Answered, 7_000, 10_000)
    }];
    let mut between = call("between", 5);
    between.direction = Direction::Internal;
    between.legs = vec![rang(LegOutcome::Answered, 1_000, 5_000)];
    keep(fixture, &[both, passed_on, missed, out, between]).await;

    let mut unit = fixture.read().await;
    let days = [day(fixture, 0, 24)];
    let figures = unit.calls().figures_of_legs(&days, None).await.unwrap();
    let alice = LegFigures {
        day: 0,
        extension: extension("101"),
        figures: Figures {
            inbound: 3,
            outbound: 1,
            answered: 2,
            missed: 1,
            talk_ms: 100_000,
            wait_ms: 6_000,
            waits: 2,
        },
    };
    let rung = |number, inbound, missed| LegFigures {
        day: 0,
        extension: extension(number),
        figures: Figures {
            inbound,
            missed,
            ..Figures::default()
        },
    };
    assert_eq!(
        figures,
        [alice.clone(), rung("102", 2, 1), rung("103", 1, 1)]
    );

    let own = Some(extension("101"));
    let figures = unit
        .calls()
        .figures_of_legs(&days, own.as_ref())
        .await
        .unwrap();
    assert_eq!(figures, [alice]);
    assert_eq!(unit.calls().figures_of_legs(&[], None).await.unwrap(), []);
}

async fn x12_a_queues_day_counts_every_caller_who_waited(fixture: &Fixture) {
    let waited = |id, queue: Option<&str>, outcome, wait_ms, talk_ms| Call {
        queue: queue.map(str::to_owned),
        outcome: Some(outcome),
        wait_ms,
        talk_ms,
        ..call(id, 1)
    };
    let mut out = waited("out", None, Outcome::Answered, 0, 20_000);
    out.direction = Direction::Outbound;
    keep(
        fixture,
        &[
            waited("1", Some("sales"), Outcome::Answered, 10_000, 60_000),
            waited("2", Some("sales"), Outcome::Missed, 30_000, 0),
            waited("3", None, Outcome::Answered, 5_000, 40_000),
            out,
        ],
    )
    .await;
    let mut unit = fixture.read().await;
    let days = [day(fixture, 0, 24)];
    let mut figures = unit.calls().figures_of_queues(&days).await.unwrap();
    figures.sort_by(|one, other| one.queue.cmp(&other.queue));
    assert_eq!(
        figures,
        [
            CompanyFigures {
                day: 0,
                queue: None,
                figures: Figures {
                    inbound: 1,
                    outbound: 1,
                    answered: 1,
                    missed: 0,
                    talk_ms: 60_000,
                    wait_ms: 5_000,
                    waits: 1,
                },
            },
            CompanyFigures {
                day: 0,
                queue: Some("sales".to_owned()),
                figures: Figures {
                    inbound: 2,
                    outbound: 0,
                    answered: 1,
                    missed: 1,
                    talk_ms: 60_000,
                    wait_ms: 40_000,
                    waits: 2,
                },
            },
        ]
    );
    let since = |seconds| fixture.later(seconds);
    assert_eq!(unit.calls().queues(since(0)).await.unwrap(), ["sales"]);
    assert_eq!(unit.calls().queues(since(2)).await.unwrap(), [""; 0]);
}

async fn x12_a_call_belongs_to_the_day_on_which_it_started(fixture: &Fixture) {
    let hour = 3600;
    // The last second of a day of 23 hours, and the first one of the next.
    keep(fixture, &[call("1", 23 * hour - 1), call("2", 23 * hour)]).await;
    let mut unit = fixture.read().await;
    let days = [day(fixture, 0, 23), day(fixture, 23, 47)];
    let figures = unit.calls().figures_of_legs(&days, None).await.unwrap();
    let counted: Vec<_> = figures
        .iter()
        .map(|it| (it.day, it.figures.inbound))
        .collect();
    assert_eq!(counted, [(0, 1), (1, 1)]);
}
