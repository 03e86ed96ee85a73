//! Whether the server is reached through a proxy, as the environment says.

use std::net::IpAddr;

use hyper_util::client::proxy::matcher::Matcher;
use linecard_http::HttpProxy;
use secrecy::{ExposeSecret as _, SecretString};
use url::{Host, Url};

use crate::Error;

/// The variables that name a proxy for what is encrypted. The first that says something counts.
const NAMES: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
/// Those that name what is reached without one.
const EXCEPT: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// What the environment says of proxies.
#[derive(Debug, Clone, Default)]
pub struct Proxies {
    /// The variable, and what it says: a password may be in it.
    named: Option<(&'static str, SecretString)>,
    except: String,
}

impl Proxies {
    /// Reads the environment's variables.
    #[must_use]
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let said = |name: &&'static str| {
            let value = variable(name)?.trim().to_owned();
            (!value.is_empty()).then_some((*name, value))
        };
        let named = NAMES.iter().find_map(said);
        Self {
            named: named.map(|(name, value)| (name, value.into())),
            except: EXCEPT.iter().find_map(said).unwrap_or_default().1,
        }
    }

    /// The proxy before this server; `None`: it is reached without.
    pub(crate) fn before(&self, server: &Url) -> Result<Option<HttpProxy>, Error> {
        let Some((variable, named)) = &self.named else {
            return Ok(None);
        };
        // Plain http stays inside one's own network: a proxy would read the tokens along.
        if server.scheme() != "https" || is_this_machine(server) || self.is_excepted(server) {
            return Ok(None);
        }
        let unusable = || Error::ProxyAddress(variable);
        let matcher = Matcher::builder().https(named.expose_secret()).build();
        let target = server.as_str().parse().map_err(|_| unusable())?;
        let proxy = matcher.intercept(&target).ok_or_else(unusable)?;
        let address = Url::parse(&proxy.uri().to_string()).map_err(|_| unusable())?;
        if address.scheme() != "http" {
            return Err(unusable());
        }
        Ok(Some(HttpProxy {
            address,
            authorization: proxy.basic_auth().cloned(),
        }))
    }

    fn is_excepted(&self, server: &Url) -> bool {
        let any = Matcher::builder().https("http://any.invalid");
        let target = server.as_str().parse();
        target.is_ok_and(|it| any.no(&self.except).build().intercept(&it).is_none())
    }
}

fn is_this_machine(server: &Url) -> bool {
    match server.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).to_canonical().is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(variables: &[(&str, &str)]) -> Proxies {
        Proxies::of(|name| {
            let mut known = variables.iter();
            let (_, value) = known.find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        })
    }

    /// The address of the proxy before `server`.
    fn before(server: &str, variables: &[(&str, &str)]) -> Option<String> {
        let proxy = proxies(variables).before(&server.parse().unwrap());
        proxy.unwrap().map(|proxy| proxy.address.to_string())
    }

    const SERVER: &str = "https://linecard.example.com/";
    const PROXY: &str = "http://proxy.example.com:3128/";

    #[test]
    fn each_of_the_usual_variables_names_the_proxy_and_the_nearest_counts() {
        for name in NAMES {
            assert_eq!(before(SERVER, &[(name, PROXY)]).unwrap(), PROXY, "{name}");
        }
        let short = [("https_proxy", "proxy.example.com:3128")];
        assert_eq!(before(SERVER, &short).unwrap(), PROXY);
        let both = [("all_proxy", "http://other:1"), ("https_proxy", PROXY)];
        assert_eq!(before(SERVER, &both).unwrap(), PROXY);
        let emptied = [("https_proxy", " "), ("all_proxy", PROXY)];
        assert_eq!(before(SERVER, &emptied).unwrap(), PROXY);
        assert_eq!(before(SERVER, &[]), None);
        assert_eq!(before(SERVER, &[("http_proxy", PROXY)]), None);
    }

    #[test]
    fn this_machine_and_what_is_not_encrypted_is_reached_without_a_proxy() {
        for server in [
            "https://localhost:8443/",
            "https://linecard.localhost/",
            "https://127.0.0.1/",
            "https://127.8.8.8/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "http://10.0.0.7/",
        ] {
            assert_eq!(before(server, &[("https_proxy", PROXY)]), None, "{server}");
        }
    }

    #[test]
    fn what_no_proxy_names_is_reached_without_one() {
        let server = |server: &str, except: &str| {
            let variables = [("https_proxy", PROXY), ("no_proxy", except)];
            before(server, &variables).is_some()
        };
        assert!(!server(SERVER, "linecard.example.com"));
        assert!(!server(SERVER, "other.example, .example.com"));
        assert!(!server(SERVER, "*"));
        assert!(!server("https://10.1.2.3/", "10.0.0.0/8"));
        assert!(server(SERVER, "example.org"));
        assert!(server("https://notexample.com/", "example.com"));
        let big = [("HTTPS_PROXY", PROXY), ("NO_PROXY", "example.com")];
        assert_eq!(before(SERVER, &big), None);
    }

    #[test]
    fn name_and_password_go_to_the_proxy_and_into_no_words() {
        let variables = [(
            "https_proxy",
            "http://grace:h0pper%21@proxy.example.com:3128",
        )];
        let known = proxies(&variables);
        let proxy = known.before(&SERVER.parse().unwrap()).unwrap().unwrap();
        // grace:h0pper!
        assert_eq!(
            proxy.authorization.as_ref().unwrap(),
            "Basic Z3JhY2U6aDBwcGVyIQ=="
        );
        assert_eq!(proxy.address.as_str(), PROXY);
        let words = format!("{known:?} {proxy:?}");
        assert!(
            !words.contains("h0pper") && !words.contains("Z3Jh"),
            "{words}"
        );
    }

    #[test]
    fn a_proxy_that_is_not_spoken_to_is_told_by_its_variable_and_without_what_it_says() {
        for value in [
            "socks5://grace:h0pper@proxy.example.com:1080",
            "https://grace:h0pper@proxy.example.com",
            "http://grace:h0pper@",
            "two words",
        ] {
            let known = proxies(&[("all_proxy", value)]);
            let error = known.before(&SERVER.parse().unwrap()).unwrap_err();
            assert!(matches!(error, Error::ProxyAddress("all_proxy")), "{value}");
            for language in [crate::Language::English, crate::Language::Chinese] {
                let told = error.told(language);
                assert!(
                    told.contains("all_proxy") && !told.contains("h0pper"),
                    "{told}"
                );
            }
        }
    }
}
