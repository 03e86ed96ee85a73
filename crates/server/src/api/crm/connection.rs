//! A CRM as its page in the Console shows it: settings without secrets, status, what waits.

use std::collections::BTreeMap;

use jiff::Timestamp;
use linecard_crm::{ConnectorInfo, SettingKind};
use linecard_flow::Flow;
use linecard_store::Connection;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use super::{CrmStatus, Error, HOME_ADDRESS, connector};
use crate::api::phone_systems::SecretState;

/// A CRM.
#[derive(Serialize, ToSchema)]
pub(super) struct CrmConnection {
    /// Its name in addresses.
    #[schema(example = "salesforce")]
    kind: &'static str,
    /// Its name for people.
    #[schema(example = "Salesforce")]
    name: &'static str,
    /// How its connection is.
    status: CrmStatus,
    /// What an admin has to act on.
    #[schema(required)]
    problem: Option<CrmProblem>,
    /// What was filled in, by name; defaults where nothing was.
    settings: BTreeMap<String, String>,
    /// Which secrets are known, by name. They are never shown.
    secrets: BTreeMap<String, SecretState>,
    /// What is to be filled in, in this order.
    fields: Vec<CrmField>,
    /// The OAuth scopes that are asked for (A5).
    scopes: Vec<&'static str>,
    /// The address that was picked, by which the CRM sends the browser back (A9).
    #[schema(required)]
    home_address: Option<Url>,
    /// What to paste into the CRM (A8).
    #[schema(required)]
    redirect_uri: Option<Url>,
    /// The CRM's id or name of the organisation that is connected.
    #[schema(required)]
    organisation: Option<String>,
    /// The CRM's id or name of the user who gave consent.
    #[schema(required)]
    user: Option<String>,
    /// How many entries wait to be written.
    waiting: u64,
    /// How many entries the CRM refused.
    parked: u64,
    /// How the last sign-in at the CRM ended, since the program started.
    #[schema(required)]
    last_authorization: Option<Authorization>,
    /// Sent back with a change; `null` before the first save.
    #[schema(required)]
    version: Option<i64>,
}

/// What an admin has to act on.
#[derive(Serialize, ToSchema)]
struct CrmProblem {
    /// What to look at.
    what: CrmProblemKind,
    /// The CRM's own words.
    words: String,
    /// Since when.
    since: Timestamp,
}

/// What an admin has to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CrmProblemKind {
    /// The consent was revoked or has expired: sign in again.
    SignIn,
    /// An address, the client id or the client secret is wrong.
    Configuration,
    /// The user who gave consent may not do this, or the edition has no API.
    Permission,
}

impl CrmProblemKind {
    fn from_code(code: &str) -> Self {
        match code {
            "sign_in" => Self::SignIn,
            "permission" => Self::Permission,
            _ => Self::Configuration,
        }
    }
}

/// One thing to fill in.
#[derive(Serialize, ToSchema)]
struct CrmField {
    /// Its name.
    #[schema(example = "login_url")]
    name: &'static str,
    /// What it holds.
    kind: CrmFieldKind,
    /// What stands there at first.
    #[schema(required)]
    default: Option<&'static str>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CrmFieldKind {
    /// An address.
    Url,
    /// A text.
    Text,
    /// A text that is never shown again.
    Secret,
}

/// How a sign-in at the CRM ended.
#[derive(Serialize, ToSchema)]
struct Authorization {
    /// Whether consent was given and the CRM can be used.
    ok: bool,
    /// Why not; the web shows its own text by it.
    #[schema(required)]
    code: Option<&'static str>,
    /// The CRM's own words.
    #[schema(required)]
    words: Option<String>,
    /// When.
    at: Timestamp,
}

impl CrmConnection {
    /// Reads all there is to show about a kind of CRM.
    pub(super) async fn read(flow: &Flow, kind: &str) -> Result<Self, Error> {
        let info = connector(flow, kind)?.info();
        let homes = flow.organisation().await?.home_addresses;
        let mut work = flow.store().read().await?;
        let stored = work.connections().by_kind(kind).await?;
        let (known, counts) = match &stored {
            Some(stored) => (
                work.connections().secrets(stored.id).await?,
                work.jobs().counts(stored.id).await?,
            ),
            None => Default::default(),
        };
        let last = stored
            .as_ref()
            .and_then(|stored| flow.connections().last_authorization(stored.id));
        let home_address = stored
            .as_ref()
            .and_then(home_address)
            .or_else(|| homes.first().cloned());
        Ok(Self {
            kind: info.kind,
            name: info.name,
            status: CrmStatus::of(stored.as_ref()),
            settings: settings(info, stored.as_ref()),
            secrets: SecretState::of(secret_names(info), &known),
            fields: fields(info),
            scopes: info.scopes.clone(),
            redirect_uri: home_address.as_ref().map(|home| redirect_uri(home, kind)),
            home_address,
            waiting: counts.waiting + counts.waiting_for_person,
            parked: counts.parked,
            last_authorization: last.map(|last| {
                let (code, words) = last.result.err().unzip();
                Authorization {
                    ok: code.is_none(),
                    code,
                    words,
                    at: last.at,
                }
            }),
            version: stored.as_ref().map(|stored| stored.version),
            organisation: stored
                .as_ref()
                .and_then(|stored| stored.organisation.clone()),
            user: stored.as_ref().and_then(|stored| stored.user.clone()),
            problem: stored
                .and_then(|stored| stored.problem)
                .map(|problem| CrmProblem {
                    what: CrmProblemKind::from_code(&problem.what),
                    words: problem.words,
                    since: problem.since,
                }),
        })
    }
}

/// The address that the admin picked.
pub(super) fn home_address(stored: &Connection) -> Option<Url> {
    Url::parse(stored.settings.get(HOME_ADDRESS)?).ok()
}

/// Where the CRM sends the browser back to (A8).
pub(super) fn redirect_uri(home: &Url, kind: &str) -> Url {
    let mut uri = home.clone();
    uri.set_path(&format!("/integration/callback/api/crm/{kind}/"));
    uri
}

/// The names of a CRM's secrets.
pub(super) fn secret_names(info: &ConnectorInfo) -> impl Iterator<Item = &'static str> {
    info.settings
        .iter()
        .filter(|setting| setting.kind == SettingKind::Secret)
        .map(|setting| setting.name)
}

fn settings(info: &ConnectorInfo, stored: Option<&Connection>) -> BTreeMap<String, String> {
    info.settings
        .iter()
        .filter(|setting| setting.kind != SettingKind::Secret)
        .map(|setting| {
            let value = stored
                .and_then(|stored| stored.settings.get(setting.name).cloned())
                .or_else(|| setting.default.map(str::to_owned))
                .unwrap_or_default();
            (setting.name.to_owned(), value)
        })
        .collect()
}

fn fields(info: &ConnectorInfo) -> Vec<CrmField> {
    info.settings
        .iter()
        .map(|setting| CrmField {
            name: setting.name,
            kind: match setting.kind {
                SettingKind::Url => CrmFieldKind::Url,
                SettingKind::Text => CrmFieldKind::Text,
                SettingKind::Secret => CrmFieldKind::Secret,
            },
            default: setting.default,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a8_the_redirect_uri_follows_the_home_address() {
        for home in ["https://linecard.example", "https://linecard.example/"] {
            assert_eq!(
                redirect_uri(&Url::parse(home).unwrap(), "salesforce").as_str(),
                "https://linecard.example/integration/callback/api/crm/salesforce/"
            );
        }
    }
}
