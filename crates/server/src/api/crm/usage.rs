//! How much of a CRM's quota is used (F16).

use jiff::Timestamp;
use linecard_crm::Usage;
use serde::Serialize;
use utoipa::ToSchema;

/// How much of the day's quota is used, as far as the CRM told.
#[derive(Serialize, ToSchema)]
pub(crate) struct CrmUsage {
    /// Requests used in the window.
    used: u64,
    /// How many there are; `null`: no limit, or none is known.
    #[schema(required)]
    limit: Option<u64>,
    /// When the CRM last told.
    #[schema(required)]
    told: Option<Timestamp>,
    /// When the window ends.
    #[schema(required)]
    resets: Option<Timestamp>,
}

impl From<Usage> for CrmUsage {
    fn from(usage: Usage) -> Self {
        Self {
            used: usage.used,
            limit: usage.limit,
            told: usage.told,
            resets: usage.resets,
        }
    }
}
