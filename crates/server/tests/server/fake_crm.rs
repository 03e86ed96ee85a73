//! A CRM that knows one person, with a name that would like to be markup.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use linecard_crm::{
    Ability, Advice, AdviceCode, AuthorizationRequest, Check, Connector, ConnectorInfo, Consent,
    Crm, EntryKey, Failure, Grant, GrantStore, Identity, LogEntry, Logged, Module, PersonNeeded,
    Probe, Record, RecordRef, Setting, SettingKind, Settings, SignIn, User,
};
use linecard_number::{Phone, Plan};
use url::Url;

pub(crate) const HOSTILE_NAME: &str = "<img src=x onerror=alert(1)>";
pub(crate) const ACCESS_TOKEN: &str = "access-token-that-nobody-may-see";

/// The kind of CRM. The code `good` is exchanged for a grant; `wrong-secret` is refused.
pub(crate) struct FakeConnector(ConnectorInfo);

impl FakeConnector {
    pub(crate) fn new() -> Self {
        let setting = |name, kind, default| Setting {
            name,
            kind,
            default,
        };
        Self(ConnectorInfo {
            kind: "fake",
            name: "Fake CRM",
            settings: vec![
                setting(
                    "login_url",
                    SettingKind::Url,
                    Some("https://login.crm.example"),
                ),
                setting("client_id", SettingKind::Text, None),
                setting("client_secret", SettingKind::Secret, None),
                setting("way", SettingKind::Choice(&["page", "key"]), Some("page")),
            ],
            scopes: vec!["api"],
        })
    }
}

fn grant() -> Grant {
    Grant {
        access_token: ACCESS_TOKEN.to_owned(),
        refresh_token: Some("refresh-token-that-nobody-may-see".to_owned()),
        api_base: address("https://crm.example"),
        organisation: "org-1".to_owned(),
        user: "005".to_owned(),
        extra: BTreeMap::new(),
    }
}

fn address(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[async_trait]
impl Connector for FakeConnector {
    fn info(&self) -> &ConnectorInfo {
        &self.0
    }

    fn sign_in(&self, settings: &Settings) -> SignIn {
        match settings.get("way") {
            Some("key") => SignIn::Settings,
            _ => SignIn::Consent,
        }
    }

    async fn connect(&self, settings: &Settings) -> Result<Grant, Failure> {
        match settings.get("client_secret") {
            Some("good-key") => Ok(grant()),
            _ => Err(Failure::needs_person(
                PersonNeeded::Configuration,
                "the key is not <b>known</b>",
            )
            .advising(Advice::about(AdviceCode::AddressPrivate, "crm.local"))),
        }
    }

    fn authorize(&self, _: &Settings, request: &AuthorizationRequest) -> Result<Url, Failure> {
        let mut page = address("https://crm.example/consent");
        page.query_pairs_mut()
            .append_pair("state", &request.state)
            .append_pair("redirect_uri", request.redirect_uri.as_str());
        Ok(page)
    }

    async fn exchange(
        &self,
        _: &Settings,
        _: &AuthorizationRequest,
        consent: &Consent,
    ) -> Result<Grant, Failure> {
        if consent.code != "good" {
            return Err(Failure::needs_person(
                PersonNeeded::Configuration,
                "invalid_client: invalid <b>client</b> credentials",
            )
            .advising(AdviceCode::ClientKeys));
        }
        Ok(grant())
    }

    fn open(&self, _: &Settings, _: Arc<dyn GrantStore>, _: Plan) -> Result<Arc<dyn Crm>, Failure> {
        Ok(Arc::new(FakeCrm))
    }
}

struct FakeCrm;

#[async_trait]
impl Crm for FakeCrm {
    async fn probe(&self) -> Result<Probe, Failure> {
        Ok(Probe {
            identity: Identity {
                organisation: "org-1".to_owned(),
                organisation_name: Some("Example Ltd".to_owned()),
                user: "005".to_owned(),
            },
            edition: None,
            checks: vec![
                Check {
                    ability: Ability::ListUsers,
                    result: Ok(()),
                },
                Check {
                    ability: Ability::ReadLeads,
                    result: Err(Failure::refused("no <b>leads</b> here")),
                },
            ],
        })
    }

    async fn users(&self) -> Result<Vec<User>, Failure> {
        let user = |id: &str, name: &str, email: &str| User {
            id: id.to_owned(),
            name: name.to_owned(),
            email: Some(email.to_owned()),
            is_system: false,
        };
        Ok(vec![
            user("005A", "Alice", "alice@example.com"),
            user("005B", "Bob", "bob@example.com"),
        ])
    }

    /// Who calls from a number that ends in 0177 was created automatically: the name holds it.
    async fn find(&self, phone: &Phone) -> Result<Vec<Record>, Failure> {
        let made = phone.national.ends_with("0177");
        let name = format!("Automatic New Contact -{}", phone.national);
        Ok(vec![Record {
            at: RecordRef {
                module: Module::Contact,
                id: "003".to_owned(),
            },
            name: if made { name } else { HOSTILE_NAME.to_owned() },
            company: made.then(|| format!("Callers of {}", phone.shown)),
            owner: Some("005A".to_owned()),
            number: phone.e164.to_string(),
            account: None,
            modified: None,
            last_activity: None,
            page: address("https://crm.example/003"),
        }])
    }

    async fn log(&self, _: &LogEntry) -> Result<Logged, Failure> {
        Ok(Logged::whole("00T"))
    }

    async fn find_logged(&self, _: &[LogEntry]) -> Result<BTreeMap<EntryKey, String>, Failure> {
        Ok(BTreeMap::new())
    }

    fn page(&self, record: &RecordRef) -> Url {
        address(&format!("https://crm.example/{}", record.id))
    }

    fn entry_page(&self, id: &str, _: Option<&RecordRef>) -> Url {
        address(&format!("https://crm.example/{id}"))
    }

    async fn revoke(&self) -> Result<(), Failure> {
        Ok(())
    }
}
