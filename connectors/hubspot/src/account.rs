//! Which account it is (`/account-info/2026-09/details`).

use std::collections::BTreeMap;

use jiff::tz::{Offset, TimeZone};
use linecard_crm::{Advice, AdviceCode, Failure, Grant};
use serde::Deserialize;

use crate::api::VERSION;

/// Under which a grant keeps what is known of its account.
const UI_DOMAIN: &str = "ui_domain";
const TIME_ZONE: &str = "time_zone";
const OFFSET: &str = "utc_offset_ms";

/// What HubSpot tells of an account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Account {
    pub(crate) portal_id: u64,
    #[serde(default)]
    #[serde(rename = "accountType")]
    pub(crate) edition: Option<String>,
    #[serde(default)]
    time_zone: Option<String>,
    #[serde(default)]
    utc_offset_milliseconds: i64,
    #[serde(default)]
    ui_domain: Option<String>,
}

/// The path of the details.
pub(crate) fn path() -> String {
    format!("/account-info/{VERSION}/details")
}

impl Account {
    /// What a grant keeps of the account, so that links and quotas need no request.
    pub(crate) fn kept(&self) -> BTreeMap<String, String> {
        let mut kept =
            BTreeMap::from([(OFFSET.to_owned(), self.utc_offset_milliseconds.to_string())]);
        if let Some(domain) = &self.ui_domain {
            kept.insert(UI_DOMAIN.to_owned(), domain.clone());
        }
        if let Some(zone) = &self.time_zone {
            kept.insert(TIME_ZONE.to_owned(), zone.clone());
        }
        kept
    }

    /// Refuses an account other than the one that the consent named.
    pub(crate) fn is(&self, hub_id: Option<u64>) -> Result<(), Failure> {
        match hub_id {
            Some(hub) if hub != self.portal_id => Err(Failure::misconfigured(Advice::about(
                AdviceCode::SignInAnswer,
                format!("hub_id {hub} / {}", self.portal_id),
            ))),
            _ => Ok(()),
        }
    }
}

/// The host of the account's pages.
pub(crate) fn ui_domain(grant: &Grant) -> Option<&str> {
    grant.extra.get(UI_DOMAIN).map(String::as_str)
}

/// The account's time zone: its day is the day of the quota.
pub(crate) fn zone(grant: &Grant) -> TimeZone {
    let named = grant
        .extra
        .get(TIME_ZONE)
        .and_then(|name| TimeZone::get(name).ok());
    named.unwrap_or_else(|| {
        let seconds = grant
            .extra
            .get(OFFSET)
            .and_then(|offset| offset.parse::<i64>().ok())
            .and_then(|millis| i32::try_from(millis / 1_000).ok())
            .unwrap_or(0);
        Offset::from_seconds(seconds).map_or(TimeZone::UTC, TimeZone::fixed)
    })
}
