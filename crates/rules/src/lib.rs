//! The decisions.
//!
//! Each file decides one thing: from a call, the settings and what is known, to what shall be
//! done. Nothing in here opens a socket, reads a clock or keeps anything, so that every rule can
//! be read on one page and shown in a test without a phone system or a CRM.

pub mod alerts;
pub mod assign;
pub mod attribution;
pub mod bind;
pub mod create;
pub mod dial;
pub mod exclude;
pub mod journal;
pub mod lookup;
pub mod matching;
pub mod pop;
pub mod route;
pub mod sound;
pub mod sync;
pub mod template;
pub mod terms;
