//! Counts requests, so that a test can say how many a call cost.

use std::collections::BTreeMap;

use serde::Serialize;

/// How often each endpoint was asked since the start or the last reset.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Requests {
    total: u64,
    /// By method and path; record ids are written `{id}`.
    by_endpoint: BTreeMap<String, u64>,
}

impl Requests {
    /// Counts one request; `is_id` tells which segments of a path are record ids.
    pub(crate) fn count(&mut self, method: &str, path: &str, is_id: impl Fn(&str) -> bool) {
        self.total += 1;
        let path: Vec<&str> = path
            .split('/')
            .map(|segment| if is_id(segment) { "{id}" } else { segment })
            .collect();
        let endpoint = format!("{method} {}", path.join("/"));
        *self.by_endpoint.entry(endpoint).or_default() += 1;
    }

    /// The requests whose endpoint fits, such as those that count against a daily limit.
    pub(crate) fn matching(&self, fits: impl Fn(&str) -> bool) -> u64 {
        self.by_endpoint
            .iter()
            .filter(|(endpoint, _)| fits(endpoint))
            .map(|(_, count)| count)
            .sum()
    }

    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    /// The count of one endpoint, `"POST /services/data/v66.0/sobjects/Task"`.
    pub(crate) fn of(&self, endpoint: &str) -> u64 {
        self.by_endpoint.get(endpoint).copied().unwrap_or(0)
    }
}
