//! Proof Key for Code Exchange (RFC 7636), method S256 only.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// Longer ones are refused. The RFC stops at 128; a client in wide use sends 171.
const LONGEST_VERIFIER: usize = 256;

/// Whether the verifier is the one that the challenge was made from.
pub(super) fn matches(challenge: &str, verifier: &str) -> bool {
    verifier.len() <= LONGEST_VERIFIER
        && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == challenge.trim_end_matches('=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rfcs_own_pair_matches() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert!(matches(challenge, verifier));
        assert!(!matches(challenge, "another"));
    }
}
