//! What is bound to a placeholder, on either database.

use jiff::Timestamp;
use linecard_number::Extension;
use url::Url;

use crate::{
    AccountId, ApiKeyId, AuditId, ConnectionId, ContactId, CreationId, DeliveryId, DeviceId,
    ExtensionGroupId, ImportId, JobId, PhoneSystemId, PhonebookId, StoredCallId, WebhookId,
};

/// A value for `$1`, `$2`, ... PostgreSQL wants to know the type even where there is no value.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bytes(Option<Vec<u8>>),
}

/// `values![a, b]`: what stands for `$1`, `$2`.
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        vec![$($crate::database::Value::from($value)),*]
    };
}
pub(crate) use values;

macro_rules! convert {
    ($variant:ident: $($type:ty => $into:expr),+ $(,)?) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                let into: fn($type) -> _ = $into;
                Self::$variant(Some(into(value)))
            }
        }

        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$variant(value.map($into))
            }
        }
    )+};
}

convert! { Text:
    String => |text| text,
    &str => str::to_owned,
    &String => Clone::clone,
    &Extension => ToString::to_string,
    &Url => ToString::to_string,
    AccountId => |id| id.to_string(),
    PhoneSystemId => |id| id.to_string(),
    ConnectionId => |id| id.to_string(),
    StoredCallId => |id| id.to_string(),
    JobId => |id| id.to_string(),
    AuditId => |id| id.to_string(),
    ExtensionGroupId => |id| id.to_string(),
    CreationId => |id| id.to_string(),
    PhonebookId => |id| id.to_string(),
    ContactId => |id| id.to_string(),
    ImportId => |id| id.to_string(),
    WebhookId => |id| id.to_string(),
    DeliveryId => |id| id.to_string(),
    ApiKeyId => |id| id.to_string(),
    DeviceId => |id| id.to_string(),
}

convert! { Int:
    i64 => |number| number,
    bool => i64::from,
    Timestamp => Timestamp::as_microsecond,
}

convert! { Bytes:
    Vec<u8> => |bytes| bytes,
    &[u8] => <[u8]>::to_vec,
}
