//! A message to an endpoint as it is shown.

use jiff::Timestamp;
use linecard_store::{Delivery, DeliveryState};
use serde::Serialize;
use utoipa::ToSchema;

/// A message to an endpoint.
#[derive(Serialize, ToSchema)]
pub(super) struct WebhookDelivery {
    /// Names it.
    id: String,
    /// The `webhook-id` it is sent under, at each attempt.
    #[schema(example = "msg_01900000-0000-7000-8000-000000000001")]
    message: String,
    /// What it tells of.
    #[schema(example = "call.ended")]
    event: String,
    /// How far it has come: `waiting`, `delivered`, `failed`.
    #[schema(example = "delivered")]
    state: &'static str,
    /// How many attempts were begun.
    attempts: i64,
    /// When the next attempt is due.
    #[schema(required)]
    next_attempt: Option<Timestamp>,
    /// When the last attempt was made.
    #[schema(required)]
    tried: Option<Timestamp>,
    /// The HTTP status it was answered with.
    #[schema(required)]
    status: Option<u16>,
    /// What went wrong, or what the endpoint said. Data: to be shown as text.
    #[schema(required)]
    words: Option<String>,
    /// How long the last attempt took, in milliseconds.
    #[schema(required)]
    duration_ms: Option<u64>,
    /// What is sent.
    body: String,
    /// When it was put in.
    created: Timestamp,
}

impl From<Delivery> for WebhookDelivery {
    fn from(delivery: Delivery) -> Self {
        let (tried, status, words, took) = match delivery.last {
            None => (None, None, None, None),
            Some(last) => (Some(last.at), last.status, last.words, Some(last.took)),
        };
        let waits = delivery.state == DeliveryState::Waiting;
        Self {
            message: format!("msg_{}", delivery.id),
            id: delivery.id.to_string(),
            event: delivery.event,
            state: delivery.state.as_str(),
            attempts: delivery.attempt,
            next_attempt: waits.then_some(delivery.next_attempt),
            tried,
            status,
            words,
            duration_ms: took.map(|took| u64::try_from(took.as_millis()).unwrap_or(u64::MAX)),
            body: delivery.body,
            created: delivery.created,
        }
    }
}
