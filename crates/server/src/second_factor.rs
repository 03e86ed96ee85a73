//! The second factor of a sign-in with a password: a code from an app on the person's own device
//! (TOTP, RFC 6238), or one of the recovery codes that were handed out with it.

use std::fmt::Write as _;

use jiff::Timestamp;
use linecard_clock::Entropy;
use linecard_store::{Account, StoreError, UnitOfWork};
use qrcodegen::{QrCode, QrCodeEcc};
use sha2::{Digest as _, Sha256};
use totp_rs::{Builder, Secret};
use url::Url;

/// The length of a shared secret in bytes, as RFC 4226 (4, R6) recommends.
const SECRET: usize = 20;
/// The digits of a code, which every app shows; a new one every half minute.
const DIGITS: usize = 6;
/// How many of those half minutes a clock may be behind or ahead.
const DRIFT: u16 = 1;
/// How many recovery codes there are, and the bytes of chance in each.
const RECOVERY_CODES: usize = 10;
const RECOVERY_BYTES: usize = 10;

/// A code was not accepted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CodeError {
    #[error("This account asks for a code of its second factor. Send it with the sign-in.")]
    Needed,
    #[error(
        "The code is wrong, too old, or was used before. Wait for the next one; check that the \
         clock of the device is right."
    )]
    Wrong,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A new shared secret, in the letters and digits that people type (RFC 4648, base32).
pub(crate) fn new_secret(entropy: &dyn Entropy) -> String {
    let mut bytes = vec![0; SECRET];
    entropy.fill(&mut bytes);
    Secret::new(bytes.into()).to_base32()
}

/// What the app reads from the picture:
/// <https://github.com/google/google-authenticator/wiki/Key-Uri-Format>.
pub(crate) fn app_address(secret: &str, email: &str, home: &Url) -> String {
    let host = home.host_str().unwrap_or("linecard");
    let mut address = String::from("otpauth://totp/");
    let label: String =
        url::form_urlencoded::byte_serialize(format!("Linecard {host}:{email}").as_bytes())
            .collect();
    // A plus would be shown as a plus.
    address.push_str(&label.replace('+', "%20"));
    address.push_str("?secret=");
    address.push_str(secret);
    address.push_str("&issuer=Linecard%20");
    address.extend(url::form_urlencoded::byte_serialize(host.as_bytes()));
    address
}

/// A picture for a camera: a square of `size` modules with its margin, and the dark ones as the
/// path of an SVG.
pub(crate) struct Picture {
    pub(crate) size: i32,
    pub(crate) path: String,
}

/// The picture of a text; `None` when the text is too long for one.
pub(crate) fn picture(text: &str) -> Option<Picture> {
    /// The quiet zone (ISO/IEC 18004).
    const MARGIN: i32 = 4;
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in 0..code.size() {
            if code.get_module(x, y) {
                let (x, y) = (x + MARGIN, y + MARGIN);
                // Writing into a String does not fail.
                let _ = write!(path, "M{x},{y}h1v1h-1z");
            }
        }
    }
    Some(Picture {
        size: code.size() + 2 * MARGIN,
        path,
    })
}

/// The time step whose code this is, now or a little before or after.
pub(crate) fn step_of(secret: &str, code: &str, now: Timestamp) -> Option<i64> {
    let secret = Secret::try_from_base32(secret).ok()?;
    let app = Builder::new()
        .with_secret(secret)
        .with_skew(DRIFT)
        .build()
        .ok()?;
    let now = u64::try_from(now.as_second()).ok()?;
    app.check(code, now).and_then(|step| step.try_into().ok())
}

/// Uses up the code that comes with a sign-in. Without a second factor none is asked for.
pub(crate) async fn check(
    work: &mut UnitOfWork,
    account: &Account,
    code: Option<&str>,
    now: Timestamp,
) -> Result<(), CodeError> {
    if !account.second_factor {
        return Ok(());
    }
    let code = code.map(plain).filter(|code| !code.is_empty());
    let code = code.ok_or(CodeError::Needed)?;
    let Some(factor) = work.second_factors().get(account.id).await? else {
        return Ok(());
    };
    let is_good = if code.len() == DIGITS {
        match step_of(&factor.secret, &code, now) {
            Some(step) => work.second_factors().use_step(account.id, step).await?,
            None => false,
        }
    } else {
        let digest = recovery_digest(&code);
        work.second_factors()
            .use_recovery_code(account.id, &digest)
            .await?
    };
    if is_good {
        Ok(())
    } else {
        Err(CodeError::Wrong)
    }
}

/// New recovery codes, as people write them down: `abcd-efgh-ijkl-mnop`.
pub(crate) fn new_recovery_codes(entropy: &dyn Entropy) -> Vec<String> {
    let code = || {
        let mut bytes = vec![0; RECOVERY_BYTES];
        entropy.fill(&mut bytes);
        let text = Secret::new(bytes.into()).to_base32().to_lowercase();
        let mut grouped = String::new();
        for (index, letter) in text.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                grouped.push('-');
            }
            grouped.push(letter);
        }
        grouped
    };
    std::iter::repeat_with(code).take(RECOVERY_CODES).collect()
}

/// What is kept of a recovery code, however it is typed.
pub(crate) fn recovery_digest(code: &str) -> [u8; 32] {
    Sha256::digest(plain(code).as_bytes()).into()
}

/// A code without what people put between its characters.
fn plain(code: &str) -> String {
    code.chars()
        .filter(|it| it.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use linecard_clock::TestEntropy;

    use super::*;

    /// "12345678901234567890", the secret of RFC 6238's test vectors.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B, the last six of its eight digits.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(step_of(RFC, code, at(second)), Some(second / 30), "{code}");
        }
    }

    #[test]
    fn a_clock_may_be_half_a_minute_off_and_no_more() {
        assert_eq!(step_of(RFC, "287082", at(59 + 30)), Some(1));
        assert_eq!(step_of(RFC, "287082", at(29)), Some(1));
        assert_eq!(step_of(RFC, "287082", at(59 + 61)), None);
        assert_eq!(step_of(RFC, "287083", at(59)), None);
    }

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed() {
        let codes = new_recovery_codes(&TestEntropy::default());
        assert_eq!(codes.len(), 10);
        assert_eq!(codes[0].len(), 19, "{}", codes[0]);
        let typed = codes[0].to_uppercase().replace('-', " ");
        assert_eq!(recovery_digest(&typed), recovery_digest(&codes[0]));
        assert_ne!(recovery_digest(&codes[1]), recovery_digest(&codes[0]));
    }

    #[test]
    fn the_app_is_told_whose_the_secret_is_and_its_picture_has_a_margin() {
        let home = Url::parse("https://linecard.example").unwrap();
        let address = app_address(RFC, "ada+x@example.com", &home);
        assert_eq!(
            address,
            format!(
                "otpauth://totp/Linecard%20linecard.example%3Aada%2Bx%40example.com\
                 ?secret={RFC}&issuer=Linecard%20linecard.example"
            )
        );
        let picture = picture(&address).unwrap();
        assert!(picture.size > 29 && picture.path.starts_with("M4,4h1"));
    }
}
