//! From which client a request comes, where proxies stand before Linecard.
//!
//! `X-Forwarded-For`, `X-Forwarded-Proto` and `Forwarded` (RFC 7239) can be sent by anybody. They
//! are believed from the proxies that the configuration names, and from nobody else. Before a
//! request goes on, the three are taken out of it; `X-Forwarded-Proto` is put back with what is
//! believed. So nothing further in can be fooled by them.
//!
//! A chain is walked from the right: the last entry is what the nearest proxy saw. As long as that
//! is a trusted proxy too, the entry before it counts.

mod forwarded;

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use ipnet::IpNet;

use self::forwarded::Hop;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// What is believed of how the client came: `https`, `http`, or nothing when nobody knows.
pub(crate) const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The proxies whose word about a client is believed; none by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

/// A text that should name proxies does not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} in server.trusted_proxies is no IP address and no network, such as 10.0.0.5 or \
     10.0.0.0/24"
)]
pub struct NotANetwork(String);

impl TrustedProxies {
    /// Reads addresses and networks in CIDR notation.
    ///
    /// # Errors
    ///
    /// When one of them is neither.
    pub fn read(texts: &[String]) -> Result<Self, NotANetwork> {
        let network = |text: &String| {
            let address = text.parse::<IpAddr>().map(IpNet::from);
            let network = address.or_else(|_| text.parse::<IpNet>());
            network.map_err(|_| NotANetwork(text.clone()))
        };
        texts
            .iter()
            .map(network)
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The client's address. `headers` say afterwards what is believed, and no more.
    pub(crate) fn admit(&self, peer: IpAddr, encrypted: bool, headers: &mut HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        let seen = self.seen(peer, headers);
        for name in [FORWARDED_FOR, FORWARDED_PROTO, header::FORWARDED] {
            headers.remove(name);
        }
        let is_https = if encrypted { Some(true) } else { seen.is_https };
        if let Some(is_https) = is_https {
            let word = if is_https { "https" } else { "http" };
            headers.insert(FORWARDED_PROTO, HeaderValue::from_static(word));
        }
        seen.address
    }

    fn seen(&self, peer: IpAddr, headers: &HeaderMap) -> Seen {
        let nothing_more = Seen {
            address: peer,
            is_https: None,
        };
        if !self.trusts(peer) {
            return nothing_more;
        }
        let standard = forwarded::standard(headers);
        let customary = forwarded::customary(headers);
        match (standard.is_empty(), customary.is_empty()) {
            (true, true) => nothing_more,
            (true, false) => self.walk(peer, &customary),
            (false, true) => self.walk(peer, &standard),
            (false, false) => {
                // Most proxies write one kind and pass the other on as the client sent it. Which
                // one it is cannot be told, unless both say the same.
                let (one, other) = (self.walk(peer, &standard), self.walk(peer, &customary));
                if one == other { one } else { nothing_more }
            }
        }
    }

    fn walk(&self, peer: IpAddr, hops: &[Hop]) -> Seen {
        let mut seen = Seen {
            address: peer,
            is_https: None,
        };
        for hop in hops.iter().rev() {
            if hop.is_https.is_some() {
                seen.is_https = hop.is_https;
            }
            let Some(address) = hop.address else {
                return seen;
            };
            seen.address = address;
            if !self.trusts(address) {
                return seen;
            }
        }
        seen
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// What is believed of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    address: IpAddr,
    /// Whether the client's connection is encrypted; `None`: nobody says.
    is_https: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROXY: &str = "10.0.0.5";

    /// The address, and the protocol that is told further in.
    fn admitted(
        trusted: &[&str],
        peer: &str,
        sent: &[(&'static str, &'static str)],
    ) -> (String, Option<String>) {
        let trusted: Vec<_> = trusted.iter().map(|it| (*it).to_owned()).collect();
        let proxies = TrustedProxies::read(&trusted).unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in sent {
            headers.append(*name, HeaderValue::from_static(value));
        }
        let address = proxies.admit(peer.parse().unwrap(), false, &mut headers);
        for gone in ["x-forwarded-for", "forwarded"] {
            assert!(!headers.contains_key(gone), "{gone}");
        }
        let protocol = headers.get(FORWARDED_PROTO);
        let protocol = protocol.map(|it| it.to_str().unwrap().to_owned());
        (address.to_string(), protocol)
    }

    #[test]
    fn what_an_untrusted_peer_says_is_ignored_and_taken_out() {
        let sent = [
            ("x-forwarded-for", "198.51.100.1"),
            ("x-forwarded-proto", "https"),
            ("forwarded", "for=198.51.100.1;proto=https"),
        ];
        let ignored = ("203.0.113.9".to_owned(), None);
        assert_eq!(admitted(&[], "203.0.113.9", &sent), ignored);
        assert_eq!(admitted(&[PROXY], "203.0.113.9", &sent), ignored);
    }

    #[test]
    fn what_a_trusted_proxy_says_is_believed() {
        let https = |address: &str| (address.to_owned(), Some("https".to_owned()));
        let sent = [
            ("x-forwarded-for", "198.51.100.1"),
            ("x-forwarded-proto", "https"),
        ];
        assert_eq!(admitted(&[PROXY], PROXY, &sent), https("198.51.100.1"));
        assert_eq!(
            admitted(&["10.0.0.0/24"], PROXY, &sent),
            https("198.51.100.1")
        );
        // As a socket for both families shows an IPv4 peer.
        let mapped = "::ffff:10.0.0.5";
        assert_eq!(admitted(&[PROXY], mapped, &sent), https("198.51.100.1"));
        let standard = [("forwarded", "for=\"[2001:db8::17]:4711\";proto=https;by=x")];
        assert_eq!(admitted(&[PROXY], PROXY, &standard), https("2001:db8::17"));
    }

    #[test]
    fn a_chain_is_walked_from_the_right_as_far_as_it_is_trusted() {
        let address = |sent: &'static str| {
            let trusted = [PROXY, "10.0.0.6"];
            admitted(&trusted, PROXY, &[("x-forwarded-for", sent)]).0
        };
        // The client made the first entries up; each proxy added whom it saw.
        assert_eq!(address("1.1.1.1, 2.2.2.2, 198.51.100.1"), "198.51.100.1");
        assert_eq!(address("1.1.1.1, 198.51.100.1, 10.0.0.6"), "198.51.100.1");
        assert_eq!(address("1.1.1.1, nonsense, 10.0.0.6"), "10.0.0.6");
        assert_eq!(address("10.0.0.6"), "10.0.0.6");
        let lines = [
            ("x-forwarded-for", "1.1.1.1"),
            ("x-forwarded-for", "198.51.100.1"),
        ];
        assert_eq!(admitted(&[PROXY], PROXY, &lines).0, "198.51.100.1");
    }

    #[test]
    fn of_two_headers_that_disagree_neither_is_believed() {
        let both = |standard| {
            let sent = [("x-forwarded-for", "198.51.100.1"), ("forwarded", standard)];
            admitted(&[PROXY], PROXY, &sent).0
        };
        assert_eq!(both("for=1.1.1.1"), PROXY);
        assert_eq!(both("for=198.51.100.1"), "198.51.100.1");
    }

    #[test]
    fn the_protocol_is_the_one_that_the_outermost_trusted_proxy_saw() {
        let protocol = |sent: &[(&'static str, &'static str)]| {
            admitted(&[PROXY, "10.0.0.6"], PROXY, sent).1.unwrap()
        };
        let two = ("x-forwarded-for", "198.51.100.1, 10.0.0.6");
        assert_eq!(protocol(&[two, ("x-forwarded-proto", "https")]), "https");
        let both = ("x-forwarded-proto", "https, http");
        assert_eq!(protocol(&[two, both]), "https");
        let one = ("x-forwarded-for", "198.51.100.1");
        assert_eq!(protocol(&[one, both]), "http");
    }

    #[test]
    fn a_text_that_is_no_network_is_named() {
        let error = TrustedProxies::read(&["proxy.lan".to_owned()]).unwrap_err();
        assert!(error.to_string().contains("\"proxy.lan\""), "{error}");
    }
}
