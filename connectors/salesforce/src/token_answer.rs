//! What Salesforce's token answer adds to OAuth's, and whether it is genuine.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use linecard_crm::{Advice, AdviceCode, Failure, Grant};
use linecard_http::Tokens;
use sha2::Sha256;
use url::Url;

use crate::{escape, instance};

/// Turns a token answer into a grant. It must carry the signature that only who knows the
/// client secret can make, and name an address of Salesforce's.
pub(crate) fn grant(
    tokens: &Tokens,
    login_url: &Url,
    client_secret: Option<&str>,
) -> Result<Grant, Failure> {
    let id = field(tokens, "id")?;
    if let Some(secret) = client_secret {
        let signed = format!("{id}{}", field(tokens, "issued_at")?);
        verify(secret, &signed, field(tokens, "signature")?)?;
    }
    let (organisation, user) = who(id)?;
    Ok(Grant {
        access_token: tokens.access_token.clone(),
        refresh_token: tokens.refresh_token.clone(),
        api_base: instance::instance_url(field(tokens, "instance_url")?, login_url)?,
        organisation,
        user,
        extra: BTreeMap::new(),
    })
}

fn field<'a>(tokens: &'a Tokens, name: &str) -> Result<&'a str, Failure> {
    tokens
        .extra
        .get(name)
        .and_then(|value| value.as_str())
        .ok_or_else(|| wrong(name))
}

/// The signature is the HMAC-SHA256 of the identity address and the time of issue, in base64.
fn verify(secret: &str, signed: &str, signature: &str) -> Result<(), Failure> {
    let forged = || Failure::misconfigured(AdviceCode::ConsumerSecret);
    let signature = BASE64_STANDARD.decode(signature).map_err(|_| forged())?;
    Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map_err(|_| forged())?
        .chain_update(signed)
        .verify_slice(&signature)
        .map_err(|_| forged())
}

/// The identity address ends in the ids of organisation and user: `…/id/00D…/005…`.
fn who(id: &str) -> Result<(String, String), Failure> {
    let mut parts = id.trim_end_matches('/').rsplit('/');
    match (parts.next(), parts.next()) {
        (Some(user), Some(organisation)) if escape::is_id(user) && escape::is_id(organisation) => {
            Ok((organisation.to_owned(), user.to_owned()))
        }
        _ => Err(wrong("id")),
    }
}

/// This part of the answer is missing, or is none of Salesforce's.
fn wrong(part: &str) -> Failure {
    Failure::misconfigured(Advice::about(AdviceCode::SignInAnswer, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "https://login.salesforce.com/id/00D000000000001AAA/005000000000001AAA";

    fn tokens(instance_url: &str) -> Tokens {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"secret").unwrap();
        mac.update(format!("{ID}1714600000000").as_bytes());
        let signature = BASE64_STANDARD.encode(mac.finalize().into_bytes());
        let serde_json::Value::Object(extra) = serde_json::json!({
            "id": ID, "issued_at": "1714600000000", "signature": signature,
            "instance_url": instance_url, "token_format": "opaque"
        }) else {
            panic!("not an object");
        };
        Tokens {
            access_token: "token".to_owned(),
            refresh_token: Some("refresh".to_owned()),
            extra,
        }
    }

    fn read(tokens: &Tokens) -> Result<Grant, Failure> {
        let login_url = "https://acme.my.salesforce.com/".parse().unwrap();
        grant(tokens, &login_url, Some("secret"))
    }

    #[test]
    fn a_genuine_answer_says_who_and_where() {
        let Ok(grant) = read(&tokens("https://acme.my.salesforce.com")) else {
            panic!("refused");
        };
        assert_eq!(grant.organisation, "00D000000000001AAA");
        assert_eq!(grant.user, "005000000000001AAA");
        assert_eq!(grant.api_base.as_str(), "https://acme.my.salesforce.com/");
    }

    #[test]
    fn an_answer_that_was_tampered_with_is_refused() {
        let good = tokens("https://acme.my.salesforce.com");
        for (name, value) in [
            ("id", "https://x/id/00D000000000002AAA/005000000000001AAA"),
            ("issued_at", "1714600000001"),
            ("signature", "AAAA"),
            ("signature", "not base64!"),
            ("instance_url", "https://evil.example"),
        ] {
            let mut forged = good.clone();
            forged.extra.insert(name.to_owned(), value.into());
            assert!(read(&forged).is_err(), "{name}");
        }
        for name in ["id", "issued_at", "signature", "instance_url"] {
            let mut cut = good.clone();
            cut.extra.remove(name);
            assert!(read(&cut).is_err(), "{name}");
        }
    }
}
