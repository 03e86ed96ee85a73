//! What names a row: each kind of row has a type of its own, so that none is taken for another.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use linecard_clock::Entropy;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A text is no id: an id is a UUID such as `01900000-0000-7000-8000-000000000001`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no id")]
pub struct IdError(String);

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        /// A UUID of version 7: later ids sort later, to the millisecond.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id.
            #[must_use]
            pub fn new(entropy: &dyn Entropy, now: Timestamp) -> Self {
                Self(entropy.id(now))
            }

            /// Its value.
            #[must_use]
            pub fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text)
                    .map(Self)
                    .map_err(|_| IdError(text.to_owned()))
            }
        }
    )+};
}

ids! {
    /// Names an account.
    AccountId,
    /// Names a phone system.
    PhoneSystemId,
    /// Names a joined CRM.
    ConnectionId,
    /// Names a stored call.
    StoredCallId,
    /// Names a job in the outbox.
    JobId,
    /// Names an entry of the audit log.
    AuditId,
    /// Names a record that was created for an unknown number.
    CreationId,
    /// Names a phonebook.
    PhonebookId,
    /// Names a device of an agent.
    DeviceId,
    /// Names a contact of a phonebook.
    ContactId,
    /// Names an import of contacts.
    ImportId,
    /// Names an address outside that is told of calls.
    WebhookId,
    /// Names a message to such an address.
    DeliveryId,
    /// Names a group of extensions.
    ExtensionGroupId,
    /// Names an API key.
    ApiKeyId,
}
impl AccountId {
    /// Whoever uses a command on the server: no account has this id.
    pub const COMMAND: Self = Self(Uuid::nil());
}
