//! Which addresses may be Zoho's.
//!
//! The consent page's answer names the server that gets the client secret, and the token answer
//! names the one that gets every later request. Were any address taken, a forged answer would
//! have both sent to its author. So both are used only when they are on Zoho's own list or are
//! the address that the admin entered.

use linecard_crm::{Advice, AdviceCode, Failure};
use url::{Host, Url};

use crate::data_centre::{DATA_CENTRES, DataCentre, is_origin};

/// Zoho's test organisations are served beside the real ones, at these names of each API domain.
const API_NAMES: [&str; 3] = ["www.", "sandbox.", "developer."];

/// Reads a setting that holds an address: https, and nothing behind the host. Where private
/// addresses are allowed, plain http to this machine is taken too.
pub(crate) fn setting(text: &str, allow_private: bool) -> Result<Url, Failure> {
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

/// Reads `accounts-server` of the consent page's answer. `configured` is the accounts server that
/// the admin entered.
pub(crate) fn accounts(text: &str, configured: &Url) -> Result<Url, Failure> {
    known(text, configured, |url| {
        DataCentre::of_accounts(url).is_some()
    })
    .ok_or_else(|| forged(text))
}

/// Reads `api_domain` of the token answer.
pub(crate) fn api(text: &str, configured: &Url) -> Result<Url, Failure> {
    known(text, configured, is_api).ok_or_else(|| forged(text))
}

fn known(text: &str, configured: &Url, is_known: impl Fn(&Url) -> bool) -> Option<Url> {
    Url::parse(text)
        .ok()
        .filter(|url| url.origin() == configured.origin() || is_known(url))
        .and_then(|url| url.join("/").ok())
}

fn is_api(url: &Url) -> bool {
    DATA_CENTRES.iter().any(|centre| {
        API_NAMES
            .iter()
            .any(|name| is_origin(&centre.api.replacen("www.", name, 1), url))
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

/// The answer names an address that is not Zoho's; nothing is sent there.
fn forged(address: &str) -> Failure {
    Failure::misconfigured(Advice::about(AdviceCode::SignInAnswer, address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configured() -> Url {
        setting("https://accounts.zoho.eu", false).unwrap()
    }

    fn stand_in() -> Url {
        setting("http://127.0.0.1:4000", true).unwrap()
    }

    #[test]
    fn a16_every_data_centre_of_zohos_may_answer() {
        for centre in DATA_CENTRES {
            assert!(accounts(centre.accounts, &configured()).is_ok());
            assert!(api(centre.api, &configured()).is_ok());
        }
        for test in [
            "https://sandbox.zohoapis.eu",
            "https://developer.zohoapis.com",
        ] {
            assert!(api(test, &configured()).is_ok(), "{test}");
        }
        assert!(accounts("http://127.0.0.1:4000", &stand_in()).is_ok());
        assert!(api("http://127.0.0.1:4000/", &stand_in()).is_ok());
    }

    #[test]
    fn a16_anyone_else_gets_neither_secret_nor_token() {
        for forged in [
            "https://accounts.zoho.evil.example",
            "https://evil.example",
            "https://accounts.zoho.eu.evil.example",
            "https://evilaccounts.zoho.eu",
            "https://accounts.zoho.eu@evil.example",
            "https://accounts.zoho.eu:8443",
            "http://accounts.zoho.eu",
            "https://www.zohoapis.eu:444",
            "http://127.0.0.1:4001",
            "http://169.254.169.254",
            "javascript:alert(1)",
            "",
        ] {
            assert!(accounts(forged, &configured()).is_err(), "{forged}");
            assert!(api(forged, &stand_in()).is_err(), "{forged}");
        }
    }

    #[test]
    fn a_setting_is_https_and_nothing_but_a_host() {
        for bad in [
            "accounts.zoho.eu",
            "http://accounts.zoho.eu",
            "https://accounts.zoho.eu/oauth",
            "https://me@accounts.zoho.eu",
            "ftp://accounts.zoho.eu",
            "",
        ] {
            assert!(setting(bad, true).is_err(), "{bad}");
        }
        assert!(setting("http://127.0.0.1:4000", false).is_err());
    }
}
