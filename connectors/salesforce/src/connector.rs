//! Salesforce as a kind of CRM.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use linecard_clock::Clock;
use linecard_crm::{
    AuthorizationRequest, Connector, ConnectorInfo, Consent, Crm, Failure, Grant, GrantStore,
    PersonNeeded, Setting, SettingKind, Settings,
};
use linecard_http::{Budget, HttpClient, Rate, TokenKeeper};
use linecard_number::Plan;
use url::Url;

use crate::api::Api;
use crate::auth::{SCOPES, SignIn};
use crate::help;
use crate::organisation::Organisation;

/// Salesforce bounds the requests of a day and those that run long at once, not those of a second;
/// this keeps a backlog from crowding out the organisation's other programs.
const RATE: Rate = Rate {
    burst: match NonZeroU32::new(50) {
        Some(burst) => burst,
        None => NonZeroU32::MIN,
    },
    every: Duration::from_millis(10),
};

/// Salesforce, joined through an app that the admin makes in their own organisation.
pub struct Salesforce {
    info: ConnectorInfo,
    http: HttpClient,
    clock: Arc<dyn Clock>,
}

impl Salesforce {
    /// The kind of CRM; `http` says whether a stand-in on this machine may be used.
    #[must_use]
    pub fn new(http: HttpClient, clock: Arc<dyn Clock>) -> Self {
        let setting = |name, kind| Setting {
            name,
            kind,
            default: None,
        };
        Self {
            info: ConnectorInfo {
                kind: "salesforce",
                name: "Salesforce",
                settings: vec![
                    setting("login_url", SettingKind::Url),
                    setting("client_id", SettingKind::Text),
                    setting("client_secret", SettingKind::Secret),
                ],
                scopes: SCOPES.to_vec(),
            },
            http,
            clock,
        }
    }
}

#[async_trait]
impl Connector for Salesforce {
    fn info(&self) -> &ConnectorInfo {
        &self.info
    }

    fn authorize(
        &self,
        settings: &Settings,
        request: &AuthorizationRequest,
    ) -> Result<Url, Failure> {
        SignIn::new(settings, &self.http)?.authorize(&self.http, request)
    }

    fn consent_refused(&self, words: String) -> Failure {
        help::explained(Failure::needs_person(PersonNeeded::Configuration, words))
    }

    async fn exchange(
        &self,
        settings: &Settings,
        request: &AuthorizationRequest,
        consent: &Consent,
    ) -> Result<Grant, Failure> {
        SignIn::new(settings, &self.http)?
            .exchange(&self.http, request, &consent.code)
            .await
    }

    fn open(
        &self,
        settings: &Settings,
        grants: Arc<dyn GrantStore>,
        plan: Plan,
    ) -> Result<Arc<dyn Crm>, Failure> {
        let sign_in = SignIn::new(settings, &self.http)?;
        let keeper = TokenKeeper::new(grants, sign_in.oauth(&self.http));
        let api = Api::new(
            self.http.clone(),
            keeper,
            Arc::clone(&self.clock),
            Budget::new(RATE, Arc::clone(&self.clock)),
            sign_in.login_url,
        );
        Ok(Arc::new(Organisation::new(api, plan)))
    }
}
