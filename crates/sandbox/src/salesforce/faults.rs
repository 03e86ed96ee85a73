//! Failures on demand: the next N requests of a kind go wrong in a chosen way.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::errors::{ApiError, unavailable};
use super::lost_answer::lose;
use super::stand_in::StandIn;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// 503 with an HTML page; nothing is carried out.
    Unavailable,
    /// 403 `REQUEST_LIMIT_EXCEEDED`: the day's requests are used up; nothing is carried out.
    Quota,
    /// `UNABLE_TO_LOCK_ROW`: nothing is written.
    Lock,
    /// The request is carried out, then the connection closes without an answer.
    DropAfterCommit,
    /// The request waits first, then is carried out.
    Delay,
    /// The consent page answers "denied" by itself.
    RefuseConsent,
}

/// Which requests a fault is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Everything of the REST API.
    Api,
    /// GET requests of the REST API.
    Reads,
    /// The other requests of the REST API.
    Writes,
    /// The token endpoint.
    Token,
    /// The consent page.
    Consent,
}

/// Something to go wrong, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    kind: FaultKind,
    #[serde(default = "once")]
    times: u32,
    #[serde(default)]
    milliseconds: u64,
    #[serde(default)]
    target: Option<Target>,
}

fn once() -> u32 {
    1
}

impl Fault {
    /// The next `times` requests go wrong. [`FaultKind::Lock`] and [`FaultKind::DropAfterCommit`]
    /// are for writes, [`FaultKind::RefuseConsent`] for the consent page, the others for the
    /// whole REST API, unless [`Fault::at`] says otherwise.
    #[must_use]
    pub fn new(kind: FaultKind, times: u32) -> Self {
        Self {
            kind,
            times,
            milliseconds: 0,
            target: None,
        }
    }

    /// The next `times` requests of the REST API wait `milliseconds` first.
    #[must_use]
    pub fn delay(milliseconds: u64, times: u32) -> Self {
        Self {
            milliseconds,
            ..Self::new(FaultKind::Delay, times)
        }
    }

    /// Confines the fault to these requests.
    #[must_use]
    pub fn at(self, target: Target) -> Self {
        Self {
            target: Some(target),
            ..self
        }
    }

    fn target(&self) -> Target {
        self.target.unwrap_or(match self.kind {
            FaultKind::Lock | FaultKind::DropAfterCommit => Target::Writes,
            FaultKind::RefuseConsent => Target::Consent,
            FaultKind::Unavailable | FaultKind::Quota | FaultKind::Delay => Target::Api,
        })
    }
}

/// The faults that are still to come, in the order in which they were asked for.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Uses up one fault of this kind meant for such a request.
    pub(crate) fn take(&mut self, kind: FaultKind, request: Target) -> Option<Fault> {
        let meant = |fault: &&mut Fault| {
            let target = fault.target();
            fault.kind == kind
                && fault.times > 0
                && (target == request
                    || target == Target::Api && matches!(request, Target::Reads | Target::Writes))
        };
        let fault = self.0.iter_mut().find(meant)?;
        fault.times -= 1;
        let taken = fault.clone();
        self.0.retain(|fault| fault.times > 0);
        Some(taken)
    }
}

/// Counts the request and lets it go wrong if its turn has come.
pub(crate) async fn inject(
    State(stand_in): State<StandIn>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    stand_in.requests().count(request.method().as_str(), path);
    let Some(target) = target(request.method(), path) else {
        return next.run(request).await;
    };
    let delay = stand_in.faults().take(FaultKind::Delay, target);
    if let Some(delay) = delay {
        tokio::time::sleep(Duration::from_millis(delay.milliseconds)).await;
    }
    if stand_in
        .faults()
        .take(FaultKind::Unavailable, target)
        .is_some()
    {
        return unavailable();
    }
    if stand_in.faults().take(FaultKind::Quota, target).is_some() {
        return ApiError::new(
            StatusCode::FORBIDDEN,
            "REQUEST_LIMIT_EXCEEDED",
            "TotalRequests Limit exceeded.",
        )
        .into_response();
    }
    let drop = stand_in
        .faults()
        .take(FaultKind::DropAfterCommit, target)
        .is_some();
    let response = next.run(request).await;
    if drop { lose(response) } else { response }
}

fn target(method: &Method, path: &str) -> Option<Target> {
    if path.starts_with("/services/data") {
        let reads = *method == Method::GET || *method == Method::HEAD;
        Some(if reads { Target::Reads } else { Target::Writes })
    } else {
        path.starts_with("/services/oauth2/token")
            .then_some(Target::Token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_used_up_and_waits_for_its_own_requests() {
        let mut faults = Faults::default();
        faults.add(Fault::new(FaultKind::DropAfterCommit, 1));
        faults.add(Fault::new(FaultKind::Unavailable, 2));
        assert!(
            faults
                .take(FaultKind::DropAfterCommit, Target::Reads)
                .is_none()
        );
        assert!(faults.take(FaultKind::Unavailable, Target::Token).is_none());
        assert!(
            faults
                .take(FaultKind::DropAfterCommit, Target::Writes)
                .is_some()
        );
        assert!(
            faults
                .take(FaultKind::DropAfterCommit, Target::Writes)
                .is_none()
        );
        assert!(faults.take(FaultKind::Unavailable, Target::Reads).is_some());
        assert!(
            faults
                .take(FaultKind::Unavailable, Target::Writes)
                .is_some()
        );
        assert!(faults.take(FaultKind::Unavailable, Target::Reads).is_none());
    }

    #[test]
    fn a_fault_can_be_meant_for_the_token_endpoint() {
        let mut faults = Faults::default();
        faults.add(Fault::new(FaultKind::DropAfterCommit, 1).at(Target::Token));
        assert!(
            faults
                .take(FaultKind::DropAfterCommit, Target::Writes)
                .is_none()
        );
        assert!(
            faults
                .take(FaultKind::DropAfterCommit, Target::Token)
                .is_some()
        );
    }
}
