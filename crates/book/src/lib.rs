//! Phonebooks: who is calling, and whom do I want.
//!
//! A [`Contact`] has a name and up to nine numbers, each in a [`Slot`] of its own. What the store
//! keeps of millions of them is held here in memory a second time, in the shape that a question
//! needs, so that neither a ringing phone nor a typing agent waits for a database.

mod book;
mod contact;
pub mod exchange;
pub mod matching;
pub mod search;

pub use book::{Book, Loading};
pub use contact::{Contact, ContactKey, Number, PhonebookKey, Slot};
