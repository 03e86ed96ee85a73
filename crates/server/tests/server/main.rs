//! The server as people and programs meet it: the real router over HTTP, on SQLite, with a phone
//! system and a CRM that do as they are told.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on says where by panicking"
)]

mod access;
mod alerts;
mod api_keys;
mod audit;
mod backup;
mod browser;
mod calls;
mod company;
mod crm;
mod demo;
mod desk;
mod devices;
mod dial;
mod duty;
mod explain;
mod extension_groups;
mod extensions;
mod fake_crm;
mod fake_phones;
mod health;
mod history;
mod imports;
#[path = "../../../../tests/clients/aiosmtpd/inbox.rs"]
mod inbox;
mod invitations;
mod keeping;
mod limits;
mod masking;
mod meeting;
mod numbers;
mod ownership;
mod pages;
mod people;
mod phone_systems;
mod phonebooks;
mod pick_up;
mod pops;
mod routing;
mod second_factor;
mod security;
mod set_up;
mod sign_in;
mod single_sign_on;
mod softphone;
mod sounds;
mod tls;
mod transfer;
mod webhooks;
