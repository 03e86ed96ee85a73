//! Lists: filtered, sorted, in pages of fifty.

mod condition;
mod filter;
mod order;
mod page;

pub(crate) use condition::Cell;
pub(crate) use filter::{Filter, read as read_filter};
pub(crate) use order::{Order, read as read_order};
pub(crate) use page::{Page, Start, page};
