//! Which addresses a connection may go to.
//!
//! A CRM's address is typed by a person or comes out of an answer, so it must not lead into
//! the network that Linecard runs in. The check is made on the addresses that are connected
//! to, after names were resolved: a public name may point anywhere.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Why no connection was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// The address belongs to the machine or to its own network.
    #[error(
        "{0} is an address of this machine or of a private network; such addresses are only used when network.allow_private is on"
    )]
    Private(String),
    /// Plain http would show the tokens to everyone on the way.
    #[error("{0} would be reached without encryption; use an address that starts with https")]
    Plain(String),
    /// Something other than http and https.
    #[error("the address starts with {0}: where https is needed")]
    Scheme(String),
}

/// Which addresses a client connects to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Those of the public internet.
    Public,
    /// All.
    Everywhere,
    /// Those of the machine and of private networks.
    Private,
}

impl Reach {
    fn allows(self, address: IpAddr) -> bool {
        match self {
            Self::Public => !is_private(address),
            Self::Everywhere => true,
            Self::Private => is_private(address),
        }
    }

    fn refusal(self, host: String) -> Forbidden {
        match self {
            Self::Private => Forbidden::Plain(host),
            Self::Public | Self::Everywhere => Forbidden::Private(host),
        }
    }

    /// Checks an address that is written as numbers; no name is resolved for those.
    pub(crate) fn check(self, url: &Url) -> Result<(), Forbidden> {
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(_)) | None => return Ok(()),
        };
        if self.allows(address) {
            Ok(())
        } else {
            Err(self.refusal(address.to_string()))
        }
    }
}

/// Resolves names with the system's resolver and keeps the addresses that may be used.
pub(crate) struct GuardedResolver(pub(crate) Reach);

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0))
                .await?
                .filter(|address| reach.allows(address.ip()))
                .collect();
            if found.is_empty() {
                return Err(reach.refusal(host).into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is not one of the public internet (the IANA special-purpose registries,
/// RFC 6890, and multicast).
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)   // this network, private, loopback, multicast, reserved
            | (100, 64..=127, _)           // carrier-grade NAT
            | (169, 254, _)                // link-local, cloud metadata
            | (172, 16..=31, _)            // private
            | (192, 168, _)                // private
            | (192, 0, 0 | 2)              // protocol assignments, documentation
            | (198, 18 | 19, _)            // benchmarking
            | (198, 51, 100)               // documentation
            | (203, 0, 113) // documentation
    )
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let [.., high, low] = segments;
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_private_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // Loopback, unspecified, IPv4 in its compatible, mapped and NAT64 forms.
        [0, 0, 0, 0, 0, 0 | 0xffff, ..] | [0x64, 0xff9b, ..] => embedded(high, low),
        // 6to4 carries the IPv4 address at the front.
        [0x2002, high, low, ..] => embedded(high, low),
        // Documentation.
        [0x2001, 0xdb8, ..] => true,
        // Unique local, link-local and site-local, multicast.
        [first, ..] => matches!(first, 0xfc00..=0xfdff | 0xfe80..=0xfeff | 0xff00..=0xffff),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_ones_own_network_are_private() {
        for text in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.8.8.8",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(is_private(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn addresses_of_the_internet_are_not() {
        for text in [
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.1.1",
            "198.20.0.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::",
        ] {
            assert!(!is_private(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn numbers_in_disguise_are_seen_through() {
        for text in [
            "https://2130706433/",
            "https://0x7f.1/",
            "https://127.1/",
            "https://[::ffff:7f00:1]/",
        ] {
            let url = Url::parse(text).unwrap();
            assert!(Reach::Public.check(&url).is_err(), "{text}");
        }
    }
}
