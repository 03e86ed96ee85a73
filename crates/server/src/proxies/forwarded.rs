//! Reads what proxies write about those whom they speak for, in both kinds of header.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName, header};

use super::{FORWARDED_FOR, FORWARDED_PROTO};

/// What one proxy saw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hop {
    /// Who spoke to it; `None`: it does not say, or not so that it can be read.
    pub(super) address: Option<IpAddr>,
    /// Whether that was encrypted; `None`: it does not say.
    pub(super) is_https: Option<bool>,
}

/// The hops of `X-Forwarded-For` and `X-Forwarded-Proto`, the nearest last.
pub(super) fn customary(headers: &HeaderMap) -> Vec<Hop> {
    let addresses = entries(headers, &FORWARDED_FOR);
    let protocols = entries(headers, &FORWARDED_PROTO);
    let count = addresses.len().max(usize::from(!protocols.is_empty()));
    (0..count)
        .map(|index| {
            // Both lists end with the nearest proxy's. One that overwrites the protocol instead of
            // adding to it leaves a list of one, which then holds for the whole chain.
            let from_end = count - 1 - index;
            let protocol = protocols.len().checked_sub(from_end + 1);
            let protocol = protocol.and_then(|at| protocols.get(at));
            Hop {
                address: addresses.get(index).and_then(|it| address(it)),
                is_https: protocol.and_then(|it| is_https(it)),
            }
        })
        .collect()
}

/// The hops of `Forwarded`, the nearest last.
pub(super) fn standard(headers: &HeaderMap) -> Vec<Hop> {
    let elements = entries(headers, &header::FORWARDED);
    elements.iter().map(|element| hop(element)).collect()
}

fn hop(element: &str) -> Hop {
    let mut hop = Hop::default();
    for pair in element.split(';') {
        let Some((name, value)) = pair.split_once('=') else {
            continue;
        };
        let value = value.trim().trim_matches('"');
        match name.trim().to_ascii_lowercase().as_str() {
            "for" => hop.address = address(value),
            "proto" => hop.is_https = is_https(value),
            _ => {}
        }
    }
    hop
}

/// The entries of all header lines of that name, as one list. No address holds a comma, and a
/// quoted one in something else only makes entries that cannot be read.
fn entries(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    let lines = headers.get_all(name).iter();
    lines
        .flat_map(|line| {
            let line = String::from_utf8_lossy(line.as_bytes()).into_owned();
            let parts: Vec<_> = line.split(',').map(|it| it.trim().to_owned()).collect();
            parts
        })
        .collect()
}

/// An address with or without port and brackets.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let address = bare.unwrap_or(text).parse::<IpAddr>();
    let address = address.or_else(|_| text.parse::<SocketAddr>().map(|it| it.ip()));
    address.ok().map(|it| it.to_canonical())
}

fn is_https(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "https" | "wss" => Some(true),
        "http" | "ws" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_with_and_without_ports_and_brackets() {
        for (text, read) in [
            ("192.0.2.60", Some("192.0.2.60")),
            ("192.0.2.60:4711", Some("192.0.2.60")),
            ("2001:db8::17", Some("2001:db8::17")),
            ("[2001:db8::17]", Some("2001:db8::17")),
            ("[2001:db8::17]:4711", Some("2001:db8::17")),
            ("::ffff:192.0.2.60", Some("192.0.2.60")),
            ("unknown", None),
            ("_hidden", None),
            ("", None),
        ] {
            let expected = read.map(|it| it.parse().unwrap());
            assert_eq!(address(text), expected, "{text}");
        }
    }

    #[test]
    fn an_element_of_the_standard_header_is_read_whatever_its_capitals_and_quotes() {
        let read = hop("By=\"10.0.0.5\"; For=\"192.0.2.60:80\";PROTO=HTTPS;host=x");
        assert_eq!(read.address, Some("192.0.2.60".parse().unwrap()));
        assert_eq!(read.is_https, Some(true));
        assert_eq!(hop("for=unknown"), Hop::default());
    }
}
