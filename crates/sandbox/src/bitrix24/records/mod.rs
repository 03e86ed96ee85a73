//! What a portal keeps.

mod activity;
mod entity;
mod kind;
mod multifield;
mod portal;
mod row;
mod schema;
mod user;

pub(crate) use activity::{Activity, Communication};
pub(crate) use entity::Entity;
pub use kind::Kind;
pub(crate) use multifield::{TYPES, classic as read_classic, item as read_fm, plus};
pub(crate) use portal::{Numbered, Portal};
pub(crate) use row::{Row, classic as show_classic, moment, written};
pub(crate) use schema::{ACTIVITY, Field, Holds, classic as classic_field, item as item_field};
pub(crate) use user::User;
