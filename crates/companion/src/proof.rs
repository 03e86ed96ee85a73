//! Proof Key for Code Exchange: who exchanges the code is who asked for it (RFC 7636).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use linecard_clock::Entropy;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

/// What the program keeps to itself until it exchanges the code.
pub(crate) struct Proof(SecretString);

impl Proof {
    pub(crate) fn new(entropy: &dyn Entropy) -> Self {
        Self(entropy.token().into())
    }

    /// What is shown beforehand: the S256 challenge.
    pub(crate) fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.expose_secret()))
    }

    pub(crate) fn verifier(&self) -> &str {
        self.0.expose_secret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_of_the_standards_example_is_the_standards() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let proof = Proof(verifier.to_owned().into());
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert_eq!(proof.challenge(), challenge);
    }
}
