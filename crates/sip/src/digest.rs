//! Answers the phone system's challenge in the softphone's place (RFC 3261, 22.4; RFC 2617).
//!
//! The softphone tries with a password of no worth. Which challenge it answers, and with which
//! counter, stays as it wrote it; what proves the knowledge of the password is reckoned anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use md5::{Digest as _, Md5};
use secrecy::{ExposeSecret as _, SecretString};

use crate::message::is_token;
use crate::refusal::Refusal;

const UNREADABLE: Refusal = Refusal::Unreadable("Authorization");

/// What is answered with: the request, and whose password.
pub(crate) struct Answer<'a> {
    pub(crate) user: &'a str,
    pub(crate) secret: &'a SecretString,
    pub(crate) method: &'a str,
    pub(crate) uri: &'a str,
}

impl Answer<'_> {
    /// The header in the place of the one that the softphone wrote.
    pub(crate) fn instead_of(&self, written: &str) -> Result<String, Refusal> {
        let parts = parts(written).ok_or(UNREADABLE)?;
        let get = |name: &str| parts.get(name).copied();
        let (realm, nonce) = get("realm").zip(get("nonce")).ok_or(UNREADABLE)?;
        if get("algorithm").is_some_and(|it| !it.eq_ignore_ascii_case("md5")) {
            return Err(UNREADABLE);
        }
        let secret = self.secret.expose_secret();
        let who = md5(&[self.user, realm, secret]);
        let what = md5(&[self.method, self.uri]);
        let (user, uri) = (self.user, self.uri);
        let mut header = format!(
            "Digest algorithm=MD5, username=\"{user}\", realm=\"{realm}\", nonce=\"{nonce}\", \
             uri=\"{uri}\""
        );
        let response = match (get("qop"), get("nc"), get("cnonce")) {
            (None, ..) => md5(&[&who, nonce, &what]),
            (Some("auth"), Some(count), Some(cnonce)) if is_token(count) => {
                let _ = write!(header, ", qop=auth, nc={count}, cnonce=\"{cnonce}\"");
                md5(&[&who, nonce, count, cnonce, "auth", &what])
            }
            _ => return Err(UNREADABLE),
        };
        let _ = write!(header, ", response=\"{response}\"");
        if let Some(opaque) = get("opaque") {
            let _ = write!(header, ", opaque=\"{opaque}\"");
        }
        Ok(header)
    }
}

/// `Digest realm="a", nc=1` by name; values hold neither quotation marks nor backslashes.
fn parts(written: &str) -> Option<BTreeMap<&str, &str>> {
    let mut parts = BTreeMap::new();
    for part in written.strip_prefix("Digest ")?.split(',') {
        let (name, value) = part.trim().split_once('=')?;
        let value = match value.strip_prefix('"') {
            Some(quoted) => quoted.strip_suffix('"')?,
            None => value,
        };
        let fits = is_token(name) && !value.contains(['"', '\\']);
        if !fits || parts.insert(name, value).is_some() {
            return None;
        }
    }
    Some(parts)
}

/// `hex(md5(a:b:c))`.
fn md5(parts: &[&str]) -> String {
    let digest = Md5::digest(parts.join(":"));
    digest.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 2617, 3.5.
    #[test]
    fn the_answer_is_the_rfcs() {
        let secret = SecretString::from("Circle Of Life");
        let answer = Answer {
            user: "Mufasa",
            secret: &secret,
            method: "GET",
            uri: "/dir/index.html",
        };
        let written = r#"Digest username="x", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/", qop=auth, nc=00000001, cnonce="0a4f113b", response="worthless", opaque="5ccc069c403ebaf9f0171e9517f40e41""#;
        let header = answer.instead_of(written).unwrap();
        assert!(
            header.contains(r#"response="6629fae49393a05397450978507c4ef1""#),
            "{header}"
        );
        assert!(header.contains(r#"username="Mufasa""#) && !header.contains("worthless"));
    }

    #[test]
    fn what_cannot_be_read_is_not_answered() {
        let secret = SecretString::from("s3cret");
        let answer = Answer {
            user: "101-web",
            secret: &secret,
            method: "REGISTER",
            uri: "sip:pbx",
        };
        for written in [
            "",
            "Basic YTpi",
            "Digest realm=\"a\"",
            "Digest realm=\"a\", nonce=\"b\", realm=\"c\"",
            "Digest realm=\"a\\\", nonce=\"b\"",
            "Digest realm=\"a\", nonce=\"b\", algorithm=SHA-256",
            "Digest realm=\"a\", nonce=\"b\", qop=auth-int, nc=1, cnonce=\"c\"",
            "Digest realm=\"a\", nonce=\"b\", qop=auth",
        ] {
            assert_eq!(answer.instead_of(written), Err(UNREADABLE), "{written}");
        }
    }
}
