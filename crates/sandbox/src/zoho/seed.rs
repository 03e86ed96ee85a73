//! What a stand-in's records are at first.
//!
//! A seed is a JSON object: the organisation's name, its users, and lists of accounts, contacts
//! and leads in the API's field names. `Owner` is a user's e-mail address, a contact's
//! `Account_Name` the name of an account, and `converted` says that a lead lives on as a contact.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::organisation::Organisation;
use super::people::User;
use super::records::Record;
use super::schema::{Kind, Module};

const DEMO: &str = include_str!("seed.json");

/// The records of a new stand-in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    organisation: String,
    users: Vec<User>,
    #[serde(default)]
    accounts: Vec<Map<String, Value>>,
    #[serde(default)]
    contacts: Vec<Map<String, Value>>,
    #[serde(default)]
    leads: Vec<Map<String, Value>>,
}

/// A seed that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The text is not JSON of the seed's shape.
    #[error("the seed is not a JSON object of organisation, users, accounts, contacts, leads: {0}")]
    NotJson(#[from] serde_json::Error),
    /// A field that the module does not have.
    #[error("the seed gives {module} a field `{field}` that it does not have")]
    UnknownField {
        /// The module's name.
        module: &'static str,
        /// The field's name.
        field: String,
    },
    /// A name that nobody before has.
    #[error("the seed refers to `{0}`, but nobody before has that e-mail address or name")]
    UnknownName(String),
}

impl Seed {
    /// The demo's organisation: an admin, agents whose e-mail addresses belong to extensions 101
    /// to 105, and a dozen people whose numbers are spelled in as many ways. The same people as
    /// in the other stand-ins.
    #[must_use]
    pub fn demo() -> Self {
        // The crate's own tests read this file, so it cannot be wrong in a build that passed them.
        Self::from_json(DEMO).unwrap_or_default()
    }

    /// Reads a seed and checks its fields and references.
    pub fn from_json(text: &str) -> Result<Self, SeedError> {
        let seed: Self = serde_json::from_str(text)?;
        seed.organisation(Timestamp::UNIX_EPOCH)?;
        Ok(seed)
    }

    /// The organisation, its records created now.
    pub(crate) fn organisation(&self, now: Timestamp) -> Result<Organisation, SeedError> {
        let mut organisation = Organisation {
            name: self.organisation.clone(),
            ..Organisation::default()
        };
        for user in &self.users {
            organisation.add_user(user.clone());
        }
        for (module, inputs) in [
            (Module::Accounts, &self.accounts),
            (Module::Contacts, &self.contacts),
            (Module::Leads, &self.leads),
        ] {
            for input in inputs {
                put(&mut organisation, module, input, now)?;
            }
        }
        Ok(organisation)
    }
}

/// Puts a record in as it stands, without the API's rules. Returns its id.
pub(crate) fn put(
    organisation: &mut Organisation,
    module: Module,
    input: &Map<String, Value>,
    now: Timestamp,
) -> Result<u64, SeedError> {
    let first = organisation.users.first().map_or(0, |user| user.id);
    let mut fields = Map::new();
    fields.insert("Owner".to_owned(), first.to_string().into());
    let mut converted = false;
    for (name, value) in input {
        if name == "converted" {
            converted = value == &Value::Bool(true);
            continue;
        }
        let field = module.field(name).ok_or_else(|| SeedError::UnknownField {
            module: module.name(),
            field: name.clone(),
        })?;
        let text = value.as_str().unwrap_or_default();
        let kept = match field.kind {
            Kind::Owner | Kind::Lookup(_) => referred(organisation, field.kind, text)?,
            _ => value.clone(),
        };
        fields.insert(field.name.to_owned(), kept);
    }
    let owner = fields["Owner"].as_str().and_then(|id| id.parse().ok());
    let mut record = Record {
        module,
        id: organisation.records.next_id(),
        fields,
        created: now,
        modified: now,
        created_by: owner.unwrap_or(first),
        modified_by: owner.unwrap_or(first),
        dealt_with: None,
        converted,
        deleted: None,
    };
    record.derive_name();
    let id = record.id;
    organisation.records.put(record);
    Ok(id)
}

/// The id behind an e-mail address, a name, or the id itself.
fn referred(organisation: &Organisation, kind: Kind, text: &str) -> Result<Value, SeedError> {
    let is_named = |id: u64, name: &str| name == text || id.to_string() == text;
    let found = match kind {
        Kind::Lookup(module) => organisation
            .records
            .of(module)
            .find(|record| is_named(record.id, record.name()))
            .map(|record| record.id),
        _ => organisation
            .users
            .iter()
            .find(|user| is_named(user.id, &user.email))
            .map(|user| user.id),
    };
    found
        .map(|id| id.to_string().into())
        .ok_or_else(|| SeedError::UnknownName(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_has_an_agent_for_every_demo_extension() {
        let organisation = Seed::from_json(DEMO)
            .unwrap()
            .organisation(Timestamp::UNIX_EPOCH)
            .unwrap();
        for email in ["alice", "bob", "carol", "dave", "erin"] {
            let email = format!("{email}@example.com");
            assert!(organisation.user_named(&email).is_some(), "{email}");
        }
        let torres = organisation.records.of(Module::Contacts).next().unwrap();
        assert_eq!(torres.name(), "Maya Torres");
        assert_eq!(torres.id.to_string().len(), 19);
    }

    #[test]
    fn a_seed_that_cannot_be_used_says_what_is_wrong() {
        let seed = |contact: &str| {
            format!(r#"{{"organisation": "A", "users": [], "contacts": [{contact}]}}"#)
        };
        let unknown = Seed::from_json(&seed(r#"{"Shoe": "44"}"#)).unwrap_err();
        assert!(unknown.to_string().contains("`Shoe`"), "{unknown}");
        let nobody = Seed::from_json(&seed(r#"{"Account_Name": "Acme"}"#)).unwrap_err();
        assert!(nobody.to_string().contains("`Acme`"), "{nobody}");
    }
}
