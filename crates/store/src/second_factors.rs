//! Second factors: the secret from which an app makes codes (TOTP, RFC 6238), and the recovery
//! codes for who has lost the app.

use jiff::Timestamp;

use crate::database::values;
use crate::sealer::Place;
use crate::{AccountId, StoreError, UnitOfWork};

/// An account's second factor. No `Debug`: it holds a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret that the app shares, as its owner writes it.
    pub secret: String,
    /// When a code of it was shown for the first time; `None`: not yet, so none is asked for.
    pub confirmed: Option<Timestamp>,
}

/// The second factors, in a unit of work.
pub struct SecondFactors<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl SecondFactors<'_> {
    /// Keeps a new secret until it is confirmed, in the place of an earlier one that was not.
    /// Tells whether it was kept: a confirmed one stays.
    pub async fn begin(&mut self, account: AccountId, secret: &str) -> Result<bool, StoreError> {
        let sealed = self.unit.seal(secret_of(&account.to_string()), secret)?;
        let kept = self
            .unit
            .execute(
                "INSERT INTO second_factors (account, sealed_secret) VALUES ($1, $2) \
                 ON CONFLICT (account) DO UPDATE SET sealed_secret = excluded.sealed_secret \
                 WHERE second_factors.confirmed IS NULL",
                values![account, sealed],
            )
            .await?;
        Ok(kept > 0)
    }

    /// The second factor of an account.
    pub async fn get(&mut self, account: AccountId) -> Result<Option<SecondFactor>, StoreError> {
        let sql = "SELECT sealed_secret, confirmed FROM second_factors WHERE account = $1";
        let Some(row) = self.unit.row(sql, values![account]).await? else {
            return Ok(None);
        };
        let sealed = row.bytes("sealed_secret")?;
        Ok(Some(SecondFactor {
            secret: self.unit.unseal(secret_of(&account.to_string()), &sealed)?,
            confirmed: row.optional_time("confirmed")?,
        }))
    }

    /// From now on codes are asked for.
    pub async fn confirm(&mut self, account: AccountId) -> Result<(), StoreError> {
        let now = self.unit.now();
        let sql = "UPDATE second_factors SET confirmed = $2 WHERE account = $1";
        self.unit.execute(sql, values![account, now]).await?;
        Ok(())
    }

    /// Uses the code of a time step up, and every earlier one. Tells whether it was still good.
    pub async fn use_step(&mut self, account: AccountId, step: i64) -> Result<bool, StoreError> {
        let sql = "UPDATE second_factors SET last_step = $2 WHERE account = $1 AND last_step < $2";
        let used = self.unit.execute(sql, values![account, step]).await?;
        Ok(used > 0)
    }

    /// Puts new recovery codes in the place of the old ones; each is known by its SHA-256 only.
    pub async fn replace_recovery_codes(
        &mut self,
        account: AccountId,
        digests: &[[u8; 32]],
    ) -> Result<(), StoreError> {
        let sql = "DELETE FROM recovery_codes WHERE account = $1";
        self.unit.execute(sql, values![account]).await?;
        for digest in digests {
            self.unit
                .execute(
                    "INSERT INTO recovery_codes (account, code_sha256) VALUES ($1, $2)",
                    values![account, &digest[..]],
                )
                .await?;
        }
        Ok(())
    }

    /// Uses a recovery code up. Tells whether there was one.
    pub async fn use_recovery_code(
        &mut self,
        account: AccountId,
        digest: &[u8],
    ) -> Result<bool, StoreError> {
        let sql = "DELETE FROM recovery_codes WHERE account = $1 AND code_sha256 = $2";
        let used = self.unit.execute(sql, values![account, digest]).await?;
        Ok(used > 0)
    }

    /// How many recovery codes are left.
    pub async fn recovery_codes(&mut self, account: AccountId) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) AS codes FROM recovery_codes WHERE account = $1";
        let row = self.unit.row(sql, values![account]).await?;
        row.map_or(Ok(0), |row| row.count("codes"))
    }

    /// Removes the second factor with its recovery codes.
    pub async fn delete(&mut self, account: AccountId) -> Result<(), StoreError> {
        let sql = "DELETE FROM second_factors WHERE account = $1";
        self.unit.execute(sql, values![account]).await?;
        Ok(())
    }
}

fn secret_of(row: &str) -> Place<'_> {
    Place {
        table: "second_factors",
        column: "sealed_secret",
        row,
    }
}
