//! What a stand-in's records are at first.
//!
//! A seed is a JSON object: object name to a list of records. A record may have a name of its own
//! under `@name`, and any field may refer to one as `"@that name"`. Objects are read in the order
//! organisation, profiles, users, statuses, accounts, contacts, leads, tasks, so a reference points
//! backwards. Ids follow from the order of the records, so they are the same on every start.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::datetime;
use super::record_id::RecordId;
use super::records::{Record, Records};
use super::sobjects::derive_name;
use super::sobjects::schema::Object;

const DEMO: &str = include_str!("seed.json");

const ORDER: [Object; 8] = [
    Object::Organization,
    Object::Profile,
    Object::User,
    Object::TaskStatus,
    Object::Account,
    Object::Contact,
    Object::Lead,
    Object::Task,
];

/// The records of a new stand-in.
#[derive(Debug, Clone)]
pub struct Seed(BTreeMap<Object, Vec<Map<String, Value>>>);

/// A seed that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The text is not JSON of the seed's shape.
    #[error("the seed is not a JSON object of object names to lists of records: {0}")]
    NotJson(#[from] serde_json::Error),
    /// A field that the object does not have.
    #[error("the seed gives {object} a field `{field}` that it does not have")]
    UnknownField {
        /// The object's name.
        object: &'static str,
        /// The field's name.
        field: String,
    },
    /// A reference to a record that does not come before.
    #[error("the seed refers to `{0}`, but no earlier record has that as its @name")]
    UnknownName(String),
}

impl Seed {
    /// The demo's organisation: an admin, agents whose e-mail addresses belong to extensions 101
    /// to 105, the users that every real organisation has, and a dozen people whose numbers are
    /// spelled in as many ways.
    #[must_use]
    pub fn demo() -> Self {
        // The crate's own tests read this file, so it cannot be wrong in a build that passed them.
        Self::from_json(DEMO).unwrap_or(Self(BTreeMap::new()))
    }

    /// Reads a seed and checks its fields and references.
    pub fn from_json(text: &str) -> Result<Self, SeedError> {
        let seed = Self(serde_json::from_str(text)?);
        seed.records(Timestamp::UNIX_EPOCH)?;
        Ok(seed)
    }

    /// The records, created now.
    pub(crate) fn records(&self, now: Timestamp) -> Result<Vec<Record>, SeedError> {
        let mut names = BTreeMap::new();
        let mut numbers = Records::default();
        let mut records = Vec::new();
        for object in ORDER {
            for input in self.0.get(&object).into_iter().flatten() {
                let mut record = Record {
                    object,
                    id: numbers.next_id(object),
                    fields: Map::new(),
                };
                for (name, value) in input {
                    if name == "@name" {
                        let own_name = value.as_str().unwrap_or_default().to_owned();
                        names.insert(own_name, record.id.clone());
                        continue;
                    }
                    let field =
                        object
                            .schema()
                            .field(name)
                            .ok_or_else(|| SeedError::UnknownField {
                                object: object.name(),
                                field: name.clone(),
                            })?;
                    let value = resolve(value, &names)?;
                    record.fields.insert(field.name.to_owned(), value);
                }
                derive_name(&mut record);
                system_fields(&mut record, now);
                records.push(record);
            }
        }
        Ok(records)
    }
}

fn resolve(value: &Value, names: &BTreeMap<String, RecordId>) -> Result<Value, SeedError> {
    let Some(name) = value.as_str().and_then(|text| text.strip_prefix('@')) else {
        return Ok(value.clone());
    };
    names
        .get(name)
        .map(|id| id.as_str().into())
        .ok_or_else(|| SeedError::UnknownName(name.to_owned()))
}

fn system_fields(record: &mut Record, now: Timestamp) {
    let now = datetime::written(now);
    for field in ["CreatedDate", "LastModifiedDate", "SystemModstamp"] {
        record.fields.insert(field.to_owned(), now.clone().into());
    }
    record.fields.insert("IsDeleted".to_owned(), false.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_has_an_agent_for_every_demo_extension() {
        let records = Seed::from_json(DEMO)
            .unwrap()
            .records(Timestamp::UNIX_EPOCH)
            .unwrap();
        for (name, email, extension) in [
            ("Alice Adams", "alice@example.com", "101"),
            ("Bob Brown", "bob@example.com", "102"),
            ("Carol Clark", "carol@example.com", "103"),
            ("Dave Dunn", "dave@example.com", "104"),
            ("Erin Evans", "erin@example.com", "105"),
        ] {
            assert!(
                records.iter().any(|record| record.object == Object::User
                    && record.text("Name") == name
                    && record.text("Email") == email
                    && record.text("Extension") == extension),
                "{name}"
            );
        }
    }

    #[test]
    fn a_seed_that_cannot_be_used_says_what_is_wrong() {
        let unknown = Seed::from_json(r#"{"Contact":[{"Shoe":"44"}]}"#).unwrap_err();
        assert!(unknown.to_string().contains("`Shoe`"), "{unknown}");
        let nobody = Seed::from_json(r#"{"Contact":[{"AccountId":"@acme"}]}"#).unwrap_err();
        assert!(nobody.to_string().contains("`acme`"), "{nobody}");
        assert!(Seed::from_json("[]").is_err());
    }
}
