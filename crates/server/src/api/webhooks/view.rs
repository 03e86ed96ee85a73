//! An endpoint as it is shown.

use jiff::Timestamp;
use linecard_store::{UnitOfWork, WebhookDisabled, WebhookEndpoint, WebhookSecrets};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;

/// An address outside that is told of calls.
#[derive(Serialize, ToSchema)]
pub(super) struct Webhook {
    /// Names it.
    id: String,
    /// What the company calls it.
    name: String,
    /// Where messages are sent.
    url: String,
    /// What it is told of.
    #[schema(example = json!(["call.ended"]))]
    events: Vec<String>,
    /// Whether it gets numbers and names of outside parties.
    personal: bool,
    /// Whether it is told anything.
    enabled: bool,
    /// Why Linecard itself has switched it off: `failing` (nothing arrived for days) or `gone` (it
    /// said so, 410).
    #[schema(required)]
    disabled_reason: Option<&'static str>,
    /// Since when nothing has arrived there; `null`: the last message did.
    #[schema(required)]
    failing_since: Option<Timestamp>,
    /// How many messages wait to be sent.
    waiting: u64,
    /// Until when the secret before the newest signs, too.
    #[schema(required)]
    older_secret_until: Option<Timestamp>,
    /// When it was made.
    created: Timestamp,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

impl Webhook {
    pub(super) async fn of(
        work: &mut UnitOfWork,
        endpoint: WebhookEndpoint,
        secrets: WebhookSecrets,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let waiting = work.deliveries().waiting(endpoint.id).await?;
        let until = secrets.before.map(|(_, until)| until);
        Ok(Self {
            id: endpoint.id.to_string(),
            name: endpoint.name,
            url: secrets.url,
            events: endpoint.events,
            personal: endpoint.personal,
            enabled: endpoint.enabled,
            disabled_reason: endpoint.disabled.map(WebhookDisabled::as_str),
            failing_since: endpoint.failing_since,
            waiting,
            older_secret_until: until.filter(|until| now < *until),
            created: endpoint.created,
            version: endpoint.version,
        })
    }
}

/// A secret that is shown this once.
#[derive(Serialize, ToSchema)]
pub(super) struct WebhookSecret {
    /// What signs: `whsec_` and base64, as Standard Webhooks writes secrets.
    pub(super) secret: String,
    /// The endpoint.
    pub(super) webhook: Webhook,
}
