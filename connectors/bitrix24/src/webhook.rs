//! The address of an inbound webhook: `https://HOST/rest/USER_ID/SECRET/`.
//!
//! Whoever has the address has the portal, so it is never shown: there is no `Debug`, and what is
//! wrong with one is said without repeating it.

use std::collections::BTreeMap;

use linecard_crm::{Advice, AdviceCode, Failure, Grant, Settings};
use url::{Host, Url};

/// The setting that holds it.
pub(crate) const SETTING: &str = "webhook_url";

/// The setting that holds the address at which people open the portal. Empty: the webhook's own.
pub(crate) const PORTAL: &str = "portal_url";

/// What such an address says.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Webhook {
    /// The portal: `https://acme.bitrix24.com/`.
    pub(crate) portal: Url,
    /// The id of the user with whose rights it acts.
    pub(crate) user: String,
    /// What nobody may see.
    pub(crate) secret: String,
}

impl Webhook {
    /// Reads what the admin pasted. Where private addresses are allowed, plain http to this
    /// machine is taken too.
    pub(crate) fn of(settings: &Settings, allow_private: bool) -> Result<Self, Failure> {
        let text = settings.get(SETTING).ok_or_else(wrong)?;
        let mut url = Url::parse(text.trim()).map_err(|_| wrong())?;
        match url.scheme() {
            "https" => {}
            "http" if allow_private && is_this_machine(&url) => {}
            _ => return Err(wrong()),
        }
        if !url.username().is_empty() || url.query().is_some() || url.fragment().is_some() {
            return Err(wrong());
        }
        let path: Vec<&str> = url
            .path_segments()
            .map(|path| path.filter(|part| !part.is_empty()).collect())
            .unwrap_or_default();
        // What is copied may end in a method's name: `.../profile.json`.
        let (user, secret) = match path.as_slice() {
            ["rest", user, secret] | ["rest", user, secret, _] => (*user, *secret),
            _ => return Err(wrong()),
        };
        let is_user = user.bytes().all(|byte| byte.is_ascii_digit());
        let is_secret = secret.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_user || !is_secret {
            return Err(wrong());
        }
        let (user, secret) = (user.to_owned(), secret.to_owned());
        url.set_path("/");
        Ok(Self {
            portal: url,
            user,
            secret,
        })
    }

    /// The webhook that a grant keeps.
    pub(crate) fn kept(grant: &Grant) -> Self {
        Self {
            portal: grant.api_base.clone(),
            user: grant.user.clone(),
            secret: grant.access_token.clone(),
        }
    }

    /// How it is kept. The portal's host stands for the organisation: a webhook is told no other
    /// name of it.
    pub(crate) fn grant(&self) -> Grant {
        Grant {
            access_token: self.secret.clone(),
            refresh_token: None,
            api_base: self.portal.clone(),
            organisation: self.host(),
            user: self.user.clone(),
            extra: BTreeMap::new(),
        }
    }

    /// `acme.bitrix24.com`, with the port where it is an unusual one.
    pub(crate) fn host(&self) -> String {
        let host = self.portal.host_str().unwrap_or_default();
        match self.portal.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Where a method is asked for.
    pub(crate) fn method(&self, name: &str) -> Url {
        let mut url = self.portal.clone();
        url.set_path(&format!("/rest/{}/{}/{name}.json", self.user, self.secret));
        url
    }
}

/// Where the portal's pages are for people: a portal can have a second name that only browsers
/// use. No request of ours goes there.
pub(crate) fn pages(settings: &Settings, webhook: &Webhook) -> Result<Url, Failure> {
    let Some(text) = settings.get(PORTAL) else {
        return Ok(webhook.portal.clone());
    };
    let unusable = || Failure::misconfigured(Advice::about(AdviceCode::AddressHttps, text));
    let url = Url::parse(text.trim()).map_err(|_| unusable())?;
    let is_web = url.scheme() == "https" || url.origin() == webhook.portal.origin();
    if !is_web || url.host().is_none() || !url.username().is_empty() {
        return Err(unusable());
    }
    url.join("/").map_err(|_| unusable())
}

/// Which part of it is wrong is not told: the parts are secret.
fn wrong() -> Failure {
    Failure::misconfigured(AdviceCode::WebhookAddress)
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Webhook, Failure> {
        let settings = BTreeMap::from([(SETTING.to_owned(), text.to_owned())]);
        Webhook::of(&Settings(settings), true)
    }

    #[test]
    fn a18_the_address_gives_portal_user_and_secret() {
        for text in [
            "https://acme.bitrix24.com/rest/7/abc123def456/",
            " https://acme.bitrix24.com/rest/7/abc123def456 ",
            "https://acme.bitrix24.com/rest/7/abc123def456/profile.json",
        ] {
            let Ok(webhook) = read(text) else {
                panic!("{text}");
            };
            assert_eq!(webhook.portal.as_str(), "https://acme.bitrix24.com/");
            assert_eq!(
                (webhook.user.as_str(), webhook.secret.as_str()),
                ("7", "abc123def456")
            );
            assert_eq!(
                webhook.method("batch").as_str(),
                "https://acme.bitrix24.com/rest/7/abc123def456/batch.json"
            );
        }
    }

    #[test]
    fn a18_what_is_wrong_is_said_without_repeating_the_address() {
        for text in [
            "acme.bitrix24.com/rest/7/topsecret/",
            "http://acme.bitrix24.com/rest/7/topsecret/",
            "https://acme.bitrix24.com/rest/topsecret/",
            "https://acme.bitrix24.com/rest/seven/topsecret/",
            "https://acme.bitrix24.com/rest/7/topsecret%2F..%2F/x/y/",
            "https://acme.bitrix24.com/rest/7/topsecret/?auth=topsecret",
            "https://topsecret@acme.bitrix24.com/rest/7/topsecret/",
            "ftp://acme.bitrix24.com/rest/7/topsecret/",
            "",
        ] {
            match read(text) {
                Err(failure) => assert!(!failure.words().contains("topsecret"), "{failure}"),
                Ok(_) => panic!("{text} was taken"),
            }
        }
    }

    #[test]
    fn a18_pages_are_where_people_open_the_portal() {
        let Ok(webhook) = read("https://acme.bitrix24.com/rest/7/abc/") else {
            panic!("refused");
        };
        let at = |text: &str| {
            let settings = BTreeMap::from([(PORTAL.to_owned(), text.to_owned())]);
            pages(&Settings(settings), &webhook).map(|url| url.to_string())
        };
        assert_eq!(at("").as_deref(), Ok("https://acme.bitrix24.com/"));
        assert_eq!(
            at("https://crm.acme.example/x").as_deref(),
            Ok("https://crm.acme.example/")
        );
        for bad in [
            "crm.acme.example",
            "javascript:alert(1)",
            "http://crm.acme.example",
        ] {
            assert!(at(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn plain_http_is_for_a_stand_in_on_this_machine_only() {
        assert!(read("http://127.0.0.1:8090/rest/1/abc/").is_ok());
        let settings = BTreeMap::from([(
            SETTING.to_owned(),
            "http://127.0.0.1:8090/rest/1/abc/".to_owned(),
        )]);
        assert!(Webhook::of(&Settings(settings), false).is_err());
    }
}
