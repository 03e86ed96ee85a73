//! Calls on the exchange, and how soon their cards were seen at the Desks.

use std::time::Duration;

use crate::desks::Desks;
use crate::exchange::{Exchange, Load};
use crate::figures::percentile;

/// What became of the calls of one load.
pub(crate) struct Seen {
    /// From the event to the card, in milliseconds, sorted.
    took: Vec<f64>,
    /// How many calls had no card.
    pub(crate) lost: f64,
}

impl Seen {
    /// The time, in milliseconds, that `share` (0 to 1) of the cards did not take longer than.
    pub(crate) fn at(&self, share: f64) -> f64 {
        percentile(&self.took, share)
    }
}

/// Plays the calls to their ends.
pub(crate) async fn follow(
    exchange: &mut Exchange,
    desks: &Desks,
    load: &Load,
) -> anyhow::Result<Seen> {
    let rang = tokio::task::block_in_place(|| exchange.play(load))?;
    // Far longer than a card takes: what is not there by then is lost.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let seen = desks.cards();
    let mut took: Vec<f64> = rang
        .iter()
        .filter_map(|(call, at)| seen.get(call)?.checked_duration_since(*at))
        .map(|took| took.as_secs_f64() * 1_000.0)
        .collect();
    took.sort_by(f64::total_cmp);
    let lost = u32::try_from(rang.len() - took.len())?;
    Ok(Seen {
        took,
        lost: f64::from(lost),
    })
}
