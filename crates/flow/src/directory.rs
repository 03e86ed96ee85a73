//! Who is who, held in memory: extensions, their names, and the CRM users they are bound to.
//!
//! Built from the store whenever one of these changes, so that an event never waits for a
//! database.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use linecard_number::{Extension, Plan};
use linecard_rules::{dial, journal};
use linecard_store::{ConnectionId, Store, StoreError};

use crate::organisation::{Organisation, SETTING};
use crate::routing;

/// A picture of who is who. Never changed; replaced as a whole.
#[derive(Debug)]
pub(crate) struct Directory {
    /// How numbers are read.
    pub(crate) plan: Plan,
    /// Which numbers may be called by a click.
    pub(crate) guards: dial::Guards,
    /// How an entry's words are made.
    pub(crate) words: journal::Settings,
    names: HashMap<Extension, String>,
    /// What a dial plan must show to ask whom a caller belongs to.
    pub(crate) routing_token: Option<routing::Token>,
    /// The connection that calls are looked up in and written to: the oldest that is enabled
    /// and signed in.
    pub(crate) connection: Option<BoundConnection>,
}

/// A connection and who is bound in it.
#[derive(Debug)]
pub(crate) struct BoundConnection {
    pub(crate) id: ConnectionId,
    pub(crate) kind: String,
    /// What is written into it.
    pub(crate) journal: journal::Options,
    users: HashMap<Extension, String>,
}

impl BoundConnection {
    /// The CRM user to whom `extension` is bound.
    pub(crate) fn user(&self, extension: &Extension) -> Option<&str> {
        self.users.get(extension).map(String::as_str)
    }

    /// Every CRM user with an extension of theirs.
    pub(crate) fn bindings(&self) -> impl Iterator<Item = (&str, &Extension)> {
        self.users
            .iter()
            .map(|(extension, user)| (user.as_str(), extension))
    }
}

impl Directory {
    /// The person's name at `extension`.
    pub(crate) fn name(&self, extension: &Extension) -> Option<&str> {
        self.names
            .get(extension)
            .map(String::as_str)
            .filter(|name| !name.is_empty())
    }

    /// Whether the company has that extension.
    pub(crate) fn knows(&self, extension: &Extension) -> bool {
        self.names.contains_key(extension)
    }

    async fn read(store: &Store) -> Result<Self, StoreError> {
        let mut unit = store.read().await?;
        let organisation = unit
            .settings()
            .get::<Organisation>(SETTING)
            .await?
            .unwrap_or_else(Organisation::before_set_up);
        let names = unit
            .extensions()
            .list()
            .await?
            .into_iter()
            .map(|entry| (entry.number, entry.name))
            .collect();
        let routing_token = unit
            .settings()
            .get::<Option<routing::Token>>(routing::SETTING)
            .await?
            .flatten();
        let signed_in = unit
            .connections()
            .list()
            .await?
            .into_iter()
            .find(|connection| connection.enabled && connection.organisation.is_some());
        let connection = match signed_in {
            None => None,
            Some(connection) => Some(BoundConnection {
                users: unit
                    .bindings()
                    .list(connection.id)
                    .await?
                    .into_iter()
                    .map(|binding| (binding.extension, binding.crm_user))
                    .collect(),
                id: connection.id,
                kind: connection.kind,
                journal: connection.journal,
            }),
        };
        Ok(Self {
            plan: organisation.plan(),
            guards: organisation.dial.clone(),
            words: journal::Settings::with_default_words(organisation.zone()),
            names,
            routing_token,
            connection,
        })
    }
}

/// Hands out the newest picture.
#[derive(Debug)]
pub(crate) struct Directories(RwLock<Arc<Directory>>);

impl Directories {
    pub(crate) async fn open(store: &Store) -> Result<Self, StoreError> {
        Ok(Self(RwLock::new(Arc::new(Directory::read(store).await?))))
    }

    /// The picture as it is now.
    pub(crate) fn newest(&self) -> Arc<Directory> {
        self.0
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// Reads the store again.
    pub(crate) async fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        let newest = Arc::new(Directory::read(store).await?);
        *self
            .0
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = newest;
        Ok(())
    }
}
