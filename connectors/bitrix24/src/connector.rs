//! Bitrix24 as a kind of CRM.

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

use crate::api::{Api, Tried};
use crate::family::Families;
use crate::portal::Portal;
use crate::probe;
use crate::webhook::{PORTAL, SETTING, Webhook, pages};

/// What a webhook is ticked with: the least that every feature needs (A19).
const SCOPES: [&str; 2] = ["crm", "user"];

/// Bitrix24, joined through an inbound webhook that an administrator makes in their portal.
pub struct Bitrix24 {
    info: ConnectorInfo,
    http: HttpClient,
    clock: Arc<dyn Clock>,
}

impl Bitrix24 {
    /// The kind of CRM; `http` says whether a stand-in on this machine may be used.
    #[must_use]
    pub fn new(http: HttpClient, clock: Arc<dyn Clock>) -> Self {
        Self {
            info: ConnectorInfo {
                kind: "bitrix24",
                name: "Bitrix24",
                settings: vec![
                    Setting {
                        name: SETTING,
                        kind: SettingKind::Secret,
                        default: None,
                    },
                    Setting {
                        name: PORTAL,
                        kind: SettingKind::Url,
                        default: Some(""),
                    },
                ],
                scopes: SCOPES.to_vec(),
            },
            http,
            clock,
        }
    }

    fn webhook(&self, settings: &Settings) -> Result<Webhook, Failure> {
        Webhook::of(settings, self.http.allows_private())
    }
}

#[async_trait]
impl Connector for Bitrix24 {
    fn info(&self) -> &ConnectorInfo {
        &self.info
    }

    fn sign_in(&self, _: &Settings) -> SignIn {
        SignIn::Settings
    }

    async fn connect(&self, settings: &Settings) -> Result<Grant, Failure> {
        let webhook = self.webhook(settings)?;
        pages(settings, &webhook)?;
        let grant = webhook.grant();
        let tried = Arc::new(Tried(grant.clone()));
        let api = Api::new(self.http.clone(), tried, Arc::clone(&self.clock));
        let answers = probe::ask(&api, &Families::default()).await?;
        answers.usable()?;
        Ok(grant)
    }

    fn authorize(&self, _: &Settings, _: &AuthorizationRequest) -> Result<Url, Failure> {
        Err(no_consent())
    }

    async fn exchange(
        &self,
        _: &Settings,
        _: &AuthorizationRequest,
        _: &Consent,
    ) -> Result<Grant, Failure> {
        Err(no_consent())
    }

    fn open(
        &self,
        settings: &Settings,
        grants: Arc<dyn GrantStore>,
        plan: Plan,
    ) -> Result<Arc<dyn Crm>, Failure> {
        let webhook = self.webhook(settings)?;
        let api = Api::new(self.http.clone(), grants, Arc::clone(&self.clock));
        let address = pages(settings, &webhook)?;
        Ok(Arc::new(Portal::new(api, plan, address, webhook.host())))
    }
}

fn no_consent() -> Failure {
    Failure::not_offered("consent page: the address of a webhook is enough")
}
