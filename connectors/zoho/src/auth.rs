//! Zoho's sign-in: where it is, what it is asked for, and what comes back.

use std::collections::BTreeMap;

use linecard_crm::{Advice, AdviceCode, AuthorizationRequest, Consent, Failure, Grant, Settings};
use linecard_http::{Endpoints, HttpClient, OAuth};
use serde::Deserialize;
use url::Url;

use crate::address;
use crate::api;
use crate::data_centre::DataCentre;

/// The least that every feature needs, each for one thing that Linecard does: reading and
/// creating contacts and leads and taking back what was created by mistake, reading accounts,
/// calls and follow-up tasks, users to bind, the organisation's name, which fields and modules
/// there are, search, and search by a number's last digits ([`COQL`]).
pub(crate) const SCOPES: [&str; 15] = [
    "ZohoCRM.modules.contacts.READ",
    "ZohoCRM.modules.contacts.CREATE",
    "ZohoCRM.modules.contacts.DELETE",
    "ZohoCRM.modules.leads.READ",
    "ZohoCRM.modules.leads.CREATE",
    "ZohoCRM.modules.leads.DELETE",
    "ZohoCRM.modules.accounts.READ",
    "ZohoCRM.modules.calls.ALL",
    "ZohoCRM.modules.tasks.ALL",
    "ZohoCRM.users.READ",
    "ZohoCRM.org.READ",
    "ZohoCRM.settings.fields.READ",
    "ZohoCRM.settings.modules.READ",
    "ZohoSearch.securesearch.READ",
    COQL,
];

/// Left out when the admin switches the deep search off.
const COQL: &str = "ZohoCRM.coql.READ";

/// Names of what a grant holds beside OAuth's own.
pub(crate) mod extra {
    /// The accounts server that gave the tokens and renews them.
    pub(crate) const ACCOUNTS: &str = "accounts_server";
    /// Where people of this organisation work.
    pub(crate) const CRM: &str = "crm_url";
    /// The organisation's number in the addresses of its pages.
    pub(crate) const ZGID: &str = "zgid";
}

/// What the admin entered about the sign-in.
pub(crate) struct SignIn {
    http: HttpClient,
    accounts: Url,
    /// Where people work, if the organisation is in the data centre that was entered.
    pub(crate) crm: Url,
    pub(crate) deep_search: bool,
    client_id: String,
    client_secret: String,
    other_client_secret: Option<String>,
}

#[derive(Deserialize)]
struct Organisations {
    org: Vec<Organisation>,
}

#[derive(Deserialize)]
struct Organisation {
    id: String,
    zgid: String,
}

#[derive(Deserialize)]
struct Users {
    users: Vec<User>,
}

#[derive(Deserialize)]
struct User {
    id: String,
}

impl SignIn {
    pub(crate) fn new(settings: &Settings, http: &HttpClient) -> Result<Self, Failure> {
        let wanted = |name: &str| {
            settings
                .get(name)
                .map(str::to_owned)
                .ok_or_else(|| missing(name))
        };
        let name = settings.get("data_centre").unwrap_or("us");
        let centre = DataCentre::named(name).ok_or_else(|| missing("data_centre"))?;
        let address = |name: &str, proposed: &str| {
            let text = settings.get(name).unwrap_or(proposed);
            address::setting(text, http.allows_private())
        };
        Ok(Self {
            http: http.clone(),
            accounts: address("accounts_url", centre.accounts)?,
            crm: address("crm_url", centre.crm)?,
            deep_search: settings.get("deep_search") != Some("off"),
            client_id: wanted("client_id")?,
            client_secret: wanted("client_secret")?,
            other_client_secret: settings.get("other_client_secret").map(str::to_owned),
        })
    }

    pub(crate) fn authorize(&self, request: &AuthorizationRequest) -> Result<Url, Failure> {
        // Zoho separates scopes by commas where OAuth has spaces.
        let scopes = SCOPES
            .into_iter()
            .filter(|&scope| self.deep_search || scope != COQL)
            .collect::<Vec<_>>()
            .join(",");
        let mut url = self
            .client(&self.accounts)
            .authorize_url(
                &request.redirect_uri,
                &request.state,
                &request.verifier,
                &[&scopes],
            )
            .map_err(|error| error.failure())?;
        // Without the first there is no refresh token; without the second none for an admin who
        // has consented before.
        url.query_pairs_mut()
            .append_pair("access_type", "offline")
            .append_pair("prompt", "consent");
        Ok(url)
    }

    pub(crate) async fn exchange(
        &self,
        request: &AuthorizationRequest,
        consent: &Consent,
    ) -> Result<Grant, Failure> {
        let accounts = match consent.extra.get("accounts-server") {
            Some(named) => address::accounts(named, &self.accounts)?,
            None => self.accounts.clone(),
        };
        let tokens = self
            .client(&accounts)
            .exchange(&request.redirect_uri, &request.verifier, &consent.code)
            .await
            .map_err(|error| error.failure())?;
        if tokens.refresh_token.is_none() {
            return Err(Failure::misconfigured(AdviceCode::ServerBasedClient));
        }
        let api_domain = tokens
            .extra
            .get("api_domain")
            .and_then(|value| value.as_str())
            .ok_or_else(|| incomplete("api_domain"))?;
        let mut grant = Grant {
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            api_base: address::api(api_domain, &self.accounts)?,
            organisation: String::new(),
            user: String::new(),
            extra: BTreeMap::from([
                (extra::CRM.to_owned(), self.crm_of(&accounts).to_string()),
                (extra::ACCOUNTS.to_owned(), accounts.to_string()),
            ]),
        };
        self.ask_whose(&mut grant).await?;
        Ok(grant)
    }

    /// The server that renews a grant and takes it back.
    pub(crate) fn server_of(&self, grant: &Grant) -> Result<OAuth, Failure> {
        let accounts = match grant.extra.get(extra::ACCOUNTS) {
            Some(kept) => address::accounts(kept, &self.accounts)?,
            None => self.accounts.clone(),
        };
        Ok(self.client(&accounts))
    }

    async fn ask_whose(&self, grant: &mut Grant) -> Result<(), Failure> {
        let found: Organisations = api::read_once(&self.http, grant, "org").await?;
        let organisation = first(found.org, "org")?;
        let found: Users = api::read_once(&self.http, grant, "users?type=CurrentUser").await?;
        grant.user = first(found.users, "users")?.id;
        grant.organisation = organisation.id;
        grant
            .extra
            .insert(extra::ZGID.to_owned(), organisation.zgid);
        Ok(())
    }

    fn client(&self, accounts: &Url) -> OAuth {
        let at = |service: &str| {
            let mut url = accounts.clone();
            url.set_path(&format!("/oauth/v2/{service}"));
            url
        };
        OAuth::new(
            self.http.clone(),
            Endpoints {
                authorize: at("auth"),
                token: at("token"),
                revoke: at("token/revoke"),
            },
            &self.client_id,
            Some(self.secret_at(accounts)),
        )
        .revoking_by_query()
    }

    /// Zoho can give one client a secret for each data centre.
    fn secret_at(&self, accounts: &Url) -> &str {
        let elsewhere = accounts.origin() != self.accounts.origin();
        match &self.other_client_secret {
            Some(other) if elsewhere => other,
            _ => &self.client_secret,
        }
    }

    /// Where people of an organisation work that signs in at `accounts`.
    fn crm_of(&self, accounts: &Url) -> Url {
        if accounts.origin() == self.accounts.origin() {
            return self.crm.clone();
        }
        DataCentre::of_accounts(accounts)
            .and_then(|centre| Url::parse(centre.crm).ok())
            .unwrap_or_else(|| self.crm.clone())
    }
}

fn first<T>(found: Vec<T>, what: &str) -> Result<T, Failure> {
    found.into_iter().next().ok_or_else(|| incomplete(what))
}

/// Zoho's answers lack this part.
fn incomplete(part: &str) -> Failure {
    Failure::misconfigured(Advice::about(AdviceCode::SignInAnswer, part))
}

/// This setting is needed.
fn missing(name: &str) -> Failure {
    Failure::misconfigured(Advice::about(AdviceCode::SettingMissing, name))
}

#[cfg(test)]
mod tests {
    use linecard_http::HttpSettings;

    use super::*;

    fn sign_in(changed: &[(&str, &str)]) -> SignIn {
        let entered = [
            ("data_centre", "eu"),
            ("client_id", "1000.X"),
            ("client_secret", "of eu"),
        ];
        let entered = entered.iter().chain(changed);
        let settings = Settings(
            entered
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        );
        let http = HttpClient::new(HttpSettings::default()).unwrap();
        SignIn::new(&settings, &http).unwrap_or_else(|failure| panic!("{failure}"))
    }

    fn accounts(ending: &str) -> Url {
        format!("https://accounts.zoho.{ending}").parse().unwrap()
    }

    #[test]
    fn a16_the_data_centre_says_where_to_sign_in_unless_an_address_is_entered() {
        let proposed = sign_in(&[]);
        assert_eq!(proposed.accounts, accounts("eu"));
        assert_eq!(proposed.crm.as_str(), "https://crm.zoho.eu/");
        let entered = sign_in(&[("crm_url", "https://crm.acme.example")]);
        assert_eq!(entered.crm.as_str(), "https://crm.acme.example/");
    }

    #[test]
    fn a16_another_data_centre_gets_its_own_secret_where_there_is_one() {
        let both = sign_in(&[("other_client_secret", "of in")]);
        assert_eq!(both.secret_at(&accounts("eu")), "of eu");
        assert_eq!(both.secret_at(&accounts("in")), "of in");
        assert_eq!(sign_in(&[]).secret_at(&accounts("in")), "of eu");
    }

    #[test]
    fn a16_pages_are_where_the_organisation_is() {
        let sign_in = sign_in(&[("crm_url", "https://crm.acme.example")]);
        let at = |ending| sign_in.crm_of(&accounts(ending)).to_string();
        assert_eq!(at("eu"), "https://crm.acme.example/");
        assert_eq!(at("in"), "https://crm.zoho.in/");
    }
}
