//! A phone number: read it, compare it, show it, hide it.
//!
//! What a phone system or a CRM writes down as a number is text. A [`Plan`] (the company's
//! country and its extensions) reads that text into a [`Reading`]: an [`Extension`], a
//! [`Phone`], a withheld number, or something that is no number. Two phones are the same when
//! their [`E164`] forms are equal; nothing is ever compared by its last digits.

mod e164;
mod extension;
mod phone;
mod plan;

pub use e164::{E164, E164Error};
pub use extension::{Extension, ExtensionError, ExtensionRange};
pub use phone::Phone;
pub use plan::{Country, CountryError, Plan, Reading};
