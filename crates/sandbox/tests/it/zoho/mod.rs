//! The stand-in for Zoho CRM as its clients see it.

mod pages;
mod records;
mod rules;
mod server;
mod third_party;
mod tokens;
