//! The cases, a room for each concern. Every one takes a company of its own and panics when the
//! connector is wrong.

pub mod backlog;
pub mod creating;
pub mod finding;
pub mod following;
pub mod hostile;
pub mod late_parts;
pub mod logging;
pub mod look_alikes;
pub mod troubles;
