//! Addresses outside that are told of calls (X13), and what each was told.

mod create_webhook;
mod delete_webhook;
mod delivery;
mod list_webhook_deliveries;
mod list_webhooks;
mod put_webhook;
mod renew_webhook_secret;
mod resend_webhook_delivery;
mod test_webhook;
mod view;

use axum::http::StatusCode;
use linecard_flow::{WebhookEvent, Webhooks};
use linecard_store::{UnitOfWork, WebhookChoice, WebhookEndpoint, WebhookId, WebhookSecrets};
use serde::Deserialize;
use url::Url;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::input;
use crate::problem::{FieldProblems, Problem};
use crate::state::App;

/// How many endpoints there may be: each message is stored once for each.
const MOST: usize = 20;
/// The most characters of an address.
const LONGEST_URL: usize = 2_000;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_webhooks::list_webhooks))
        .routes(routes!(create_webhook::create_webhook))
        .routes(routes!(put_webhook::put_webhook))
        .routes(routes!(delete_webhook::delete_webhook))
        .routes(routes!(renew_webhook_secret::renew_webhook_secret))
        .routes(routes!(test_webhook::test_webhook))
        .routes(routes!(list_webhook_deliveries::list_webhook_deliveries))
        .routes(routes!(resend_webhook_delivery::resend_webhook_delivery))
}

/// What can go wrong with an endpoint that is named.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("There is no such endpoint; somebody may have removed it.")]
    Unknown,
    #[error("There may be at most {MOST} endpoints. Remove one that is used no more.")]
    TooMany,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let (status, code) = match error {
            Error::Unknown => (StatusCode::NOT_FOUND, "not_found"),
            Error::TooMany => (StatusCode::CONFLICT, "too_many"),
        };
        Self::new(status, code, error)
    }
}

/// What an admin says about an endpoint.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WantedWebhook {
    /// What the company calls it.
    #[schema(example = "Wallboard")]
    name: String,
    /// Where messages are sent: `https`, and no address of a private network unless those are
    /// allowed.
    #[schema(example = "https://example.com/hooks/linecard")]
    url: String,
    /// What it is told of.
    events: Vec<String>,
    /// Whether it gets numbers and names of outside parties.
    personal: bool,
    /// Whether it is told anything.
    enabled: bool,
    /// The version that was read, with a change; a new endpoint has none.
    version: Option<i64>,
}

impl WantedWebhook {
    /// What is to be kept, and the address.
    fn check(self, webhooks: &Webhooks) -> Result<(WebhookChoice, String), Problem> {
        let mut fields = FieldProblems::default();
        let name = input::name(&mut fields, "/name", &self.name);
        let url = address(&mut fields, webhooks, self.url.trim());
        let events = events(&mut fields, self.events);
        let choice = WebhookChoice {
            name,
            events,
            personal: self.personal,
            enabled: self.enabled,
        };
        fields.finish_with(url.map(|url| (choice, url)))
    }
}

fn address(fields: &mut FieldProblems, webhooks: &Webhooks, text: &str) -> Option<String> {
    if text.is_empty() {
        fields.add("/url", "required", "An address is needed.");
        return None;
    }
    let url = Url::parse(text).ok().filter(|url| {
        let plain = url.username().is_empty() && url.password().is_none();
        plain && url.has_host() && url.fragment().is_none() && text.len() <= LONGEST_URL
    });
    let Some(url) = url else {
        let detail = "An address is like https://example.com/hooks, without user and password.";
        fields.add("/url", "address_invalid", detail);
        return None;
    };
    fields.take("/url", "address_forbidden", webhooks.check(&url))?;
    Some(url.into())
}

fn events(fields: &mut FieldProblems, wanted: Vec<String>) -> Vec<String> {
    if wanted.is_empty() {
        fields.add("/events", "required", "At least one event is needed.");
    }
    let mut events = Vec::new();
    for (place, name) in wanted.into_iter().enumerate() {
        let path = format!("/events/{place}");
        let event = fields.take(&path, "unknown", name.parse::<WebhookEvent>());
        events.extend(event.map(|event| event.as_str().to_owned()));
    }
    events.sort();
    events.dedup();
    events
}

/// The endpoint of that id. What is no id names none.
fn webhook_id(text: &str) -> Result<WebhookId, Error> {
    text.parse().map_err(|_| Error::Unknown)
}

/// An endpoint and its secrets.
async fn find(
    work: &mut UnitOfWork,
    id: WebhookId,
) -> Result<(WebhookEndpoint, WebhookSecrets), Problem> {
    let endpoint = work.webhooks().get(id).await?;
    let secrets = work.webhooks().secrets(id).await?;
    Ok(endpoint.zip(secrets).ok_or(Error::Unknown)?)
}
