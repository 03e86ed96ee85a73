//! What an admin chooses about creating records in one CRM (G1 to G3, G5, G9, G11).

use linecard_crm::Module;
use serde::{Deserialize, Serialize};

use super::name::NAMES;
use crate::template::{Template, UnknownName};

/// The choices for one connection. By default nothing is created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Whether records are created at all (G1).
    pub on: bool,
    /// By themselves, or by the agents only (G9). Agents may always, once `on`.
    pub manner: Manner,
    /// Which calls create a record by themselves (G2).
    pub calls: Calls,
    /// What is created (G3).
    pub kind: Kind,
    /// When a record is created by itself (G11).
    pub when: When,
    /// The first name; may be empty. Names of [`NAMES`] are filled in (G5).
    pub first_name: String,
    /// The last name, likewise; never empty.
    pub last_name: String,
    /// The company of a lead, where the CRM wants one.
    pub company: String,
}

/// By themselves, or by the agents only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// A call of an unknown number creates a record.
    Automatic,
    /// An agent creates it at the call.
    Manual,
}

/// Which calls create a record by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calls {
    /// Calls from outside.
    Inbound,
    /// Calls to the outside.
    Outbound,
    /// All.
    Both,
}

/// What is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A contact.
    Contact,
    /// A lead.
    Lead,
}

impl Kind {
    /// The module of the CRM it goes to.
    #[must_use]
    pub fn module(self) -> Module {
        match self {
            Self::Contact => Module::Contact,
            Self::Lead => Module::Lead,
        }
    }
}

/// When a record is created by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
pub enum When {
    /// When a phone rings, or when the number is dialled.
    Ring,
    /// When the call is answered.
    Answered,
    /// When the two have talked for a while.
    Talked {
        /// For how long.
        seconds: u32,
    },
}

/// The choices cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// A name in a template does not exist.
    #[error(transparent)]
    UnknownName(#[from] UnknownName),
    /// The last name would be empty.
    #[error("the last name must not be empty")]
    NoLastName,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            on: false,
            manner: Manner::Automatic,
            calls: Calls::Both,
            kind: Kind::Contact,
            when: When::Ring,
            first_name: "Automatic New Contact".to_owned(),
            last_name: "-{{Number}}".to_owned(),
            company: "[not provided]".to_owned(),
        }
    }
}

impl Options {
    /// Whether the choices can be carried out.
    pub fn check(&self) -> Result<(), OptionsError> {
        for text in [&self.first_name, &self.last_name, &self.company] {
            Template::parse_with(text, &NAMES)?;
        }
        if self.last_name.trim().is_empty() {
            return Err(OptionsError::NoLastName);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g5_a_template_with_an_unknown_name_or_without_a_last_name_is_refused() {
        let mut options = Options::default();
        assert_eq!(options.check(), Ok(()));
        options.first_name = "{{Caller}}".to_owned();
        assert!(matches!(options.check(), Err(OptionsError::UnknownName(_))));
        options.first_name.clear();
        options.last_name = " ".to_owned();
        assert_eq!(options.check(), Err(OptionsError::NoLastName));
    }

    #[test]
    fn choices_that_were_kept_before_a_new_one_existed_can_be_read() {
        let kept: Options =
            serde_json::from_str(r#"{"on":true,"when":{"at":"talked","seconds":30}}"#).unwrap();
        assert_eq!(kept.when, When::Talked { seconds: 30 });
        assert_eq!(kept.last_name, "-{{Number}}");
    }
}
