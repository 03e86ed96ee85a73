//! What the account holds: records, how they are associated, and who owns them.

mod associations;
mod kind;
mod owner;
mod record;
mod rules;
mod schema;
mod store;

pub(crate) use associations::{Association, kind_of_type, type_between, types_between};
pub(crate) use kind::Kind;
pub(crate) use owner::Owner;
pub(crate) use record::{Properties, Record, read, written};
pub(crate) use rules::{Write, checked, wanted_associations};
pub(crate) use schema::{Value, properties, property};
pub(crate) use store::{Derivation, Portal};
