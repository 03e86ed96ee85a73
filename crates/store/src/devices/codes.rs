//! The codes that a device exchanges for its first tokens (RFC 6749, 4.1.2). A code is known by
//! its SHA-256 only.

use jiff::Timestamp;

use super::DeviceClient;
use crate::database::{Row, values};
use crate::{AccountId, DeviceId, StoreError, UnitOfWork};

/// A consent of an agent.
#[derive(Debug, Clone)]
pub struct NewDeviceCode {
    /// Who consented.
    pub account: AccountId,
    /// To what kind of program.
    pub client: DeviceClient,
    /// Where it runs, for people.
    pub name: String,
    /// Where the code was sent; who exchanges it must know.
    pub redirect: String,
    /// The S256 challenge of PKCE (RFC 7636, 4.2).
    pub challenge: String,
    /// From when on it counts no more.
    pub expires: Timestamp,
}

/// A consent that somebody wants to exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceCode {
    /// Who consented.
    pub account: AccountId,
    /// To what kind of program.
    pub client: DeviceClient,
    /// Where it runs, for people.
    pub name: String,
    /// Where the code was sent.
    pub redirect: String,
    /// The S256 challenge of PKCE.
    pub challenge: String,
    /// What it was exchanged for already; such a code was seen by somebody else.
    pub device: Option<DeviceId>,
}

/// The codes, in a unit of work.
pub struct DeviceCodes<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl DeviceCodes<'_> {
    /// Keeps a consent under the digest of its code, and forgets those that have expired.
    pub async fn create(
        &mut self,
        code_sha256: &[u8],
        new: &NewDeviceCode,
    ) -> Result<(), StoreError> {
        let now = self.unit.now();
        let sql = "DELETE FROM device_codes WHERE expires <= $1";
        self.unit.execute(sql, values![now]).await?;
        self.unit
            .execute(
                "INSERT INTO device_codes \
                 (code_sha256, account, client, name, redirect, challenge, expires) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7)",
                values![
                    code_sha256,
                    new.account,
                    new.client.as_str(),
                    &new.name,
                    &new.redirect,
                    &new.challenge,
                    new.expires,
                ],
            )
            .await?;
        Ok(())
    }

    /// The consent of this code, unless it has expired by `now` or the account is disabled.
    pub async fn find(
        &mut self,
        code_sha256: &[u8],
        now: Timestamp,
    ) -> Result<Option<DeviceCode>, StoreError> {
        let sql = "SELECT account, client, device_codes.name, redirect, challenge, device \
                   FROM device_codes JOIN accounts ON accounts.id = device_codes.account \
                   WHERE code_sha256 = $1 AND expires > $2 AND disabled IS NULL";
        let row = self.unit.row(sql, values![code_sha256, now]).await?;
        row.as_ref().map(DeviceCode::read).transpose()
    }

    /// Takes note of what a code was exchanged for; `false`: it was exchanged meanwhile.
    pub async fn exchanged(
        &mut self,
        code_sha256: &[u8],
        device: DeviceId,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE device_codes SET device = $2 \
                   WHERE code_sha256 = $1 AND device IS NULL";
        let changed = self.unit.execute(sql, values![code_sha256, device]).await?;
        Ok(changed == 1)
    }
}

impl DeviceCode {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            account: row.parse("account")?,
            client: row.parse("client")?,
            name: row.text("name")?,
            redirect: row.text("redirect")?,
            challenge: row.text("challenge")?,
            device: row.optional_parse("device")?,
        })
    }
}
