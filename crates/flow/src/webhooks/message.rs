//! What happened, as messages to those who want to know.

use jiff::Timestamp;
use linecard_call::{Call, Leg};
use linecard_crm::{Record, Words};
use linecard_number::{Extension, Plan, Reading};
use linecard_store::{Alert, Entry, NewDelivery, StoreError, UnitOfWork, WebhookEndpoint};
use serde::Serialize;
use serde_json::{Map, Value, json};
use url::Url;
use uuid::Uuid;

use super::WebhookEvent;
use crate::CallRef;

/// The name of the message that the test button sends.
const TEST: &str = "webhook.test";

/// Something that endpoints are told of.
#[derive(Debug, Clone)]
pub(crate) struct Happening {
    /// `None`: somebody tries whether messages arrive.
    event: Option<WebhookEvent>,
    /// What happened, always by the same key: no endpoint is told of it twice.
    pub(super) key: String,
    at: Timestamp,
    data: Map<String, Value>,
    /// Numbers and names of outside parties, and words in which they may stand.
    personal: Map<String, Value>,
}

#[derive(Serialize)]
struct Message<'a> {
    r#type: &'static str,
    timestamp: Timestamp,
    data: &'a Map<String, Value>,
}

impl Happening {
    /// Somebody tries whether messages arrive.
    pub(super) fn test(id: Uuid, at: Timestamp) -> Self {
        Self {
            event: None,
            key: format!("{TEST}/{id}"),
            at,
            data: object(json!({ "text": "This is a test by Linecard." })),
            personal: Map::new(),
        }
    }

    pub(super) fn event_name(&self) -> &'static str {
        self.event.map_or(TEST, WebhookEvent::as_str)
    }

    /// What is sent. Without `personal`, what is personal is null.
    pub(super) fn body(&self, personal: bool) -> String {
        let mut data = self.data.clone();
        for (name, value) in &self.personal {
            let value = if personal { value.clone() } else { Value::Null };
            data.insert(name.clone(), value);
        }
        let message = Message {
            r#type: self.event_name(),
            timestamp: self.at,
            data: &data,
        };
        json!(message).to_string()
    }
}

/// Those who want to know.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listeners(Vec<WebhookEndpoint>);

impl Listeners {
    /// The endpoints that are switched on.
    pub(crate) async fn read(unit: &mut UnitOfWork) -> Result<Self, StoreError> {
        Ok(Self::of(unit.webhooks().list().await?))
    }

    /// Those among `all` that are switched on.
    pub(super) fn of(mut all: Vec<WebhookEndpoint>) -> Self {
        all.retain(|endpoint| endpoint.enabled);
        Self(all)
    }

    /// Whether anybody wants to know of `event`.
    pub(crate) fn want(&self, event: WebhookEvent) -> bool {
        self.who_wants(event).next().is_some()
    }

    /// Puts a message in for everybody who wants to know of what happened. Whether there is any.
    pub(crate) async fn tell(
        &self,
        unit: &mut UnitOfWork,
        happened: &[Happening],
    ) -> Result<bool, StoreError> {
        let mut messages = Vec::new();
        for happening in happened {
            let Some(event) = happening.event else {
                continue;
            };
            messages.extend(self.who_wants(event).map(|endpoint| NewDelivery {
                endpoint: endpoint.id,
                event: event.as_str().to_owned(),
                event_key: happening.key.clone(),
                body: happening.body(endpoint.personal),
            }));
        }
        if messages.is_empty() {
            return Ok(false);
        }
        Ok(unit.deliveries().enqueue_all(messages).await? > 0)
    }

    fn who_wants(&self, event: WebhookEvent) -> impl Iterator<Item = &WebhookEndpoint> {
        let wants = move |endpoint: &&WebhookEndpoint| {
            endpoint.events.iter().any(|name| name == event.as_str())
        };
        self.0.iter().filter(wants)
    }
}

/// Something happened to a call, or to one agent's part of it.
pub(crate) fn call_happened(
    event: WebhookEvent,
    at: &CallRef,
    call: &Call,
    leg: Option<&Leg>,
    who: Option<&Record>,
    plan: &Plan,
) -> Happening {
    let extension = leg.map(|leg| &leg.extension);
    let when = match (event, leg) {
        (WebhookEvent::CallRinging, Some(leg)) => Some(leg.started),
        (WebhookEvent::CallAnswered, Some(leg)) => leg.answered,
        _ => call.ended,
    };
    let legs: Vec<_> = call.legs.iter().map(part).collect();
    let number = match call.read_outside(plan) {
        Reading::Phone(phone) => Some(phone.e164.to_string()),
        _ => call.outside().map(str::to_owned),
    };
    Happening {
        event: Some(event),
        key: key(event, &at.to_string(), extension),
        at: when.unwrap_or(call.started),
        data: object(json!({
            "call": at,
            "extension": extension,
            "direction": call.direction,
            "outcome": call.outcome,
            "did": call.did,
            "queue": call.queue,
            "tags": call.tags,
            "started": call.started,
            "answered": call.answered,
            "ended": call.ended,
            "wait_ms": call.wait_ms,
            "talk_ms": call.talk_ms,
            "hold_ms": call.hold_ms,
            "legs": legs,
        })),
        personal: object(json!({
            "person": {
                "number": number,
                "name": who.map(|who| &who.name),
                "company": who.and_then(|who| who.company.as_ref()),
            },
        })),
    }
}

fn part(leg: &Leg) -> Value {
    json!({
        "extension": leg.extension,
        "role": leg.role,
        "outcome": leg.outcome,
        "ring_ms": leg.ring_ms,
        "talk_ms": leg.talk_ms,
        "hold_ms": leg.hold_ms,
    })
}

/// An agent's part of a call was written, or refused. `time` counts what can happen to the same
/// entry again.
pub(crate) async fn entry_happened(
    unit: &mut UnitOfWork,
    event: WebhookEvent,
    entry: &Entry,
    time: &str,
) -> Result<Happening, StoreError> {
    let call = unit.calls().get(entry.call).await?.map(|stored| CallRef {
        phone_system: stored.phone_system,
        call: stored.call.id,
    });
    let connection = unit.connections().get(entry.connection).await?;
    Ok(Happening {
        event: Some(event),
        key: key(event, &format!("{}/{time}", entry.key.as_str()), None),
        at: entry.updated,
        data: object(json!({
            "entry": entry.key,
            "call": call,
            "extension": entry.extension,
            "crm": connection.map(|it| it.kind),
            "contact": entry.who.as_ref().map(|who| &who.at),
            "record": entry.crm_id,
            "page": entry.page,
            "reason": entry.reason,
            "advice": advice(entry.words.as_ref()),
        })),
        personal: object(json!({
            "person": entry.who.as_ref().map(|who| json!({
                "number": who.number,
                "name": who.name,
                "company": who.company,
            })),
            "subject": entry.subject,
            "words": text(entry.words.as_ref()),
            "advice_about": about(entry.words.as_ref()),
        })),
    })
}

/// A trouble needs a person, or is over; `page` is where it is put right.
pub(crate) fn alert_happened(event: WebhookEvent, alert: &Alert, page: Option<&Url>) -> Happening {
    let time = alert.raised.as_microsecond();
    Happening {
        event: Some(event),
        key: key(event, &format!("{}/{time}", alert.key), None),
        at: alert.ended.unwrap_or(alert.raised),
        data: object(json!({
            "kind": alert.kind,
            "name": alert.name,
            "amount": alert.amount,
            "since": alert.since,
            "ended": alert.ended,
            "page": page,
            "advice": advice(alert.words.as_ref()),
        })),
        personal: object(json!({
            "words": text(alert.words.as_ref()),
            "advice_about": about(alert.words.as_ref()),
        })),
    }
}

/// The other side's own words.
fn text(words: Option<&Words>) -> Option<&str> {
    words.map(|it| it.text.as_str()).filter(|it| !it.is_empty())
}

/// The stable word for what Linecard knows about it.
fn advice(words: Option<&Words>) -> Option<&'static str> {
    words?.advice.as_ref().map(|it| it.code.code())
}

/// What that is about: an address, a field, a record.
fn about(words: Option<&Words>) -> Option<&str> {
    words?.advice.as_ref()?.about.as_deref()
}

fn key(event: WebhookEvent, what: &str, extension: Option<&Extension>) -> String {
    match extension {
        Some(extension) => format!("{}/{what}/{extension}", event.as_str()),
        None => format!("{}/{what}", event.as_str()),
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
