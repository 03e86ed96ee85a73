//! HubSpot as a kind of CRM.

use std::sync::Arc;

use async_trait::async_trait;
use linecard_clock::Clock;
use linecard_crm::{
    AuthorizationRequest, Connector, ConnectorInfo, Consent, Crm, Failure, Grant, GrantStore,
    Setting, SettingKind, Settings, SignIn,
};
use linecard_http::HttpClient;
use linecard_number::Plan;
use url::Url;

use crate::api::Api;
use crate::auth::{Access, OPTIONAL_SCOPES, SCOPES, WAYS};
use crate::portal::Portal;

/// HubSpot, joined with a service key or through an app of the admin's own.
pub struct HubSpot {
    info: ConnectorInfo,
    http: HttpClient,
    clock: Arc<dyn Clock>,
}

impl HubSpot {
    /// The kind of CRM; `http` says whether a stand-in on this machine may be used.
    #[must_use]
    pub fn new(http: HttpClient, clock: Arc<dyn Clock>) -> Self {
        let setting = |name, kind, default| Setting {
            name,
            kind,
            default: Some(default),
        };
        Self {
            info: ConnectorInfo {
                kind: "hubspot",
                name: "HubSpot",
                settings: vec![
                    setting("way", SettingKind::Choice(&WAYS), "service_key"),
                    setting("service_key", SettingKind::Secret, ""),
                    setting("client_id", SettingKind::Text, ""),
                    setting("client_secret", SettingKind::Secret, ""),
                    setting("api_url", SettingKind::Url, "https://api.hubapi.com"),
                    setting("app_url", SettingKind::Url, "https://app.hubspot.com"),
                ],
                scopes: SCOPES.into_iter().chain(OPTIONAL_SCOPES).collect(),
            },
            http,
            clock,
        }
    }
}

#[async_trait]
impl Connector for HubSpot {
    fn info(&self) -> &ConnectorInfo {
        &self.info
    }

    fn sign_in(&self, settings: &Settings) -> SignIn {
        match settings.get("way") {
            Some("oauth") => SignIn::Consent,
            _ => SignIn::Settings,
        }
    }

    async fn connect(&self, settings: &Settings) -> Result<Grant, Failure> {
        Access::new(settings)?
            .connect(&self.http, &self.clock)
            .await
    }

    fn authorize(
        &self,
        settings: &Settings,
        request: &AuthorizationRequest,
    ) -> Result<Url, Failure> {
        Access::new(settings)?.authorize(&self.http, request)
    }

    async fn exchange(
        &self,
        settings: &Settings,
        request: &AuthorizationRequest,
        consent: &Consent,
    ) -> Result<Grant, Failure> {
        Access::new(settings)?
            .exchange(&self.http, &self.clock, request, &consent.code)
            .await
    }

    fn open(
        &self,
        settings: &Settings,
        grants: Arc<dyn GrantStore>,
        plan: Plan,
    ) -> Result<Arc<dyn Crm>, Failure> {
        let access = Access::new(settings)?;
        let api = Api::new(self.http.clone(), grants, Arc::clone(&self.clock), access);
        Ok(Arc::new(Portal::new(api, plan)))
    }
}
