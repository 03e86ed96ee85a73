//! Proof Key for Code Exchange: who exchanges a code is who asked for it (RFC 7636).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// How long an S256 challenge is: 32 bytes in base64url.
pub(crate) const CHALLENGE: usize = 43;
/// How long a verifier may be (RFC 7636, 4.1).
const VERIFIER: std::ops::RangeInclusive<usize> = 43..=128;

/// Whether a text can be an S256 challenge.
pub(crate) fn is_challenge(text: &str) -> bool {
    text.len() == CHALLENGE && URL_SAFE_NO_PAD.decode(text).is_ok()
}

/// Whether the challenge was made of this verifier (RFC 7636, 4.6). The verifier is no secret
/// that is compared here: its digest is, so the comparison tells nothing of it by its time.
pub(super) fn proves(verifier: &str, challenge: &str) -> bool {
    VERIFIER.contains(&verifier.len())
        && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == challenge
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_the_standard_is_proof_and_nothing_else_is() {
        assert!(is_challenge(CHALLENGE) && proves(VERIFIER, CHALLENGE));
        assert!(!proves(
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX",
            CHALLENGE
        ));
        assert!(!proves("", CHALLENGE) && !proves(CHALLENGE, CHALLENGE));
        assert!(!is_challenge("plain") && !is_challenge(&"*".repeat(43)));
    }
}
