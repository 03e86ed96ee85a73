//! Which programs may be bound, and where each may be sent an agent's consent.

use std::fmt;
use std::str::FromStr;

use axum::http::{HeaderMap, header};
use linecard_store::DeviceClient;
use url::Url;

use crate::state::App;

/// The name under which Chrome knows an extension: 32 letters from a to p, made of its public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionId(String);

/// A text is no such name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no id of an extension for Chrome: that has 32 letters from a to p, as chrome://extensions shows it"
)]
pub struct NotAnExtensionId(String);

impl ExtensionId {
    /// The extension for Chrome that comes with Linecard. Its `key` in `web/chrome/manifest.json`
    /// makes it so, packed by whomever.
    #[must_use]
    pub fn ours() -> Self {
        Self("nfpfpbdegemmnogicmhclnmahjafbejg".to_owned())
    }

    /// The origin of its requests, as a browser writes it.
    fn origin(&self) -> String {
        format!("chrome-extension://{self}")
    }

    /// Where Chrome takes the answer of a sign-in for it (`chrome.identity.getRedirectURL`).
    fn redirect(&self) -> String {
        format!("https://{self}.chromiumapp.org{CALLBACK}")
    }
}

impl fmt::Display for ExtensionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ExtensionId {
    type Err = NotAnExtensionId;

    fn from_str(text: &str) -> Result<Self, NotAnExtensionId> {
        let fits = text.len() == 32 && text.bytes().all(|letter| (b'a'..=b'p').contains(&letter));
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnExtensionId(text.to_owned()))
        }
    }
}

/// The path at which either program takes the answer.
const CALLBACK: &str = "/cb";

/// A program that nobody may be bound to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClientError {
    #[error("No program has that name here. Sign in from the extension for Chrome anew.")]
    Unknown,
    #[error(
        "That address belongs to no program that may be bound here, so nothing is sent there. An \
         admin can add the id of a company's own extension for Chrome to the configuration."
    )]
    ForeignRedirect,
}

/// The program that the agent agrees to, where `redirect` is one of its own addresses.
pub(crate) fn agreed(app: &App, client: &str, redirect: &str) -> Result<DeviceClient, ClientError> {
    let client: DeviceClient = client.parse().map_err(|_| ClientError::Unknown)?;
    let is_own = match client {
        DeviceClient::Chrome => app
            .chrome_extensions
            .iter()
            .any(|id| id.redirect() == redirect),
        DeviceClient::Companion => is_on_loopback(redirect),
    };
    is_own.then_some(client).ok_or(ClientError::ForeignRedirect)
}

/// A program on the agent's own machine listens on whatever port is free (RFC 8252, 7.3).
fn is_on_loopback(redirect: &str) -> bool {
    Url::parse(redirect).is_ok_and(|url| {
        let port = url.port();
        port.is_some_and(|port| redirect == format!("http://127.0.0.1:{port}{CALLBACK}"))
    })
}

/// Which kind of program opens a socket with these headers; `None`: a page does, or an extension that
/// is not known. A browser tells the origin, always (RFC 6455, 10.2); the companion is no browser.
pub(super) fn opener(app: &App, headers: &HeaderMap) -> Option<DeviceClient> {
    match headers.get(header::ORIGIN) {
        None => Some(DeviceClient::Companion),
        Some(_) => extension_origin(app, headers).map(|_| DeviceClient::Chrome),
    }
}

/// The origin of a request from a known extension.
pub(super) fn extension_origin(app: &App, headers: &HeaderMap) -> Option<String> {
    let origin = headers.get(header::ORIGIN)?.to_str().ok()?;
    let mut known = app.chrome_extensions.iter().map(ExtensionId::origin);
    known.find(|known| known == origin)
}

/// What people call a device that was bound from a browser with these headers: `Chrome on Linux`.
pub(crate) fn name_of(client: DeviceClient, headers: &HeaderMap) -> String {
    let browser = headers.get(header::USER_AGENT);
    let browser = browser.and_then(|it| it.to_str().ok()).unwrap_or_default();
    let program = match client {
        DeviceClient::Chrome if browser.contains("Edg/") => "Edge",
        DeviceClient::Chrome => "Chrome",
        DeviceClient::Companion => "Companion",
    };
    let systems = [
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let system = systems.iter().find(|(mark, _)| browser.contains(mark));
    system.map_or_else(
        || program.to_owned(),
        |(_, system)| format!("{program} on {system}"),
    )
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn our_extensions_id_is_what_chrome_makes_of_the_key_in_its_manifest() {
        let manifest = include_str!("../../../../web/chrome/manifest.json");
        let manifest: serde_json::Value = serde_json::from_str(manifest).unwrap();
        let key = STANDARD.decode(manifest["key"].as_str().unwrap()).unwrap();
        let digest = Sha256::digest(key);
        let id: String = digest[..16]
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 15])
            .map(|digit| char::from(b'a' + digit))
            .collect();
        assert_eq!(id, ExtensionId::ours().to_string());
    }

    #[test]
    fn an_id_has_32_letters_from_a_to_p() {
        assert!(
            "nfpfpbdegemmnogicmhclnmahjafbejg"
                .parse::<ExtensionId>()
                .is_ok()
        );
        for wrong in [
            "",
            "nfpf",
            "nfpfpbdegemmnogicmhclnmahjafbejz",
            "NFPFPBDEGEMMNOGICMHCLNMAHJAFBEJG",
        ] {
            assert!(wrong.parse::<ExtensionId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_companion_takes_its_answer_on_loopback_and_nowhere_else() {
        assert!(is_on_loopback("http://127.0.0.1:49152/cb"));
        for foreign in [
            "http://127.0.0.1/cb",
            "http://127.0.0.1:49152/elsewhere",
            "http://127.0.0.1:49152@evil.example/cb",
            "http://localhost:49152/cb",
            "https://evil.example:49152/cb",
        ] {
            assert!(!is_on_loopback(foreign), "{foreign}");
        }
    }

    #[test]
    fn a_device_is_called_by_its_program_and_its_system() {
        let called = |browser: &'static str, client| {
            let mut headers = HeaderMap::new();
            headers.insert(header::USER_AGENT, HeaderValue::from_static(browser));
            name_of(client, &headers)
        };
        let linux = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0";
        assert_eq!(called(linux, DeviceClient::Chrome), "Chrome on Linux");
        assert_eq!(called(linux, DeviceClient::Companion), "Companion on Linux");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/156.0.0.0 Edg/156.0";
        assert_eq!(called(edge, DeviceClient::Chrome), "Edge on Windows");
        assert_eq!(called("", DeviceClient::Chrome), "Chrome");
    }
}
