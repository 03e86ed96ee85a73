//! The address of a STUN or TURN server (RFC 7064, RFC 7065). A browser throws away the whole list for
//! one that it cannot read, and then there is no call: so they are read here, before anybody is told.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use url::Host;

/// `stun:turn.example.com`, `turn:192.0.2.7:3478?transport=udp`, `turns:turn.example.com:5349`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct IceUrl(String);

/// A text that is no address of a STUN or TURN server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no address of a STUN or TURN server, such as stun:turn.example.com:3478 or \
     turn:turn.example.com:3478?transport=udp"
)]
pub struct NotAnIceUrl(String);

impl IceUrl {
    /// Whether the server carries sound (`turn:`, `turns:`), rather than telling addresses only.
    #[must_use]
    pub fn is_turn(&self) -> bool {
        self.0.starts_with("turn")
    }
}

impl FromStr for IceUrl {
    type Err = NotAnIceUrl;

    fn from_str(text: &str) -> Result<Self, NotAnIceUrl> {
        let is_one = parts(text).is_some_and(|(scheme, host, port, transport)| {
            let transport = match scheme {
                "stun" | "stuns" => transport.is_none(),
                "turn" | "turns" => matches!(transport, None | Some("udp" | "tcp")),
                _ => false,
            };
            let port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
            // What is turned into something else on the way would be another host to a browser.
            let host = Host::parse(host).is_ok_and(|read| read.to_string() == host);
            transport && port && host
        });
        if !is_one {
            return Err(NotAnIceUrl(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for IceUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Scheme, host, port and transport, as far as they are there.
fn parts(text: &str) -> Option<(&str, &str, Option<&str>, Option<&str>)> {
    let (scheme, rest) = text.split_once(':')?;
    let (place, transport) = match rest.split_once('?') {
        Some((place, query)) => (place, Some(query.strip_prefix("transport=")?)),
        None => (rest, None),
    };
    // An address of IPv6 stands in brackets and has colons of its own.
    let after_host = place.find(']').map_or(0, |end| end + 1);
    let (host, port) = match place[after_host..].find(':') {
        Some(colon) => {
            let colon = after_host + colon;
            (&place[..colon], Some(&place[colon + 1..]))
        }
        None => (place, None),
    };
    Some((scheme, host, port, transport))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_takes_is_taken_as_it_is() {
        for text in [
            "stun:turn.example.com",
            "stuns:turn.example.com:5349",
            "turn:192.0.2.7:3478?transport=udp",
            "turns:turn.example.com:443?transport=tcp",
            "turn:[2001:db8::7]:3478",
            "turn:[2001:db8::7]",
        ] {
            assert_eq!(text.parse::<IceUrl>().unwrap().to_string(), text);
        }
        assert!("turns:a.example".parse::<IceUrl>().unwrap().is_turn());
        assert!(!"stun:a.example".parse::<IceUrl>().unwrap().is_turn());
    }

    #[test]
    fn what_a_browser_would_throw_the_list_away_for_is_refused_and_named() {
        for text in [
            "",
            "turn.example.com",
            "https://turn.example.com",
            "turn://turn.example.com",
            "turn:",
            "turn:turn.example.com:0",
            "turn:turn.example.com:port",
            "turn:turn.example.com:70000",
            "turn:turn.example.com?transport=sctp",
            "turn:turn.example.com?proto=udp",
            "stun:turn.example.com?transport=udp",
            "turn:user@turn.example.com",
            "turn:TURN.example.com",
            "turn:[2001:db8::7",
            "turn:2001:db8::7",
            "turn:a]b:1",
            "turn:ü]:1",
        ] {
            let refused = text.parse::<IceUrl>().unwrap_err();
            assert!(
                refused.to_string().contains(&format!("{text:?}")),
                "{refused}"
            );
        }
    }
}
