//! The way of a call, with a phone system and a CRM that the tests play.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose stage cannot be set has failed"
)]

#[path = "../../../../tests/clients/aiosmtpd/inbox.rs"]
mod inbox;
mod office;

mod alerts;
mod authorization;
mod backup;
mod caller_match;
mod chooser;
mod creating;
mod desk;
mod dial;
mod dial_search;
mod duty;
mod explain;
mod follow_ups;
mod imports;
mod journal;
mod leaving;
mod look_alikes;
mod number_data;
mod outages;
mod outbox;
mod pops;
mod precedence;
mod reconcile;
mod routing;
mod sight;
mod sync;
mod sync_meaning;
mod terms;
mod webhooks;
