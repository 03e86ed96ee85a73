//! A phone number: read it, compare it, show it, hide it.
//!
//! What a phone system or a CRM writes down as a number is text. A [`Plan`] (the company's
//! country, its extensions and its habits) reads that text into a [`Reading`]: an [`Extension`], a
//! [`Phone`], a short code, a withheld number, or something that is no number. Two phones are the
//! same when their [`E164`] forms are equal; nothing is ever compared by its last digits.
//! [`Masked`] and [`hide_numbers`] are for those who may not know numbers.

mod compare;
mod country;
mod e164;
mod extension;
mod habits;
mod mask;
mod origin;
mod phone;
mod plan;
mod spelling;
mod traces;

pub use compare::SHORTEST_NATIONAL;
pub use country::{Country, CountryError};
pub use e164::{E164, E164Error};
pub use extension::{Extension, ExtensionError, ExtensionRange};
pub use habits::{Digits, DigitsError, Habits, PlainNumber, Trunk, TrunkName, TrunkNameError};
pub use mask::{Masked, hide_numbers};
pub use phone::Phone;
pub use plan::{Explained, Plan, Reading, Rule};
