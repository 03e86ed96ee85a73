//! Zoho CRM as a kind of CRM.

use std::sync::Arc;

use async_trait::async_trait;
use linecard_clock::Clock;
use linecard_crm::{
    AuthorizationRequest, Connector, ConnectorInfo, Consent, Crm, Failure, Grant, GrantStore,
    Setting, SettingKind, Settings,
};
use linecard_http::{HttpClient, TokenKeeper};
use linecard_number::Plan;
use url::Url;

use crate::api::Api;
use crate::auth::{SCOPES, SignIn};
use crate::data_centre::NAMES;
use crate::organisation::{Options, Organisation};

/// Zoho CRM, joined through a server-based client that the admin makes in Zoho's API console
/// (A15).
pub struct Zoho {
    info: ConnectorInfo,
    http: HttpClient,
    clock: Arc<dyn Clock>,
}

impl Zoho {
    /// The kind of CRM; `http` says whether a stand-in on this machine may be used.
    #[must_use]
    pub fn new(http: HttpClient, clock: Arc<dyn Clock>) -> Self {
        let setting = |name, kind, default| Setting {
            name,
            kind,
            default,
        };
        let switch = SettingKind::Choice(&["on", "off"]);
        Self {
            info: ConnectorInfo {
                kind: "zoho",
                name: "Zoho CRM",
                settings: vec![
                    setting("data_centre", SettingKind::Choice(&NAMES), Some("us")),
                    // Empty: the chosen data centre's.
                    setting("accounts_url", SettingKind::Url, Some("")),
                    setting("crm_url", SettingKind::Url, Some("")),
                    setting("client_id", SettingKind::Text, None),
                    setting("client_secret", SettingKind::Secret, None),
                    // Of the data centre that the organisation turns out to be in, where that
                    // is another one: Zoho can give a client a secret per data centre.
                    setting("other_client_secret", SettingKind::Secret, Some("")),
                    // Off: without the scope for COQL, and numbers are searched by spelling.
                    setting("deep_search", switch, Some("on")),
                    // On: what Linecard writes starts the organisation's workflows.
                    setting("workflows", switch, Some("off")),
                ],
                scopes: SCOPES.to_vec(),
            },
            http,
            clock,
        }
    }
}

#[async_trait]
impl Connector for Zoho {
    fn info(&self) -> &ConnectorInfo {
        &self.info
    }

    fn authorize(
        &self,
        settings: &Settings,
        request: &AuthorizationRequest,
    ) -> Result<Url, Failure> {
        SignIn::new(settings, &self.http)?.authorize(request)
    }

    async fn exchange(
        &self,
        settings: &Settings,
        request: &AuthorizationRequest,
        consent: &Consent,
    ) -> Result<Grant, Failure> {
        SignIn::new(settings, &self.http)?
            .exchange(request, consent)
            .await
    }

    fn open(
        &self,
        settings: &Settings,
        grants: Arc<dyn GrantStore>,
        plan: Plan,
    ) -> Result<Arc<dyn Crm>, Failure> {
        let sign_in = SignIn::new(settings, &self.http)?;
        let options = Options {
            plan,
            deep_search: sign_in.deep_search,
            workflows: settings.get("workflows") == Some("on"),
        };
        let home = sign_in.crm.clone();
        let keeper = TokenKeeper::choosing(grants, move |grant| sign_in.server_of(grant));
        let api = Api::new(self.http.clone(), keeper, Arc::clone(&self.clock), home);
        Ok(Arc::new(Organisation::new(api, options)))
    }
}
