//! Which addresses may be Salesforce's.
//!
//! The token answer says where requests go from then on. Were any address taken, a forged
//! answer would have every later request, token included, sent to its author.

use linecard_crm::{Advice, AdviceCode, Failure};
use url::{Host, Url};

/// Domains under which Salesforce serves organisations.
const DOMAINS: [&str; 5] = [
    "salesforce.com",
    "force.com",
    "salesforce.mil",
    "cloudforce.com",
    "sfcrmproducts.cn",
];

/// Reads the setting `login_url`: an https address without path. Where private addresses are
/// allowed, plain http to this machine is taken too.
pub(crate) fn login_url(text: &str, allow_private: bool) -> Result<Url, Failure> {
    let wrong = |code| Failure::misconfigured(Advice::about(code, text));
    let url = Url::parse(text.trim()).map_err(|_| wrong(AdviceCode::AddressHttps))?;
    if url.host().is_none() || !matches!(url.scheme(), "http" | "https") {
        return Err(wrong(AdviceCode::AddressHttps));
    }
    // Without encryption it may only be this machine.
    if url.scheme() == "http" && !(allow_private && is_this_machine(&url)) {
        return Err(wrong(AdviceCode::AddressHttps));
    }
    if url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
        return Err(wrong(AdviceCode::AddressBare));
    }
    Ok(url)
}

/// Reads `instance_url` of a token answer that came from `login_url`.
pub(crate) fn instance_url(text: &str, login_url: &Url) -> Result<Url, Failure> {
    Url::parse(text)
        .ok()
        .filter(|url| url.origin() == login_url.origin() || is_salesforce(url))
        .and_then(|url| url.join("/").ok())
        .ok_or_else(|| Failure::misconfigured(Advice::about(AdviceCode::SignInAnswer, text)))
}

fn is_salesforce(url: &Url) -> bool {
    let Some(Host::Domain(host)) = url.host() else {
        return false;
    };
    url.scheme() == "https"
        && url.port().is_none()
        && DOMAINS.iter().any(|domain| {
            host.strip_suffix(domain)
                .is_some_and(|rest| rest.ends_with('.'))
        })
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

    fn login() -> Url {
        login_url("https://acme.my.salesforce.com", false).unwrap()
    }

    #[test]
    fn an_instance_is_salesforces_or_the_sign_in_address_itself() {
        for good in [
            "https://acme.my.salesforce.com",
            "https://ACME.my.salesforce.com/",
            "https://acme--sbx.sandbox.my.salesforce.com",
            "https://acme.my.sfcrmproducts.cn",
        ] {
            assert!(instance_url(good, &login()).is_ok(), "{good}");
        }
        let stand_in = login_url("http://127.0.0.1:4000", true).unwrap();
        assert!(instance_url("http://127.0.0.1:4000/", &stand_in).is_ok());
    }

    #[test]
    fn a_forged_instance_is_refused() {
        for forged in [
            "https://evil.example",
            "https://salesforce.com.evil.example",
            "https://evilsalesforce.com",
            "http://acme.my.salesforce.com",
            "https://acme.my.salesforce.com:8443",
            "https://acme.my.salesforce.com@evil.example",
            "http://127.0.0.1:4000",
            "javascript:alert(1)",
            "",
        ] {
            assert!(instance_url(forged, &login()).is_err(), "{forged}");
        }
        let stand_in = login_url("http://127.0.0.1:4000", true).unwrap();
        assert!(instance_url("http://127.0.0.1:4001", &stand_in).is_err());
    }

    #[test]
    fn a_sign_in_address_is_https_and_nothing_but_a_host() {
        for bad in [
            "acme.my.salesforce.com",
            "http://acme.my.salesforce.com",
            "ftp://acme.my.salesforce.com",
            "https://acme.my.salesforce.com/setup",
            "https://me@acme.my.salesforce.com",
            "",
        ] {
            assert!(login_url(bad, true).is_err(), "{bad}");
        }
        assert!(login_url("http://127.0.0.1:4000", false).is_err());
    }
}
