//! What agents are at.

use linecard_store::{Duty, DutyState};

use crate::fixture::{Fixture, on_both_databases};
use crate::samples::extension;

on_both_databases!(what_an_agent_is_at_reads_back_and_the_last_word_counts);

async fn what_an_agent_is_at_reads_back_and_the_last_word_counts(fixture: &Fixture) {
    let (alice, bob) = (extension("101"), extension("102"));
    let duty = |state| Duty {
        state,
        since: fixture.now(),
    };
    let states = [
        DutyState::On,
        DutyState::Break(Some("Lunch".to_owned())),
        DutyState::Break(None),
        DutyState::Off,
        DutyState::WrapUp(fixture.later(30)),
    ];
    for state in states {
        let mut unit = fixture.begin().await;
        unit.duties()
            .put(&alice, &duty(state.clone()))
            .await
            .unwrap();
        unit.commit().await.unwrap();
        let kept = fixture.read().await.duties().list().await.unwrap();
        assert_eq!(kept, [(alice.clone(), duty(state))]);
    }
    let mut unit = fixture.begin().await;
    unit.duties().put(&bob, &duty(DutyState::On)).await.unwrap();
    let kept = unit.duties().list().await.unwrap();
    let whose: Vec<_> = kept.into_iter().map(|(whose, _)| whose).collect();
    assert_eq!(whose, [alice, bob]);
}
