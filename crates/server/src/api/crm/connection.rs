//! A CRM as its page in the Console shows it: settings without secrets, status, what waits.

use std::collections::BTreeMap;

use jiff::Timestamp;
use linecard_flow::{Flow, LastAuthorization};
use linecard_store::Connection;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use super::fields::{CrmField, CrmSignIn, fields, filled_in, secret_names};
use super::probe::CrmProbe;
use super::problem::CrmProblem;
use super::usage::CrmUsage;
use super::{CrmStatus, Error, HOME_ADDRESS, connector};
use crate::api::phone_systems::SecretState;
use crate::crm_advice::CrmAdvice;

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
    /// Why it does not work.
    #[schema(required)]
    problem: Option<CrmProblem>,
    /// What was filled in, by name; defaults where nothing was.
    settings: BTreeMap<String, String>,
    /// Which secrets are known, by name. They are never shown.
    secrets: BTreeMap<String, SecretState>,
    /// What is to be filled in, in this order.
    fields: Vec<CrmField>,
    /// How consent is given with what is filled in now; a field with choices may say otherwise
    /// for another choice.
    sign_in: CrmSignIn,
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
    /// What the last look at it showed; `null`: there was none.
    #[schema(required)]
    probe: Option<CrmProbe>,
    /// It goes as soon as what waits has been written.
    closing: bool,
    /// How much of the day's quota is used; `null`: the CRM is not open.
    #[schema(required)]
    usage: Option<CrmUsage>,
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
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
    /// When.
    at: Timestamp,
}

impl From<LastAuthorization> for Authorization {
    fn from(last: LastAuthorization) -> Self {
        let why = last.result.err();
        Self {
            ok: why.is_none(),
            code: why.as_ref().map(|why| why.code),
            words: why
                .as_ref()
                .map(|why| why.words.clone())
                .filter(|words| !words.is_empty()),
            advice: why.and_then(|why| why.advice).map(CrmAdvice::from),
            at: last.at,
        }
    }
}

impl CrmConnection {
    /// Reads all there is to show about a kind of CRM.
    pub(super) async fn read(flow: &Flow, kind: &str) -> Result<Self, Error> {
        let connector = connector(flow, kind)?;
        let info = connector.info();
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
        let trouble = stored
            .as_ref()
            .and_then(|stored| flow.connections().trouble(stored.id));
        let home_address = stored
            .as_ref()
            .and_then(home_address)
            .or_else(|| homes.first().cloned());
        let mut kept = stored
            .as_ref()
            .map(|stored| stored.settings.clone())
            .unwrap_or_default();
        kept.extend(known.clone());
        let filled_in = filled_in(info, &kept);
        Ok(Self {
            kind: info.kind,
            name: info.name,
            status: CrmStatus::of(stored.as_ref(), trouble.as_ref()),
            fields: fields(connector.as_ref(), &filled_in),
            sign_in: connector.sign_in(&filled_in).into(),
            settings: without_secrets(filled_in.0, secret_names(info)),
            secrets: SecretState::of(secret_names(info), &known),
            scopes: info.scopes.clone(),
            redirect_uri: home_address.as_ref().map(|home| redirect_uri(home, kind)),
            home_address,
            usage: stored
                .as_ref()
                .and_then(|stored| flow.connections().usage(stored.id))
                .map(CrmUsage::from),
            waiting: counts.waiting + counts.waiting_for_person,
            parked: counts.parked,
            last_authorization: last.map(Authorization::from),
            version: stored.as_ref().map(|stored| stored.version),
            closing: stored.as_ref().is_some_and(|stored| stored.closing),
            probe: stored
                .as_ref()
                .and_then(|stored| stored.probe.clone())
                .map(CrmProbe::from),
            organisation: stored
                .as_ref()
                .and_then(|stored| stored.organisation.clone()),
            user: stored.as_ref().and_then(|stored| stored.user.clone()),
            problem: CrmProblem::of(
                stored.as_ref().and_then(|stored| stored.paused),
                stored.and_then(|stored| stored.problem),
                trouble,
            ),
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

fn without_secrets(
    mut all: BTreeMap<String, String>,
    secrets: impl Iterator<Item = &'static str>,
) -> BTreeMap<String, String> {
    for name in secrets {
        all.remove(name);
    }
    all
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
