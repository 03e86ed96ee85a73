//! Which node looks after an alert: it alone mails, and says that it is over. Another one does not see
//! the same disk, and may reach a phone system that this one does not.

use jiff::SignedDuration;
use linecard_rules::alerts::Told;
use linecard_store::{Alert, StoreError};

use crate::flow::Shared;

/// A node says this often that it looks after its alerts.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// A node that has said nothing for this long is gone, and another one looks after its alerts.
const LAPSES: SignedDuration = SignedDuration::from_mins(5);

/// The alerts, when it is known for another while who looks after them.
pub(super) async fn looked_after(shared: &Shared) -> Result<Vec<Alert>, StoreError> {
    let (node, now) = (shared.node.name(), shared.clock.now());
    let kept = shared.store.read().await?.alerts().list().await?;
    let is_due = |alert: &Alert| {
        let patience = if alert.node == node { AGAIN } else { LAPSES };
        now.duration_since(alert.looked) > patience
    };
    if !kept.iter().any(is_due) {
        return Ok(kept);
    }
    let mut unit = shared.store.begin().await?;
    unit.alerts().look_after(node, now - LAPSES).await?;
    let kept = unit.alerts().list().await?;
    unit.commit().await?;
    Ok(kept)
}

/// Of what people were told. One that is over and not forgotten yet is told anew when it comes back.
pub(super) fn told(kept: &[Alert], node: &str) -> Told {
    let open = kept.iter().filter(|alert| alert.ended.is_none());
    let (here, elsewhere): (Vec<_>, Vec<_>) = open.partition(|alert| alert.node == node);
    let keys = |some: Vec<&Alert>| some.into_iter().map(|alert| alert.key.clone()).collect();
    Told {
        here: keys(here),
        elsewhere: keys(elsewhere),
    }
}
