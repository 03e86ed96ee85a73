//! `/metrics`, in the text format of Prometheus (version 0.0.4).
//!
//! A handful of figures needs no library: what lives elsewhere is read when it is asked for.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use linecard_pbx::LinkState;
use linecard_store::StoreError;

use crate::access::Supervisor;
use crate::problem::Problem;
use crate::state::App;

/// The classes of HTTP statuses, 1xx to 5xx.
const CLASSES: usize = 5;

/// What the server counts itself.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    answers: [AtomicU64; CLASSES],
}

impl Metrics {
    /// Counts an answer.
    pub(crate) fn answered(&self, status: StatusCode) {
        let class = usize::from(status.as_u16() / 100);
        if let Some(count) = class.checked_sub(1).and_then(|it| self.answers.get(it)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }
}

pub(crate) fn router() -> Router<App> {
    Router::new().route("/metrics", get(show))
}

/// Whoever watches shows an API key with the role of a supervisor.
async fn show(State(app): State<App>, _: Supervisor) -> Result<impl IntoResponse, Problem> {
    let media = "text/plain; version=0.0.4; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, media)], text(&app).await?))
}

async fn text(app: &App) -> Result<String, StoreError> {
    let mut text = String::new();
    family(
        &mut text,
        "linecard_http_answers_total",
        "counter",
        "HTTP answers by class of status.",
    );
    for (class, count) in app.metrics.answers.iter().enumerate() {
        let count = count.load(Ordering::Relaxed);
        let labels = format!("{{class=\"{}xx\"}}", class + 1);
        sample(&mut text, "linecard_http_answers_total", &labels, count);
    }
    let calls = app.flow.live_calls().len() as u64;
    family(&mut text, "linecard_calls", "gauge", "Calls that live now.");
    sample(&mut text, "linecard_calls", "", calls);
    let on_duty = app.flow.desk().on_duty().len() as u64;
    family(
        &mut text,
        "linecard_agents_on_duty",
        "gauge",
        "Agents on duty.",
    );
    sample(&mut text, "linecard_agents_on_duty", "", on_duty);

    let mut work = app.flow.store().read().await?;
    family(
        &mut text,
        "linecard_phone_system_up",
        "gauge",
        "1: the link is up.",
    );
    for system in work.phone_systems().list().await? {
        let status = app.flow.phone_systems().status(system.id);
        let is_up = status.is_some_and(|it| matches!(it.state, LinkState::Up { .. }));
        let labels = format!("{{id=\"{}\"}}", system.id);
        sample(
            &mut text,
            "linecard_phone_system_up",
            &labels,
            u64::from(is_up),
        );
    }
    let connections = work.connections().list().await?;
    let mut waiting = Vec::with_capacity(connections.len());
    for connection in connections {
        let counts = work.jobs().counts(connection.id).await?;
        waiting.push((connection.kind, counts));
    }
    family(
        &mut text,
        "linecard_entries_waiting",
        "gauge",
        "Entries that wait to be written.",
    );
    for (kind, counts) in &waiting {
        let count = counts.waiting + counts.waiting_for_person;
        sample(
            &mut text,
            "linecard_entries_waiting",
            &format!("{{crm=\"{kind}\"}}"),
            count,
        );
    }
    family(
        &mut text,
        "linecard_entries_parked",
        "gauge",
        "Entries that the CRM refused.",
    );
    for (kind, counts) in &waiting {
        sample(
            &mut text,
            "linecard_entries_parked",
            &format!("{{crm=\"{kind}\"}}"),
            counts.parked,
        );
    }
    Ok(text)
}

fn family(text: &mut String, name: &str, kind: &str, help: &str) {
    // Writing into a String does not fail.
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
}

fn sample(text: &mut String, name: &str, labels: &str, value: u64) {
    let _ = writeln!(text, "{name}{labels} {value}");
}
