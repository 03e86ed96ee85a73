//! What locks a backup.

use std::collections::BTreeSet;
use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

/// The fewest characters. Whoever has the file can try as long as they like, so it is longer than
/// a password that a server checks.
const SHORTEST: usize = 16;
/// The fewest characters that differ.
const DIFFERENT: usize = 8;
/// The most bytes.
const LONGEST: usize = 1_024;

/// What locks a backup.
#[derive(Clone)]
pub struct Passphrase(SecretString);

/// A passphrase is too easy to guess, or too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassphrase {
    /// It has too few characters.
    #[error("the passphrase is too short: take at least {SHORTEST} characters, say five words")]
    Short,
    /// It is the same few characters over and over.
    #[error("the passphrase has too few different characters: take at least {DIFFERENT}")]
    Same,
    /// It is too long.
    #[error("the passphrase is too long: take at most {LONGEST} bytes")]
    Long,
}

impl Passphrase {
    /// A passphrase for a new backup.
    pub fn new(text: String) -> Result<Self, WeakPassphrase> {
        if text.len() > LONGEST {
            return Err(WeakPassphrase::Long);
        }
        if text.chars().count() < SHORTEST {
            return Err(WeakPassphrase::Short);
        }
        if text.chars().collect::<BTreeSet<_>>().len() < DIFFERENT {
            return Err(WeakPassphrase::Same);
        }
        Ok(Self(text.into()))
    }

    /// The passphrase of a backup that is there.
    #[must_use]
    pub fn of_backup(text: String) -> Self {
        Self(text.into())
    }

    pub(super) fn secret(&self) -> SecretString {
        SecretString::from(self.0.expose_secret().to_owned())
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_that_can_be_tried_out_is_refused() {
        let refused = |text: &str| Passphrase::new(text.to_owned()).err();
        assert_eq!(refused("correct horse"), Some(WeakPassphrase::Short));
        assert_eq!(refused("abababababababab"), Some(WeakPassphrase::Same));
        assert_eq!(refused(&"x1".repeat(600)), Some(WeakPassphrase::Long));
        assert_eq!(refused("correct horse battery"), None);
        assert_eq!(refused("床前明月光疑是地上霜举头望明月低"), None);
    }
}
