//! What an admin fills in to join an Asterisk.

use linecard_number::Extension;
use linecard_pbx::{PbxSettings, SettingError};
use regex::Regex;
use secrecy::SecretString;

use crate::dialling::Dialling;
use crate::records::RecordsSettings;
use crate::softphones::Softphones;
use crate::tls::Tls;
use crate::translate::{self, Assignments, Translator};

/// AMI's usual ports, in the clear and over TLS.
const DEFAULT_PORT: u16 = 5038;
const DEFAULT_TLS_PORT: u16 = 5039;
/// Longer values would not fit into one AMI line.
const LONGEST_VALUE: usize = 500;

/// How the secret is shown to Asterisk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignIn {
    /// By challenge where the server gives one, else in the clear.
    #[default]
    Auto,
    /// In the clear, for a server that answers a challenge but does not take the reply.
    Plain,
    /// By MD5 challenge or not at all: the secret never goes over the wire.
    Md5,
}

/// A link to one Asterisk.
#[derive(Clone)]
pub struct AsteriskSettings {
    /// Name or address of the server.
    pub host: String,
    /// AMI's port, usually 5038.
    pub port: u16,
    /// The manager user.
    pub username: String,
    /// The manager user's secret.
    pub secret: SecretString,
    /// How the secret is shown.
    pub sign_in: SignIn,
    /// Whether and how the connection is encrypted.
    pub tls: Option<Tls>,
    /// Which endpoints are the company's phones: each matches a whole `PJSIP/101`.
    pub own: Vec<Regex>,
    /// Which endpoints are lines to the outside.
    pub trunk: Vec<Regex>,
    /// Single endpoints whose owner is written down; these win over the patterns.
    pub endpoints: Assignments,
    /// Lines on which a caller is asked for the presentation of the number.
    pub presentation: Vec<Regex>,
    /// How calls are placed.
    pub dialling: Dialling,
    /// How softphones reach it, if they may.
    pub(crate) softphones: Option<Softphones>,
    /// Where its own records of past calls are, if somebody said so.
    pub(crate) records: Option<RecordsSettings>,
}

impl AsteriskSettings {
    /// Reads the settings `host`, `port` (5038 when absent), `username`, `secret`, `own`,
    /// `trunk`, `endpoints` and `sign_in` (`auto` when absent, `plain`, `md5`). `own` and `trunk`
    /// are regular expressions, `endpoints` a map like `PJSIP/alice=106`; several are parted by
    /// white space. Who writes the endpoints down may leave the patterns out. `presentation`
    /// holds regular expressions too, for the lines on which callers may withhold their number;
    /// usually none. `tls` is `off` (when absent) or `on`, `tls_fingerprint` names the one
    /// certificate that is taken, where it is not from a trusted authority. How calls are placed
    /// says [`Dialling::read`]; how softphones reach it says [`Softphones::read`]; `records` and
    /// those that begin with `records_` say where the records of past calls are.
    pub fn read(settings: &PbxSettings) -> Result<Self, SettingError> {
        Ok(Self {
            host: line(settings, "host")?.to_owned(),
            port: port(settings)?,
            username: line(settings, "username")?.to_owned(),
            secret: SecretString::from(line(settings, "secret")?),
            sign_in: sign_in(settings)?,
            tls: tls(settings)?,
            own: needed_patterns(settings, "own")?,
            trunk: needed_patterns(settings, "trunk")?,
            endpoints: endpoints(settings)?,
            presentation: patterns(settings, "presentation")?,
            dialling: Dialling::read(settings)?,
            softphones: Softphones::read(settings)?,
            records: RecordsSettings::read(settings)?,
        })
    }

    /// The endpoints that are written down as phones of `extension`: `PJSIP/101-web`.
    #[must_use]
    pub fn endpoints_of(&self, extension: &Extension) -> Vec<&str> {
        self.endpoints.endpoints_of(extension)
    }

    /// A translator that tells whose a channel is by this map and these patterns.
    #[must_use]
    pub fn translator(&self) -> Translator {
        let translator = Translator::new(self.own.clone(), self.trunk.clone())
            .assigned(self.endpoints.clone())
            .asking(self.presentation.clone());
        match self.softphones {
            Some(_) => translator.with_softphones(),
            None => translator,
        }
    }
}

fn error(field: &'static str, words: impl Into<String>) -> SettingError {
    SettingError {
        field,
        words: words.into(),
    }
}

fn line<'a>(settings: &'a PbxSettings, field: &'static str) -> Result<&'a str, SettingError> {
    let value = settings
        .get(field)
        .ok_or_else(|| error(field, "is missing"))?;
    if value.chars().any(char::is_control) {
        return Err(error(field, "holds a line break or a control character"));
    }
    if value.len() > LONGEST_VALUE {
        return Err(error(
            field,
            format!("is longer than {LONGEST_VALUE} bytes"),
        ));
    }
    Ok(value)
}

fn port(settings: &PbxSettings) -> Result<u16, SettingError> {
    let Some(text) = settings.get("port") else {
        return Ok(match tls(settings)? {
            Some(_) => DEFAULT_TLS_PORT,
            None => DEFAULT_PORT,
        });
    };
    match text.trim().parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(error("port", "is not a number from 1 to 65535")),
    }
}

fn tls(settings: &PbxSettings) -> Result<Option<Tls>, SettingError> {
    match (settings.get("tls"), settings.get("tls_fingerprint")) {
        (None | Some("off"), _) => Ok(None),
        (Some("on"), None) => Ok(Some(Tls::Trusted)),
        (Some("on"), Some(fingerprint)) => Tls::pinned(fingerprint)
            .map(Some)
            .map_err(|wrong| error("tls_fingerprint", wrong.to_string())),
        (Some(_), _) => Err(error("tls", "is neither off nor on")),
    }
}

fn sign_in(settings: &PbxSettings) -> Result<SignIn, SettingError> {
    match settings.get("sign_in") {
        None | Some("auto") => Ok(SignIn::Auto),
        Some("plain") => Ok(SignIn::Plain),
        Some("md5") => Ok(SignIn::Md5),
        Some(_) => Err(error("sign_in", "is neither auto, plain nor md5")),
    }
}

/// With a map of endpoints a pattern is one more help; without one it is all there is.
fn needed_patterns(
    settings: &PbxSettings,
    field: &'static str,
) -> Result<Vec<Regex>, SettingError> {
    let patterns = patterns(settings, field)?;
    if patterns.is_empty() && settings.get("endpoints").is_none() {
        return Err(error(field, "is missing"));
    }
    Ok(patterns)
}

fn patterns(settings: &PbxSettings, field: &'static str) -> Result<Vec<Regex>, SettingError> {
    let read = |text: &str| {
        translate::pattern(text)
            .map_err(|_| error(field, format!("{text:?} is no regular expression")))
    };
    let text = settings.get(field).unwrap_or_default();
    text.split_whitespace().map(read).collect()
}

fn endpoints(settings: &PbxSettings) -> Result<Assignments, SettingError> {
    let text = settings.get("endpoints").unwrap_or_default();
    Assignments::read(text).map_err(|wrong| error("endpoints", wrong.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(changes: &[(&str, &str)]) -> Result<AsteriskSettings, SettingError> {
        let mut settings = PbxSettings::default();
        for (name, value) in [
            ("host", "127.0.0.1"),
            ("username", "linecard"),
            ("secret", "s3cret"),
            ("own", r"PJSIP/1\d\d SIP/2\d\d"),
            ("trunk", "PJSIP/trunk"),
        ]
        .iter()
        .chain(changes)
        {
            settings.0.insert((*name).to_owned(), (*value).to_owned());
        }
        AsteriskSettings::read(&settings)
    }

    fn wrong_field(name: &'static str, value: &str) -> &'static str {
        given(&[(name, value)])
            .err()
            .map_or("none", |error| error.field)
    }

    #[test]
    fn what_is_left_out_has_its_usual_value() {
        let settings = given(&[]).unwrap();
        assert_eq!((settings.port, settings.sign_in), (5038, SignIn::Auto));
    }

    #[test]
    fn several_patterns_may_be_given_and_each_matches_the_whole_endpoint() {
        let own = given(&[]).unwrap().own;
        let matches = |endpoint: &str| own.iter().any(|pattern| pattern.is_match(endpoint));
        assert!(matches("PJSIP/101") && matches("SIP/201"));
        assert!(!matches("PJSIP/1011") && !matches("XPJSIP/101"));
    }

    #[test]
    fn a_map_of_endpoints_makes_do_without_patterns() {
        let map = "PJSIP/alice=106\nPJSIP/alice-web=106 PJSIP/provider=trunk";
        let settings = given(&[("own", ""), ("trunk", ""), ("endpoints", map)]).unwrap();
        let alice = settings.endpoints_of(&"106".parse().unwrap());
        assert_eq!(alice, ["PJSIP/alice", "PJSIP/alice-web"]);
    }

    #[test]
    fn a_wrong_value_is_named_by_its_field() {
        for (field, value) in [
            ("host", ""),
            ("host", "a\r\nAction: Originate"),
            ("port", "0"),
            ("port", "70000"),
            ("username", ""),
            ("secret", ""),
            ("sign_in", "sha"),
            ("tls", "yes"),
            ("own", "PJSIP/(1"),
            ("own", " "),
            ("trunk", ""),
            ("endpoints", "PJSIP/alice"),
            ("sip_websocket", "http://127.0.0.1:8088/ws"),
            ("presentation", "PJSIP/("),
        ] {
            assert_eq!(wrong_field(field, value), field, "{value:?}");
        }
    }
}
