//! How much of the day's requests an organisation has used.

use std::sync::atomic::{AtomicBool, Ordering};

use linecard_http::{Answer, Budget};

/// From this share of the day's requests on, in percent, the log says so.
const NEARLY: u64 = 80;

/// Reads what Salesforce adds to every answer: `Sforce-Limit-Info: api-usage=18/15000`. The
/// window of 24 hours rolls, so there is no moment at which it ends.
#[derive(Default)]
pub(crate) struct Limits {
    said: AtomicBool,
}

impl Limits {
    /// Tells the budget; warns once when the requests of the day run out.
    pub(crate) fn note(&self, answer: &Answer, budget: &Budget) {
        let Some((used, allowed)) = answer
            .headers()
            .get("sforce-limit-info")
            .and_then(|value| value.to_str().ok())
            .and_then(usage)
        else {
            return;
        };
        budget.note(used, allowed, None);
        let nearly = used.saturating_mul(100) >= allowed.saturating_mul(NEARLY);
        if nearly && !self.said.swap(nearly, Ordering::Relaxed) {
            tracing::warn!(
                used,
                allowed,
                "Salesforce's requests of the day are nearly used up"
            );
        } else if !nearly {
            self.said.store(false, Ordering::Relaxed);
        }
    }
}

fn usage(header: &str) -> Option<(u64, u64)> {
    let (used, allowed) = header
        .split(';')
        .find_map(|part| part.trim().strip_prefix("api-usage="))?
        .split_once('/')?;
    Some((used.parse().ok()?, allowed.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usage_is_read_with_and_without_the_apps_own_share() {
        assert_eq!(usage("api-usage=18/15000"), Some((18, 15_000)));
        let both = "api-usage=25/5000; per-app-api-usage=17/250(appName=x)";
        assert_eq!(usage(both), Some((25, 5_000)));
        for odd in ["", "api-usage=", "api-usage=1", "api-usage=a/b"] {
            assert_eq!(usage(odd), None, "{odd}");
        }
    }
}
