//! The search: groups of filters that are OR-ed, the filters of one group AND-ed.

mod filter;
mod request;

pub(crate) use request::{Request, run};
