//! Addresses of pages in HubSpot, for a browser.

use linecard_crm::Grant;
use url::Url;

use crate::account;
use crate::kind::Kind;

/// Where HubSpot's own pages are. Each account has a host of its own below it.
const HUBSPOT: &str = "hubspot.com";

/// The pages of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pages {
    origin: Url,
    portal: String,
}

impl Pages {
    /// Before anything is known of the account.
    pub(crate) fn unknown(app_url: Url) -> Self {
        Self {
            origin: app_url,
            portal: String::new(),
        }
    }

    /// The host that HubSpot named for the account is used when it is HubSpot's and so is the one
    /// that the admin entered; otherwise the latter is.
    pub(crate) fn of(grant: &Grant, app_url: &Url) -> Self {
        let is_hubspots = |host: &str| {
            host.strip_suffix(HUBSPOT)
                .is_some_and(|rest| rest.ends_with('.'))
        };
        let named = account::ui_domain(grant)
            .filter(|host| is_hubspots(host) && app_url.host_str().is_some_and(is_hubspots))
            .and_then(|host| Url::parse(&format!("https://{host}/")).ok())
            .filter(|url| url.host_str().is_some_and(is_hubspots));
        Self {
            origin: named.unwrap_or_else(|| app_url.clone()),
            portal: grant.organisation.clone(),
        }
    }

    /// The page of a record; the id becomes one segment of the path, whatever it holds.
    pub(crate) fn record(&self, kind: Kind, id: &str) -> Url {
        let mut page = self.origin.clone();
        page.set_query(None);
        page.set_fragment(None);
        if let Ok(mut path) = page.path_segments_mut() {
            path.clear()
                .extend(["contacts", &self.portal, "record", kind.number(), id]);
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn pages(ui_domain: &str, app_url: &str) -> Pages {
        let grant = Grant {
            access_token: String::new(),
            refresh_token: None,
            api_base: "https://api.hubapi.com".parse().unwrap(),
            organisation: "147893286".to_owned(),
            user: String::new(),
            extra: BTreeMap::from([("ui_domain".to_owned(), ui_domain.to_owned())]),
        };
        Pages::of(&grant, &app_url.parse().unwrap())
    }

    #[test]
    fn a_page_is_on_the_host_of_the_account() {
        assert_eq!(
            pages("app-eu1.hubspot.com", "https://app.hubspot.com")
                .record(Kind::Contact, "501")
                .as_str(),
            "https://app-eu1.hubspot.com/contacts/147893286/record/0-1/501"
        );
    }

    #[test]
    fn a_host_that_is_not_hubspots_is_never_linked_to() {
        for named in [
            "evil.example",
            "evilhubspot.com",
            "a@evil.example/.hubspot.com",
            "",
        ] {
            let page = pages(named, "https://app.hubspot.com").record(Kind::Company, "1");
            let host = page.host_str().unwrap().to_owned();
            assert!(host.ends_with(".hubspot.com"), "{named}: {host}");
        }
    }

    #[test]
    fn a_stand_in_shows_its_own_pages() {
        let page = pages("app-eu1.hubspot.com", "http://127.0.0.1:8093").record(Kind::Lead, "a/b");
        assert_eq!(
            page.as_str(),
            "http://127.0.0.1:8093/contacts/147893286/record/0-136/a%2Fb"
        );
    }
}
