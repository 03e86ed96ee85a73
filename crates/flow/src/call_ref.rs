//! Names a call across all phone systems.

use std::fmt;
use std::str::FromStr;

use linecard_call::CallId;
use linecard_crm::EntryKey;
use linecard_number::Extension;
use linecard_rules::journal;
use linecard_store::PhoneSystemId;
use serde::{Deserialize, Serialize};

/// A call and the phone system it is on. Its text form is the phone system's id, a dot, and the
/// phone system's own id of the call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CallRef {
    /// The phone system.
    pub phone_system: PhoneSystemId,
    /// The call on it.
    pub call: CallId,
}

impl CallRef {
    /// The key of what is, or would be, written about an agent's part of the call.
    #[must_use]
    pub fn entry(&self, extension: &Extension) -> EntryKey {
        journal::key(self.phone_system.as_uuid(), &self.call, extension)
    }
}

/// A text names no call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a call is named by the phone system's id, a dot and the call's id")]
pub struct CallRefError;

impl fmt::Display for CallRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.phone_system, self.call)
    }
}

impl FromStr for CallRef {
    type Err = CallRefError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (phone_system, call) = text.split_once('.').ok_or(CallRefError)?;
        if call.is_empty() {
            return Err(CallRefError);
        }
        Ok(Self {
            phone_system: phone_system.parse().map_err(|_| CallRefError)?,
            call: CallId::new(call),
        })
    }
}

impl TryFrom<String> for CallRef {
    type Error = CallRefError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CallRef> for String {
    fn from(call: CallRef) -> Self {
        call.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_form_reads_back_whatever_dots_the_phone_systems_id_has() {
        let text = "01900000-0000-7000-8000-000000000001.ast22-1795226278.8";
        let call: CallRef = text.parse().unwrap();
        assert_eq!(call.call.as_str(), "ast22-1795226278.8");
        assert_eq!(call.to_string(), text);
    }

    #[test]
    fn what_names_no_call_is_refused() {
        for text in ["", "abc", "abc.1", "01900000-0000-7000-8000-000000000001."] {
            assert_eq!(text.parse::<CallRef>(), Err(CallRefError), "{text:?}");
        }
    }
}
