//! What a stand-in's records are at first.
//!
//! A seed is a JSON object: `user`, `company`, `contact`, `lead` and `deal`, each a list of records
//! with the field names of the older methods. A record may have a name of its own under `@name`,
//! and any field may refer to one as `"@that name"`. The kinds are read in that order, so a
//! reference points backwards. Ids follow from the order, so they are the same on every start.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::asked::Param;
use super::methods::{Author, NewRecord, put_record};
use super::records::{Kind, Numbered, Portal, User};

const DEMO: &str = include_str!("seed.json");

/// The records of a new stand-in.
#[derive(Debug, Clone)]
pub struct Seed(Param);

/// A seed that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The text is not JSON.
    #[error("the seed is not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    /// A reference to a record that does not come before.
    #[error("the seed refers to `{0}`, but no earlier record has that as its @name")]
    UnknownName(String),
}

impl Seed {
    /// The demo's portal: an admin, agents whose e-mail addresses belong to extensions 101 to
    /// 105, users that are nobody's, and a dozen people whose numbers are spelled in as many ways.
    #[must_use]
    pub fn demo() -> Self {
        // The crate's own tests read this file, so it cannot be wrong in a build that passed them.
        Self::from_json(DEMO).unwrap_or(Self(Param::Map(Vec::new())))
    }

    /// Reads a seed and checks its references.
    pub fn from_json(text: &str) -> Result<Self, SeedError> {
        let seed = Self(serde_json::from_str(text)?);
        seed.portal(Timestamp::UNIX_EPOCH)?;
        Ok(seed)
    }

    /// The records, created now.
    pub(crate) fn portal(&self, now: Timestamp) -> Result<Portal, SeedError> {
        let mut portal = Portal::default();
        let mut names: BTreeMap<String, u64> = BTreeMap::new();
        for record in self.group("user") {
            let id = portal.number(Numbered::User);
            name(record, id, &mut names);
            portal.put_user(user(id, record));
        }
        let author = Author {
            user: 1,
            now,
            indexed: now,
        };
        for kind in [Kind::Company, Kind::Contact, Kind::Lead, Kind::Deal] {
            for record in self.group(kind.name()) {
                let fields = resolved(record, &names)?;
                let new = NewRecord {
                    kind,
                    fields: &fields,
                };
                let id = put_record(&mut portal, author, &new);
                name(record, id, &mut names);
            }
        }
        Ok(portal)
    }

    fn group(&self, name: &str) -> Vec<&Param> {
        self.0.get(name).map(Param::values).unwrap_or_default()
    }
}

fn name(record: &Param, id: u64, names: &mut BTreeMap<String, u64>) {
    if let Some(own) = record.get("@name").and_then(Param::text) {
        names.insert(own, id);
    }
}

fn user(id: u64, record: &Param) -> User {
    let mut fields = serde_json::Map::new();
    fields.insert("ID".to_owned(), id.to_string().into());
    for (name, value) in record.entries() {
        if name != "@name" {
            fields.insert(name.clone(), value.to_json());
        }
    }
    User { id, fields }
}

fn resolved(record: &Param, names: &BTreeMap<String, u64>) -> Result<Param, SeedError> {
    let resolve = |value: &Param| -> Result<Param, SeedError> {
        match value.text() {
            Some(text) if text.starts_with('@') => {
                let wanted = text.trim_start_matches('@');
                let id = names
                    .get(wanted)
                    .ok_or_else(|| SeedError::UnknownName(wanted.to_owned()))?;
                Ok(Param::Scalar(Value::from(*id)))
            }
            _ => Ok(value.clone()),
        }
    };
    let mut fields = Vec::new();
    for (name, value) in record.entries() {
        if name != "@name" {
            fields.push((name.clone(), resolve(value)?));
        }
    }
    Ok(Param::Map(fields))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_has_an_agent_for_every_demo_extension() {
        let portal = Seed::from_json(DEMO)
            .unwrap()
            .portal(Timestamp::UNIX_EPOCH)
            .unwrap();
        for (name, email, extension) in [
            ("Alice Adams", "alice@example.com", "101"),
            ("Bob Brown", "bob@example.com", "102"),
            ("Carol Clark", "carol@example.com", "103"),
            ("Dave Dunn", "dave@example.com", "104"),
            ("Erin Evans", "erin@example.com", "105"),
        ] {
            assert!(
                portal.users().any(|user| user.name() == name
                    && user.text("EMAIL") == email
                    && user.text("UF_PHONE_INNER") == extension
                    && user.is_active()),
                "{name}"
            );
        }
    }

    #[test]
    fn a_seed_that_cannot_be_used_says_what_is_wrong() {
        let nobody = Seed::from_json(r#"{"contact":[{"COMPANY_ID":"@acme"}]}"#).unwrap_err();
        assert!(nobody.to_string().contains("`acme`"), "{nobody}");
        assert!(Seed::from_json("{").is_err());
    }
}
