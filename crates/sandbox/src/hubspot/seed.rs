//! What a stand-in's records are at first.
//!
//! A seed is a JSON object with `owners`, `companies`, `contacts` and `leads`, each a list. An
//! entry may have a name of its own under `@name`; `@owner`, `@company` and `@contact` refer to
//! such names. Ids follow from the order, so they are the same on every start.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Deserialize;

use super::options::Switches;
use super::portal::{Association, Derivation, Kind, Owner, Portal, Properties, property};

const DEMO: &str = include_str!("seed.json");

/// The first owner id, and the first user id where they differ.
const FIRST_OWNER: u64 = 32_900_489;
const FIRST_USER: u64 = 7_001;

type Entry = BTreeMap<String, String>;

/// The records of a new stand-in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Seed {
    owners: Vec<OwnerEntry>,
    companies: Vec<Entry>,
    contacts: Vec<Entry>,
    leads: Vec<Entry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OwnerEntry {
    #[serde(rename = "@name", default)]
    name: String,
    first_name: String,
    last_name: String,
    email: String,
    #[serde(rename = "type", default)]
    kind: Option<String>,
    #[serde(default)]
    archived: bool,
}

/// A seed that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The text is not JSON of the seed's shape.
    #[error("the seed is not a JSON object of lists of records: {0}")]
    NotJson(#[from] serde_json::Error),
    /// A property that the type does not have, or only HubSpot writes.
    #[error("the seed gives {object} a property `{property}` that it does not have")]
    UnknownProperty {
        /// The type.
        object: &'static str,
        /// The property's name.
        property: String,
    },
    /// A reference to something that does not come before.
    #[error("the seed refers to `{0}`, but nothing earlier has that as its @name")]
    UnknownName(String),
}

impl Seed {
    /// The demo's account: an admin, agents whose e-mail addresses belong to extensions 101 to
    /// 105, somebody who left, and a dozen people whose numbers are spelled in as many ways.
    #[must_use]
    pub fn demo() -> Self {
        // The crate's own tests read this file, so it cannot be wrong in a build that passed them.
        Self::from_json(DEMO).unwrap_or_default()
    }

    /// Reads a seed and checks its properties and references.
    pub fn from_json(text: &str) -> Result<Self, SeedError> {
        let seed: Self = serde_json::from_str(text)?;
        let derivation = Derivation {
            country: "US".to_owned(),
            plus: true,
        };
        seed.portal(Timestamp::UNIX_EPOCH, &derivation, false)?;
        Ok(seed)
    }

    /// The account, its records created now.
    pub(crate) fn portal(
        &self,
        now: Timestamp,
        derivation: &Derivation,
        owner_equals_user: bool,
    ) -> Result<Portal, SeedError> {
        let mut portal = Portal::default();
        let mut names: BTreeMap<&str, u64> = BTreeMap::new();
        for (number, owner) in (0..).zip(&self.owners) {
            let id = FIRST_OWNER + number;
            let user_id = if owner_equals_user {
                id
            } else {
                FIRST_USER + number
            };
            names.insert(&owner.name, id);
            portal.owners.push(Owner {
                id,
                user_id,
                email: owner.email.clone(),
                first_name: owner.first_name.clone(),
                last_name: owner.last_name.clone(),
                kind: owner.kind.clone().unwrap_or_else(|| "PERSON".to_owned()),
                archived: owner.archived,
            });
        }
        for (kind, entries) in [
            (Kind::Company, &self.companies),
            (Kind::Contact, &self.contacts),
            (Kind::Lead, &self.leads),
        ] {
            for entry in entries {
                let id = add(&mut portal, kind, entry, &names, now, derivation)?;
                if let Some(name) = entry.get("@name") {
                    names.insert(name, id);
                }
            }
        }
        Ok(portal)
    }
}

fn add(
    portal: &mut Portal,
    kind: Kind,
    entry: &Entry,
    names: &BTreeMap<&str, u64>,
    now: Timestamp,
    derivation: &Derivation,
) -> Result<u64, SeedError> {
    let refer = |name: &String| {
        names
            .get(name.as_str())
            .copied()
            .ok_or_else(|| SeedError::UnknownName(name.clone()))
    };
    let mut properties = Properties::new();
    let mut associated = None;
    for (name, value) in entry {
        match name.as_str() {
            "@name" => {}
            "@owner" => {
                properties.insert("hubspot_owner_id".to_owned(), refer(value)?.to_string());
            }
            "@company" => associated = Some((Kind::Company, 1, refer(value)?)),
            "@contact" => associated = Some((Kind::Contact, 578, refer(value)?)),
            _ => {
                property(kind, name, &Switches::default())
                    .filter(|property| !property.read_only)
                    .ok_or_else(|| SeedError::UnknownProperty {
                        object: kind.plural(),
                        property: name.clone(),
                    })?;
                properties.insert(name.clone(), value.clone());
            }
        }
    }
    let id = portal.add(kind, properties, now, derivation).id;
    if let Some((to, type_id, other)) = associated {
        let association = Association {
            from: (kind, id),
            to: (to, other),
            type_id,
        };
        portal.associate(association, now);
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_has_an_owner_for_every_demo_extension() {
        let derivation = Derivation {
            country: "US".to_owned(),
            plus: true,
        };
        let portal = Seed::from_json(DEMO)
            .unwrap()
            .portal(Timestamp::UNIX_EPOCH, &derivation, false)
            .unwrap();
        for email in ["alice", "bob", "carol", "dave", "erin"] {
            let email = format!("{email}@example.com");
            assert!(
                portal
                    .owners
                    .iter()
                    .any(|owner| owner.email == email && !owner.archived),
                "{email}"
            );
        }
        assert_eq!(portal.of(Kind::Lead).count(), 3);
    }

    #[test]
    fn a_seed_that_cannot_be_used_says_what_is_wrong() {
        let unknown = Seed::from_json(r#"{"contacts":[{"shoe":"44"}]}"#).unwrap_err();
        assert!(unknown.to_string().contains("`shoe`"), "{unknown}");
        let nobody = Seed::from_json(r#"{"contacts":[{"@company":"acme"}]}"#).unwrap_err();
        assert!(nobody.to_string().contains("`acme`"), "{nobody}");
        assert!(Seed::from_json("7").is_err());
    }
}
