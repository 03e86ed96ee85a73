//! Seals secrets, so that a copy of the database alone opens nothing.

mod key_file;

use std::fmt;
use std::path::Path;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use linecard_clock::Entropy;
use secrecy::{ExposeSecret as _, SecretBox};

pub use key_file::SealerError;

/// The first byte of a sealed value: how the rest is made.
const FORMAT: u8 = 1;
/// The length of the cipher's nonce in bytes: long enough to be drawn at random for ever.
const NONCE: usize = 24;

/// Seals and opens secrets with the key from the key file: XChaCha20-Poly1305, a random nonce
/// each time. A sealed value is bound to its [`Place`]: moved to another row or column it does
/// not open.
pub struct Sealer {
    key: SecretBox<[u8; 32]>,
}

/// Where a sealed value stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) table: &'static str,
    pub(crate) column: &'static str,
    pub(crate) row: &'a str,
}

impl Sealer {
    /// Reads the key file at `path`, or makes one, readable by its owner only, if there is none.
    pub fn open_or_create(path: &Path, entropy: &dyn Entropy) -> Result<Self, SealerError> {
        key_file::open_or_create(path, entropy).map(|key| Self { key })
    }

    /// A sealer whose key everybody knows.
    #[must_use]
    pub fn for_tests() -> Self {
        Self {
            key: SecretBox::new(Box::new([7; 32])),
        }
    }

    /// Seals `secret` for `place`.
    pub(crate) fn seal(&self, entropy: &dyn Entropy, place: Place<'_>, secret: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce);
        let sealed = self.cipher().encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: secret,
                aad: &place.associated_data(),
            },
        );
        let sealed = sealed.expect("a secret is far shorter than the cipher's limit of 256 GiB");
        [&[FORMAT][..], &nonce, &sealed].concat()
    }

    /// Opens what was sealed for `place`; `None` when it was altered, moved, or sealed with
    /// another key.
    pub(crate) fn open(&self, place: Place<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed
            .strip_prefix(&[FORMAT])?
            .split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: sealed,
            aad: &place.associated_data(),
        };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&Key::from(*self.key.expose_secret()))
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer")
    }
}

impl Place<'_> {
    fn associated_data(self) -> Vec<u8> {
        // Tables and columns are names from the schema and hold no slash: no two places give
        // the same bytes.
        format!("{}/{}/{}", self.table, self.column, self.row).into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use linecard_clock::SystemEntropy;

    const PLACE: Place<'static> = Place {
        table: "connections",
        column: "sealed_grant",
        row: "1",
    };

    #[test]
    fn a_sealed_secret_opens_in_its_own_place_only() {
        let key = Sealer::for_tests();
        let sealed = key.seal(&SystemEntropy, PLACE, b"token");
        assert_eq!(key.open(PLACE, &sealed).unwrap(), b"token");
        assert_eq!(key.open(Place { row: "2", ..PLACE }, &sealed), None);
        let column = "sealed_secrets";
        assert_eq!(key.open(Place { column, ..PLACE }, &sealed), None);
        let table = "phone_systems";
        assert_eq!(key.open(Place { table, ..PLACE }, &sealed), None);
    }

    #[test]
    fn an_altered_or_cut_secret_does_not_open() {
        let key = Sealer::for_tests();
        let sealed = key.seal(&SystemEntropy, PLACE, b"token");
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert_eq!(key.open(PLACE, &altered), None, "byte {at}");
            assert_eq!(key.open(PLACE, &sealed[..at]), None, "cut at {at}");
        }
    }

    #[test]
    fn the_same_secret_sealed_twice_looks_different() {
        let key = Sealer::for_tests();
        let seal = || key.seal(&SystemEntropy, PLACE, b"token");
        assert_ne!(seal(), seal());
    }
}
