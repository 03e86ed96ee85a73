//! What is the same for the whole company.

mod exclusions;
mod get_organisation;
mod habits;
mod put_organisation;

use linecard_flow::{DialPrefix, PutOrganisationError};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::exclusions::Exclusions;
pub(super) use self::habits::NumberHabits;
use crate::problem::{FieldProblem, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_organisation::get_organisation))
        .routes(routes!(put_organisation::put_organisation))
}

/// The company's settings.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Organisation {
    /// Where a number without country code belongs, ISO 3166-1 in two letters.
    #[schema(example = "US")]
    country: String,
    /// As IANA names it.
    #[schema(example = "America/New_York")]
    time_zone: String,
    /// The company's extensions: a number in one of these is never a phone number.
    extension_ranges: Vec<ExtensionRange>,
    /// The public addresses by which Linecard is reached; the first is the default.
    home_addresses: Vec<Url>,
    /// How numbers are written, beyond what the country says. Left out: as before.
    #[serde(default)]
    number_habits: Option<NumberHabits>,
    /// Numbers of outside parties are hidden from agents. Left out: as before.
    #[serde(default)]
    masks_numbers: Option<bool>,
    /// Numbers that begin so are never called by a click: `+` and digits. Left out: as before.
    #[serde(default)]
    #[schema(example = json!(["+1900", "+882"]))]
    denied_prefixes: Option<Vec<String>>,
    /// Where there are any, only numbers that begin so are called by a click. Left out: as before.
    #[serde(default)]
    #[schema(example = json!(["+1", "+31"]))]
    allowed_prefixes: Option<Vec<String>>,
    /// What is kept out of every CRM. Left out: as before.
    #[serde(default)]
    exclusions: Option<Exclusions>,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

/// A run of extensions of equal length, both ends included.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExtensionRange {
    /// The lowest extension.
    #[schema(example = "100")]
    pub(super) from: String,
    /// The highest extension.
    #[schema(example = "199")]
    pub(super) to: String,
}

impl From<linecard_flow::Organisation> for Organisation {
    fn from(organisation: linecard_flow::Organisation) -> Self {
        Self {
            country: organisation.country.to_string(),
            time_zone: organisation.time_zone,
            extension_ranges: organisation
                .extension_ranges
                .into_iter()
                .map(|range| ExtensionRange {
                    from: range.from.into(),
                    to: range.to.into(),
                })
                .collect(),
            home_addresses: organisation.home_addresses,
            number_habits: Some(organisation.habits.into()),
            masks_numbers: Some(organisation.masks_numbers),
            denied_prefixes: Some(texts(organisation.dial.denied)),
            allowed_prefixes: Some(texts(organisation.dial.allowed)),
            exclusions: Some(organisation.exclusions.into()),
            version: organisation.version,
        }
    }
}

fn texts(prefixes: Vec<DialPrefix>) -> Vec<String> {
    prefixes.into_iter().map(String::from).collect()
}

impl From<PutOrganisationError> for Problem {
    fn from(error: PutOrganisationError) -> Self {
        let field = |path: &str, code, detail: String| {
            Self::invalid(vec![FieldProblem {
                path: path.to_owned(),
                code,
                detail,
            }])
        };
        let detail = error.to_string();
        match error {
            PutOrganisationError::TimeZone(_) => field("/time_zone", "unknown", detail),
            PutOrganisationError::Range { .. } => field("/extension_ranges", "invalid", detail),
            PutOrganisationError::NoHome => field("/home_addresses", "required", detail),
            PutOrganisationError::ChangedMeanwhile(last) => Self::changed_meanwhile(last),
            PutOrganisationError::Store(error) => error.into(),
        }
    }
}

/// A home address is the root of a web site: cookies, pages and redirect URIs are made from it.
fn is_home_address(address: &Url) -> bool {
    matches!(address.scheme(), "http" | "https")
        && address.has_host()
        && address.path() == "/"
        && address.query().is_none()
        && address.fragment().is_none()
        && address.username().is_empty()
        && address.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a9_a_home_address_is_the_root_of_a_web_site() {
        let is_home = |text: &str| is_home_address(&Url::parse(text).unwrap());
        assert!(is_home("https://linecard.example") && is_home("http://127.0.0.1:8080/"));
        for bad in [
            "ftp://linecard.example",
            "https://linecard.example/sub",
            "https://user:pass@linecard.example",
            "https://linecard.example/?a=b",
            "javascript:alert(1)",
        ] {
            assert!(!is_home(bad), "{bad}");
        }
    }
}
