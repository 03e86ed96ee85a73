//! An address of a From, To or Contact: `"Name" <sip:101-web@host;transport=ws>;tag=a` (RFC 3261,
//! 20.10). One of them, with its angle brackets; what comes in another form is not understood.

use crate::message::is_token;
use crate::refusal::Refusal;

/// An address, cut into its parts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Address<'a> {
    /// The user part; empty where the address is only a host's.
    pub(crate) user: &'a str,
    /// The host, perhaps with a port.
    pub(crate) host: &'a str,
    /// The address's own parameters, `transport=ws`.
    uri_parameters: Vec<&'a str>,
    /// Those behind it, `tag=a`, as they stand: with the `;` before each.
    pub(crate) parameters: &'a str,
}

impl<'a> Address<'a> {
    pub(crate) fn read(text: &'a str) -> Result<Self, Refusal> {
        Self::cut(text).ok_or(Refusal::Unreadable("an address"))
    }

    fn cut(text: &'a str) -> Option<Self> {
        let (uri, parameters) = display_name_left_out(text)?.split_once('>')?;
        if !are_parameters(parameters) {
            return None;
        }
        let uri = uri.strip_prefix("sip:")?;
        let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"<>\"\\,?".contains(&byte);
        if !uri.bytes().all(is_plain) {
            return None;
        }
        let (user, rest) = uri.split_once('@').unwrap_or(("", uri));
        let mut rest = rest.split(';');
        let host = rest.next().filter(|host| !host.is_empty())?;
        // A second @ would let another reader see another user.
        if uri.matches('@').count() > 1 || user.contains(';') {
            return None;
        }
        Some(Self {
            user,
            host,
            uri_parameters: rest.collect(),
            parameters,
        })
    }

    /// Whether the address itself has this parameter.
    pub(crate) fn has(&self, parameter: &str) -> bool {
        let mut own = self.uri_parameters.iter();
        own.any(|it| it.eq_ignore_ascii_case(parameter))
    }

    /// The tag, which tells the sides of a dialog apart.
    pub(crate) fn tag(&self) -> Option<&'a str> {
        let mut parameters = self.parameters.split(';').map(str::trim);
        parameters.find_map(|it| it.strip_prefix("tag="))
    }
}

/// What follows the display name and the `<` behind it.
fn display_name_left_out(text: &str) -> Option<&str> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (name, rest) = quoted.split_once('"')?;
        // An escaped quotation mark would end the name for one reader and not for another.
        return (!name.contains('\\'))
            .then(|| rest.trim_start().strip_prefix('<'))
            .flatten();
    }
    let (name, rest) = text.split_once('<')?;
    let fits = name.split_whitespace().all(is_token);
    fits.then_some(rest)
}

/// Whether this is `;tag=a;+sip.ice;+sip.instance="<urn:uuid:1>"` or nothing. A comma outside of
/// quotation marks would begin a second address.
fn are_parameters(text: &str) -> bool {
    let mut rest = text;
    while !rest.is_empty() {
        let Some(parameter) = rest.strip_prefix(';') else {
            return false;
        };
        let end = parameter.find(['=', ';']).unwrap_or(parameter.len());
        let (name, behind) = parameter.split_at(end);
        if !is_token(name) {
            return false;
        }
        rest = match behind.strip_prefix('=') {
            None => behind,
            Some(value) => match value_left_out(value) {
                Some(behind) => behind,
                None => return false,
            },
        };
    }
    true
}

/// What follows a parameter's value, a token or a quoted text.
fn value_left_out(text: &str) -> Option<&str> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (value, rest) = quoted.split_once('"')?;
        return (!value.contains('\\')).then_some(rest);
    }
    let end = text.find(';').unwrap_or(text.len());
    let (value, rest) = text.split_at(end);
    is_token(value).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_user_a_host_and_parameters() {
        let text =
            r#""Alice" <sip:101-web@a.invalid;transport=ws>;+sip.instance="<urn:uuid:1>";tag=x"#;
        let address = Address::read(text).unwrap();
        assert_eq!((address.user, address.host), ("101-web", "a.invalid"));
        assert!(address.has("transport=WS") && !address.has("ob"));
        assert_eq!(address.tag(), Some("x"));
        assert_eq!(Address::read("<sip:pbx>").unwrap().user, "");
    }

    #[test]
    fn what_two_readers_could_read_in_two_ways_is_not_read() {
        for text in [
            "sip:101-web@a",
            "<sip:101-web@a>, <sip:trunk@a>",
            "<sip:101-web@a>;tag=1,<sip:trunk@a>",
            "<sip:101-web@trunk@a>",
            "<sip:101-web;x@a>",
            r#""a\" <sip:101-web@a>;x="" <sip:trunk@a>"#,
            "<sips:101-web@a>",
            "<tel:101>",
            "<sip:101-web@a?From=trunk>",
            "<sip:101-web@a",
            "<sip:101-web@>",
            "<sip:101 web@a>",
            "*",
            "",
        ] {
            assert!(Address::read(text).is_err(), "{text}");
        }
    }
}
