//! Sealed columns: values that are JSON before they are sealed.

use std::collections::BTreeMap;

use secrecy::zeroize::Zeroizing;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::sealer::Place;
use crate::unit::json;
use crate::{StoreError, UnitOfWork};

/// Secrets by name, as an admin fills them in.
pub(crate) type Secrets = BTreeMap<String, String>;

impl UnitOfWork {
    /// Seals `secret` for `place`.
    pub(crate) fn seal<T: Serialize + ?Sized>(
        &self,
        place: Place<'_>,
        secret: &T,
    ) -> Result<Vec<u8>, StoreError> {
        let secret = Zeroizing::new(json(place.column, secret)?.into_bytes());
        let entropy = self.shared().entropy.as_ref();
        Ok(self.shared().sealer.seal(entropy, place, &secret))
    }

    /// Opens what [`UnitOfWork::seal`] sealed for `place`.
    pub(crate) fn unseal<T: DeserializeOwned>(
        &self,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Result<T, StoreError> {
        let secret = self.shared().sealer.open(place, sealed).map(Zeroizing::new);
        secret
            .and_then(|secret| serde_json::from_slice(&secret).ok())
            .ok_or(StoreError::Sealed {
                table: place.table,
                column: place.column,
            })
    }
}

/// Puts `changes` into `secrets`: a name that is given replaces the old value, an empty value
/// removes it, the others stay.
pub(crate) fn merge(secrets: &mut Secrets, changes: &Secrets) {
    secrets.extend(changes.clone());
    secrets.retain(|_, secret| !secret.is_empty());
}
