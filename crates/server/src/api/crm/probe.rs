//! What a look at a connection showed (A13, A25).

use jiff::Timestamp;
use linecard_store::{Checked, Probed};
use serde::Serialize;
use utoipa::ToSchema;

use crate::crm_advice::CrmAdvice;

/// What a look at a connection showed.
#[derive(Serialize, ToSchema)]
pub(super) struct CrmProbe {
    /// When.
    at: Timestamp,
    /// The organisation's name, where the CRM tells it.
    #[schema(required)]
    organisation_name: Option<String>,
    /// The edition or plan, where the CRM tells.
    #[schema(required)]
    edition: Option<String>,
    /// What was tried, in the order in which an admin reads it.
    checks: Vec<CrmCheck>,
}

/// One thing that was tried.
#[derive(Serialize, ToSchema)]
struct CrmCheck {
    /// What; the web shows its own text by it.
    #[schema(example = "list_users")]
    ability: String,
    /// Whether the CRM allows it.
    allowed: bool,
    /// Why not; stable.
    #[schema(required)]
    code: Option<String>,
    /// The CRM's own refusal.
    #[schema(required)]
    words: Option<String>,
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
}

impl From<Probed> for CrmProbe {
    fn from(probed: Probed) -> Self {
        Self {
            at: probed.at,
            organisation_name: probed.organisation_name,
            edition: probed.edition,
            checks: probed.checks.into_iter().map(CrmCheck::from).collect(),
        }
    }
}

impl From<Checked> for CrmCheck {
    fn from(checked: Checked) -> Self {
        Self {
            ability: checked.ability,
            allowed: checked.code.is_none(),
            code: checked.code,
            words: checked.words,
            advice: checked.advice.map(CrmAdvice::from),
        }
    }
}
