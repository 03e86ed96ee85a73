//! Mail: over which server it goes, and one letter at a time.

use std::sync::Arc;

use linecard_mail::{Letter, MailError, MailServer, Security};
use linecard_store::{StoreError, UnitOfWork, UpdateError};
use serde::{Deserialize, Serialize};

use crate::Flow;
use crate::flow::Shared;

/// The name under which the store keeps it.
const SETTING: &str = "mail";

/// Over which server mail goes, without the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSettings {
    /// The server's name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is encrypted.
    pub security: Security,
    /// The user, where it wants one.
    pub user: Option<String>,
    /// The address letters come from.
    pub sender: String,
    /// The name beside that address.
    pub sender_name: String,
    /// A certificate authority (PEM) that is trusted besides those of the machine.
    pub authority: Option<String>,
    /// Counts the changes, so that two admins do not overwrite each other; 0 before the first.
    pub version: i64,
}

/// A letter was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendMailError {
    /// No mail server was filled in.
    #[error("no mail server is set up")]
    NotSetUp,
    /// The server did not take it.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Mail, for whoever sets it up or sends some.
#[derive(Clone)]
pub struct Mail(pub(crate) Flow);

impl Mail {
    /// Over which server mail goes, and whether a password is kept; `None` before it was set up.
    pub async fn settings(
        &self,
        unit: &mut UnitOfWork,
    ) -> Result<Option<(MailSettings, bool)>, StoreError> {
        let Some(settings) = unit.settings().get::<MailSettings>(SETTING).await? else {
            return Ok(None);
        };
        let password = unit.settings().secret::<String>(SETTING).await?;
        Ok(Some((settings, password.is_some())))
    }

    /// Changes over which server mail goes; `settings.version` is the version that was read. A
    /// password that is given replaces the old one, an empty one removes it.
    pub async fn put(
        &self,
        unit: &mut UnitOfWork,
        mut settings: MailSettings,
        password: Option<&str>,
    ) -> Result<(), UpdateError> {
        let before = unit.settings().get::<MailSettings>(SETTING).await?;
        if before.map_or(0, |before| before.version) != settings.version {
            return Err(UpdateError::Conflict);
        }
        settings.version += 1;
        unit.settings().put(SETTING, &settings).await?;
        if let Some(password) = password {
            let kept = (!password.is_empty()).then_some(password);
            unit.settings().put_secret(SETTING, kept).await?;
        }
        Ok(())
    }

    /// Removes the server with its password: no mail is sent any more.
    pub async fn remove(&self, unit: &mut UnitOfWork) -> Result<(), StoreError> {
        unit.settings().delete(SETTING).await
    }

    /// Sends one text to these addresses.
    pub async fn send(
        &self,
        to: Vec<String>,
        subject: String,
        text: String,
    ) -> Result<(), SendMailError> {
        send(self.0.shared(), to, subject, text).await
    }
}

/// Sends one text to these addresses.
pub(crate) async fn send(
    shared: &Arc<Shared>,
    to: Vec<String>,
    subject: String,
    text: String,
) -> Result<(), SendMailError> {
    let server = server(shared).await?.ok_or(SendMailError::NotSetUp)?;
    let written = shared.clock.now();
    let letter = Letter {
        to,
        subject,
        text,
        written,
        id: shared.entropy.id(written).to_string(),
    };
    Ok(server.send(&letter).await?)
}

async fn server(shared: &Shared) -> Result<Option<MailServer>, StoreError> {
    let mut unit = shared.store.read().await?;
    let Some(settings) = unit.settings().get::<MailSettings>(SETTING).await? else {
        return Ok(None);
    };
    let password = unit.settings().secret::<String>(SETTING).await?;
    Ok(Some(MailServer {
        host: settings.host,
        port: settings.port,
        security: settings.security,
        user: settings
            .user
            .map(|user| (user, password.unwrap_or_default())),
        sender: settings.sender,
        sender_name: settings.sender_name,
        authority: settings.authority,
    }))
}
