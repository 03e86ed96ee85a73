//! Which fields a search looks into.

use super::error::SearchError;
use crate::salesforce::sobjects::schema::{Field, Kind};

/// A group of fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    All,
    Name,
    Email,
    Phone,
    /// Names, addresses and numbers.
    Sidebar,
}

impl Group {
    pub(super) fn named(name: &str) -> Result<Self, SearchError> {
        match name.to_ascii_uppercase().as_str() {
            "ALL" => Ok(Self::All),
            "NAME" => Ok(Self::Name),
            "EMAIL" => Ok(Self::Email),
            "PHONE" => Ok(Self::Phone),
            "SIDEBAR" => Ok(Self::Sidebar),
            _ => Err(SearchError::Malformed(format!(
                "'{name}' is not a search group: use ALL, NAME, EMAIL, PHONE or SIDEBAR."
            ))),
        }
    }

    /// Whether the field belongs to the group. Fax numbers are phone numbers, too.
    pub(super) fn has(self, field: &Field) -> bool {
        let name = field.name == "Name" || field.name == "Company";
        match self {
            Self::All => field.kind.length().is_some(),
            Self::Name => name,
            Self::Email => matches!(field.kind, Kind::Email),
            Self::Phone => matches!(field.kind, Kind::Phone),
            Self::Sidebar => name || matches!(field.kind, Kind::Email | Kind::Phone),
        }
    }
}
