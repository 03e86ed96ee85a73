//! A phone number of the public network, read and understood.

use serde::{Deserialize, Serialize};

use crate::E164;

/// A phone number that was read with success.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Phone {
    /// The international form; two phones are the same when these are equal.
    pub e164: E164,
    /// The number inside its country, without trunk prefix: `4155550134`, `301234567`.
    pub national: String,
    /// The prefix that people of that country dial before the national number (`0` in most of
    /// Europe), where there is one.
    pub trunk_prefix: Option<String>,
    /// As it is written for people of another country: `+1 415-555-0134`.
    pub shown: String,
}

impl Phone {
    /// The spellings under which a CRM may hold this number, digits only, each once: the
    /// international form, the national one, and the national one with its trunk prefix.
    #[must_use]
    pub fn spellings(&self) -> Vec<String> {
        let mut all = vec![self.e164.digits().to_owned(), self.national.clone()];
        if let Some(prefix) = &self.trunk_prefix {
            all.push(format!("{prefix}{}", self.national));
        }
        let mut kept: Vec<String> = Vec::with_capacity(all.len());
        for spelling in all {
            if !kept.contains(&spelling) {
                kept.push(spelling);
            }
        }
        kept
    }
}
