//! Passwords: kept as argon2id hashes, checked in the same time whether the account exists or not.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use linecard_clock::Entropy;
use tokio::sync::Semaphore;

/// The fewest characters of a password (NIST SP 800-63B asks for 8 at least).
pub(crate) const SHORTEST: usize = 10;
/// The most bytes of a password; hashing is not to be a way to keep the machine busy.
pub(crate) const LONGEST: usize = 1024;

/// How many passwords are hashed at a time; each takes 19 MiB and some 20 ms of one core.
const AT_A_TIME: usize = 2;

/// Hashes and checks passwords away from the threads that serve requests.
#[derive(Clone)]
pub(crate) struct Passwords {
    turns: Arc<Semaphore>,
    /// Checked against where there is no account, so that the answer takes as long.
    of_nobody: Arc<str>,
}

/// A password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PasswordError {
    #[error("the password could not be hashed: {0}")]
    Hash(#[from] argon2::password_hash::Error),
    #[error("hashing was given up because the program is stopping")]
    Stopping,
}

impl Passwords {
    /// Makes ready to hash; this takes the time of one hash.
    pub(crate) fn new(entropy: &dyn Entropy) -> Result<Self, PasswordError> {
        Ok(Self {
            turns: Arc::new(Semaphore::new(AT_A_TIME)),
            of_nobody: hash(&entropy.token(), &salt(entropy))?.into(),
        })
    }

    /// The argon2id hash of `password` as a PHC string.
    pub(crate) async fn hash(
        &self,
        password: String,
        entropy: &dyn Entropy,
    ) -> Result<String, PasswordError> {
        let salt = salt(entropy);
        self.away(move || hash(&password, &salt)).await
    }

    /// Whether `password` is the one that `hash` was made from. `None` (no such account, or one
    /// without a password) is never right, and takes as long to find out. One that is longer than
    /// [`LONGEST`] was never taken, and is not hashed.
    pub(crate) async fn is_right(
        &self,
        password: String,
        hash: Option<String>,
    ) -> Result<bool, PasswordError> {
        let known = hash.is_some() && password.len() <= LONGEST;
        let password = if known { password } else { String::new() };
        let hash = hash.unwrap_or_else(|| self.of_nobody.to_string());
        self.away(move || {
            let hash = PasswordHash::new(&hash).map_err(argon2::password_hash::Error::from)?;
            let fits = Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok();
            Ok(fits && known)
        })
        .await
    }

    async fn away<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let _turn = self
            .turns
            .acquire()
            .await
            .map_err(|_| PasswordError::Stopping)?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| PasswordError::Stopping)?
    }
}

fn salt(entropy: &dyn Entropy) -> [u8; 16] {
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    salt
}

fn hash(password: &str, salt: &[u8]) -> Result<String, PasswordError> {
    Ok(Argon2::default()
        .hash_password_with_salt(password.as_bytes(), salt)?
        .to_string())
}

#[cfg(test)]
mod tests {
    use linecard_clock::TestEntropy;

    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_an_account_is_right() {
        let entropy = TestEntropy::default();
        let passwords = Passwords::new(&entropy).unwrap();
        let hash = passwords
            .hash("correct horse".to_owned(), &entropy)
            .await
            .unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        let is_right = |password: &str, hash: Option<&String>| {
            passwords.is_right(password.to_owned(), hash.cloned())
        };
        assert!(is_right("correct horse", Some(&hash)).await.unwrap());
        assert!(!is_right("wrong horse", Some(&hash)).await.unwrap());
        assert!(!is_right("correct horse", None).await.unwrap());
    }
}
