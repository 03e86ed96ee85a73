//! Measures Linecard: what the programs in `src/bin` share.
//!
//! Each program measures one thing and writes one line of JSON, a [`figures::Bench`]. What it
//! measures runs as it does in the field: the real link on a real socket, the real `linecard`
//! process, a real database file. Whatever plays the outside world is another process, or at
//! least not part of what is counted. `cargo xtask bench` builds and runs them all;
//! `docs/performance.md` tells what the figures mean.

pub mod company;
pub mod cpu;
pub mod desks;
pub mod feed;
pub mod figures;
pub mod mix;
pub mod phone_system;
pub mod phones;
pub mod ringing;
pub mod serve;
