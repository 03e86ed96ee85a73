//! What acts for an agent without a page of Linecard: the extension for Chrome, the companion.
//!
//! A device has an access token for an hour or so and a refresh token with which it gets the next
//! pair; both are known by their SHA-256 only. Each exchange begins a new generation. A refresh
//! token of an older one that comes again means that somebody else has it (RFC 9700, 4.14.2), with
//! one exception: the pair that was sent last may have been lost on its way, and until its access
//! token was used, the token before it is good for another try.

mod codes;
mod dials;

use jiff::Timestamp;

pub use self::codes::{DeviceCode, DeviceCodes, NewDeviceCode};
pub use self::dials::{DeviceDials, KnownDial};

use crate::accounts::account_columns;
use crate::database::{Row, values};
use crate::word::words;
use crate::{Account, AccountId, DeviceId, StoreError, UnitOfWork};

/// What kind of program a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceClient {
    /// The extension for Chrome.
    Chrome,
    /// The companion: a program in the background of a desktop.
    Companion,
}

words!(DeviceClient {
    Chrome = "chrome",
    Companion = "companion",
});

/// A program that is bound to an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Names it.
    pub id: DeviceId,
    /// Whose it is.
    pub account: AccountId,
    /// What kind of program.
    pub client: DeviceClient,
    /// Where it runs, for people: `Chrome on Linux`.
    pub name: String,
    /// When it was bound.
    pub bound: Timestamp,
    /// When it was connected last, to the minute.
    pub last_seen: Timestamp,
}

/// A device to be bound.
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// Whose it is.
    pub account: AccountId,
    /// What kind of program.
    pub client: DeviceClient,
    /// Where it runs, for people.
    pub name: String,
}

/// The digests of a new pair of tokens.
#[derive(Debug, Clone)]
pub struct DeviceTokens {
    /// Of the access token.
    pub access_sha256: [u8; 32],
    /// From when on the access token counts no more.
    pub access_expires: Timestamp,
    /// Of the refresh token.
    pub refresh_sha256: [u8; 32],
}

/// A refresh token that somebody shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownRefresh {
    /// The device it was given to.
    pub device: Device,
    /// When it was issued.
    pub issued: Timestamp,
    /// Whether it may be exchanged.
    pub standing: RefreshStanding,
    /// The device's generation now; [`Devices::rotate`] wants it back.
    pub generation: i64,
}

/// Whether a refresh token may be exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshStanding {
    /// It is the current one, or what replaced it never arrived.
    Good,
    /// It was exchanged before, and what replaced it is in use.
    Reused,
}

/// The bound devices, in a unit of work.
pub struct Devices<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

/// Every column that makes a [`Device`]; their names meet no column of `accounts`.
macro_rules! device_columns {
    () => {
        "devices.id AS device_id, devices.account AS device_account, client, \
         devices.name AS device_name, bound, last_seen"
    };
}

impl Devices<'_> {
    /// Binds a device.
    pub async fn bind(
        &mut self,
        new: NewDevice,
        tokens: &DeviceTokens,
    ) -> Result<Device, StoreError> {
        let now = self.unit.now();
        let id = DeviceId::new(self.unit.shared().entropy.as_ref(), now);
        self.unit
            .execute(
                "INSERT INTO devices (id, account, client, name, bound, last_seen, generation, \
                 arrived, access_sha256, access_expires) \
                 VALUES ($1, $2, $3, $4, $5, $5, 1, 0, $6, $7)",
                values![
                    id,
                    new.account,
                    new.client.as_str(),
                    &new.name,
                    now,
                    &tokens.access_sha256[..],
                    tokens.access_expires,
                ],
            )
            .await?;
        self.keep_refresh(id, 1, tokens).await?;
        Ok(Device {
            id,
            account: new.account,
            client: new.client,
            name: new.name,
            bound: now,
            last_seen: now,
        })
    }

    /// The device of this access token and whose it is, unless the token has expired by `now` or
    /// the account is disabled.
    pub async fn by_access(
        &mut self,
        access_sha256: &[u8],
        now: Timestamp,
    ) -> Result<Option<(Device, Account)>, StoreError> {
        let sql = concat!(
            "SELECT ",
            account_columns!(),
            ", ",
            device_columns!(),
            " FROM devices JOIN accounts ON accounts.id = devices.account \
             WHERE access_sha256 = $1 AND access_expires > $2 AND disabled IS NULL"
        );
        let row = self.unit.row(sql, values![access_sha256, now]).await?;
        row.as_ref().map(with_account).transpose()
    }

    /// The device and whose it is, unless the account is disabled.
    pub async fn find(&mut self, id: DeviceId) -> Result<Option<(Device, Account)>, StoreError> {
        let sql = concat!(
            "SELECT ",
            account_columns!(),
            ", ",
            device_columns!(),
            " FROM devices JOIN accounts ON accounts.id = devices.account \
             WHERE devices.id = $1 AND disabled IS NULL"
        );
        let row = self.unit.row(sql, values![id]).await?;
        row.as_ref().map(with_account).transpose()
    }

    /// Takes note that the device is connected with the tokens it was given last.
    pub async fn arrived(&mut self, id: DeviceId) -> Result<(), StoreError> {
        let now = self.unit.now();
        let sql = "UPDATE devices SET arrived = 1, last_seen = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, now]).await?;
        Ok(())
    }

    /// The device of this refresh token, unless the account is disabled.
    pub async fn by_refresh(
        &mut self,
        refresh_sha256: &[u8],
    ) -> Result<Option<ShownRefresh>, StoreError> {
        let sql = concat!(
            "SELECT ",
            device_columns!(),
            ", devices.generation, arrived, device_refreshes.generation AS shown, issued \
             FROM device_refreshes JOIN devices ON devices.id = device_refreshes.device \
             JOIN accounts ON accounts.id = devices.account \
             WHERE token_sha256 = $1 AND disabled IS NULL"
        );
        let Some(row) = self.unit.row(sql, values![refresh_sha256]).await? else {
            return Ok(None);
        };
        let (generation, shown) = (row.int("generation")?, row.int("shown")?);
        let was_lost = shown + 1 == generation && row.int("arrived")? == 0;
        Ok(Some(ShownRefresh {
            device: Device::read(&row)?,
            issued: row.time("issued")?,
            standing: if shown == generation || was_lost {
                RefreshStanding::Good
            } else {
                RefreshStanding::Reused
            },
            generation,
        }))
    }

    /// Begins a new generation, if the device's is still `generation`; `false`: another exchange
    /// was faster.
    pub async fn rotate(
        &mut self,
        id: DeviceId,
        generation: i64,
        tokens: &DeviceTokens,
    ) -> Result<bool, StoreError> {
        let now = self.unit.now();
        let changed = self
            .unit
            .execute(
                "UPDATE devices SET generation = $3, arrived = 0, access_sha256 = $4, \
                 access_expires = $5, last_seen = $6 WHERE id = $1 AND generation = $2",
                values![
                    id,
                    generation,
                    generation + 1,
                    &tokens.access_sha256[..],
                    tokens.access_expires,
                    now,
                ],
            )
            .await?;
        if changed == 0 {
            return Ok(false);
        }
        self.keep_refresh(id, generation + 1, tokens).await?;
        Ok(true)
    }

    async fn keep_refresh(
        &mut self,
        id: DeviceId,
        generation: i64,
        tokens: &DeviceTokens,
    ) -> Result<(), StoreError> {
        let now = self.unit.now();
        let sql = "INSERT INTO device_refreshes (token_sha256, device, generation, issued) \
                   VALUES ($1, $2, $3, $4)";
        let refresh = &tokens.refresh_sha256[..];
        self.unit
            .execute(sql, values![refresh, id, generation, now])
            .await?;
        Ok(())
    }

    /// The devices of one account, or of all, the newest first.
    pub async fn list(&mut self, account: Option<AccountId>) -> Result<Vec<Device>, StoreError> {
        let rows = if let Some(account) = account {
            let sql = concat!(
                "SELECT ",
                device_columns!(),
                " FROM devices WHERE account = $1 ORDER BY bound DESC, id DESC"
            );
            self.unit.rows(sql, values![account]).await?
        } else {
            let sql = concat!(
                "SELECT ",
                device_columns!(),
                " FROM devices ORDER BY bound DESC, id DESC"
            );
            self.unit.rows(sql, values![]).await?
        };
        rows.iter().map(Device::read).collect()
    }

    /// Takes back what a device may, and returns what it was; `None` when there was none.
    pub async fn delete(&mut self, id: DeviceId) -> Result<Option<Device>, StoreError> {
        let sql = concat!(
            "DELETE FROM devices WHERE id = $1 RETURNING ",
            device_columns!()
        );
        let row = self.unit.row(sql, values![id]).await?;
        row.as_ref().map(Device::read).transpose()
    }

    /// Removes devices that were not seen since `before`, and old refresh tokens of the others.
    pub async fn delete_unused(&mut self, before: Timestamp) -> Result<(), StoreError> {
        let sql = "DELETE FROM devices WHERE last_seen < $1";
        self.unit.execute(sql, values![before]).await?;
        let sql = "DELETE FROM device_refreshes WHERE issued < $1 AND generation < \
                   (SELECT generation FROM devices WHERE devices.id = device_refreshes.device)";
        self.unit.execute(sql, values![before]).await?;
        Ok(())
    }
}

impl Device {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("device_id")?,
            account: row.parse("device_account")?,
            client: row.parse("client")?,
            name: row.text("device_name")?,
            bound: row.time("bound")?,
            last_seen: row.time("last_seen")?,
        })
    }
}

fn with_account(row: &Row) -> Result<(Device, Account), StoreError> {
    Ok((Device::read(row)?, Account::read(row)?))
}
