//! What a look at a connection showed, kept to be shown again (A13, A25).

use jiff::Timestamp;
use linecard_crm::{Advice, Failure, Probe};
use serde::{Deserialize, Serialize};

/// What a look at a connection showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probed {
    /// When.
    pub at: Timestamp,
    /// The organisation's name, where the CRM tells it.
    pub organisation_name: Option<String>,
    /// The edition or plan, where the CRM tells.
    pub edition: Option<String>,
    /// What was tried, in the order in which an admin reads it.
    pub checks: Vec<Checked>,
}

/// One thing that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The stable word of [`linecard_crm::Ability::code`].
    pub ability: String,
    /// The stable word of [`linecard_crm::Failure::code`]; `None`: it is allowed.
    pub code: Option<String>,
    /// The CRM's own refusal.
    pub words: Option<String>,
    /// What Linecard knows about it.
    #[serde(
        default,
        deserialize_with = "super::known",
        skip_serializing_if = "Option::is_none"
    )]
    pub advice: Option<Advice>,
}

impl Probed {
    /// What is kept of `probe`.
    #[must_use]
    pub fn of(probe: &Probe, at: Timestamp) -> Self {
        let checks = probe.checks.iter().map(|check| {
            let failure = check.result.as_ref().err();
            Checked {
                ability: check.ability.code().to_owned(),
                code: failure.map(|failure| failure.code().to_owned()),
                words: failure
                    .map(|failure| failure.words().to_owned())
                    .filter(|words| !words.is_empty()),
                advice: failure.and_then(Failure::advice).cloned(),
            }
        });
        Self {
            at,
            organisation_name: probe.identity.organisation_name.clone(),
            edition: probe.edition.clone(),
            checks: checks.collect(),
        }
    }
}
