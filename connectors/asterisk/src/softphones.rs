//! How softphones reach this Asterisk: SIP over WebSocket, one endpoint beside each desk phone.

use linecard_number::Extension;
use linecard_pbx::{PbxSettings, SettingError, Softphone};
use secrecy::SecretString;
use url::Url;

use crate::translate::SOFTPHONE;

/// How softphones reach this Asterisk.
#[derive(Debug, Clone)]
pub(crate) struct Softphones {
    address: Url,
    secret: SecretString,
}

impl Softphones {
    /// Reads the settings `sip_websocket`, an address such as `ws://127.0.0.1:8088/ws`, and
    /// `sip_secret`, the password that all endpoints of softphones share: Linecard alone knows it,
    /// and lets each session be its own endpoint only. `None` when there is no address.
    pub(crate) fn read(settings: &PbxSettings) -> Result<Option<Self>, SettingError> {
        let Some(text) = settings.get("sip_websocket") else {
            return Ok(None);
        };
        let wrong = |field, words: &str| SettingError {
            field,
            words: words.to_owned(),
        };
        let no_address = || {
            wrong(
                "sip_websocket",
                "is no address like ws://127.0.0.1:8088/ws or wss://pbx.example.com:8089/ws",
            )
        };
        let address = Url::parse(text.trim()).map_err(|_| no_address())?;
        let is_bare = address.username().is_empty()
            && address.password().is_none()
            && address.fragment().is_none();
        if !matches!(address.scheme(), "ws" | "wss") || address.host().is_none() || !is_bare {
            return Err(no_address());
        }
        let secret = settings
            .get("sip_secret")
            .ok_or_else(|| wrong("sip_secret", "is missing"))?;
        Ok(Some(Self {
            address,
            secret: SecretString::from(secret),
        }))
    }

    /// Asterisk's name for the softphone of `extension`: `PJSIP/101-web`.
    #[expect(
        clippy::unused_self,
        reason = "there is none where no softphone is set up"
    )]
    pub(crate) fn endpoint(&self, extension: &Extension) -> String {
        format!("PJSIP/{}", user(extension))
    }

    /// The softphone of `extension`: its endpoint is `101-web`.
    pub(crate) fn of(&self, extension: &Extension) -> Softphone {
        Softphone {
            address: self.address.clone(),
            user: user(extension),
            secret: self.secret.clone(),
        }
    }
}

fn user(extension: &Extension) -> String {
    format!("{extension}{SOFTPHONE}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str, secret: &str) -> Result<Option<Softphones>, &'static str> {
        let mut settings = PbxSettings::default();
        for (name, value) in [("sip_websocket", address), ("sip_secret", secret)] {
            settings.0.insert(name.to_owned(), value.to_owned());
        }
        Softphones::read(&settings).map_err(|error| error.field)
    }

    #[test]
    fn without_an_address_there_are_desk_phones_only() {
        assert!(read("", "s3cret").unwrap().is_none());
    }

    #[test]
    fn an_extension_has_one_softphone() {
        let softphones = read("ws://127.0.0.1:8088/ws", "s3cret").unwrap().unwrap();
        let softphone = softphones.of(&"101".parse().unwrap());
        assert_eq!(softphone.user, "101-web");
        assert_eq!(softphone.address.as_str(), "ws://127.0.0.1:8088/ws");
    }

    #[test]
    fn a_wrong_value_is_named_by_its_field() {
        for address in [
            "127.0.0.1:8088",
            "http://pbx/ws",
            "ws://user:pw@pbx/ws",
            "ws:",
        ] {
            assert_eq!(
                read(address, "s3cret").unwrap_err(),
                "sip_websocket",
                "{address}"
            );
        }
        assert_eq!(read("wss://pbx/ws", "").unwrap_err(), "sip_secret");
    }
}
