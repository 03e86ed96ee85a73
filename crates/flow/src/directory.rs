//! Who is who, held in memory: extensions, their names, and the CRM users they are bound to.
//!
//! Built from the store whenever one of these changes, so that an event never waits for a
//! database.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use linecard_call::Call;
use linecard_number::{Extension, ExtensionRange, Plan, SHORTEST_NATIONAL};
use linecard_rules::exclude::Excluded;
use linecard_rules::pop::{Manners, OwnManners};
use linecard_rules::template::Template;
use linecard_rules::terms::Terms;
use linecard_rules::{dial, journal};
use linecard_store::{Connection, ConnectionId, Store, StoreError, UnitOfWork};

use crate::choices::Choices;
use crate::organisation::{Organisation, SETTING};
use crate::routing;

/// A picture of who is who. Never changed; replaced as a whole.
#[derive(Debug)]
pub(crate) struct Directory {
    /// How numbers are read.
    pub(crate) plan: Plan,
    /// Numbers of outside parties are hidden from agents (F17).
    pub(crate) masks_numbers: bool,
    /// Which numbers may be called by a click.
    pub(crate) guards: dial::Guards,
    /// What is kept out of every CRM.
    pub(crate) excluded: Excluded,
    /// The organisation's time zone, and the words of an entry where its connection is gone.
    pub(crate) words: journal::Settings,
    names: HashMap<Extension, String>,
    /// How pages open, and what extensions have of their own (D8).
    pops: Manners,
    own_pops: HashMap<Extension, OwnManners>,
    /// What a dial plan must show to ask whom a caller belongs to.
    pub(crate) routing_token: Option<routing::Token>,
    /// The connections that calls are looked up in and written to, those that are enabled and
    /// signed in, in their order of precedence (A2).
    pub(crate) connections: Vec<BoundConnection>,
    /// Those that are in use no more, but still write what waits (H6).
    leaving: Vec<BoundConnection>,
}

/// A connection and who is bound in it.
#[derive(Debug)]
pub(crate) struct BoundConnection {
    pub(crate) id: ConnectionId,
    pub(crate) kind: String,
    /// What is written into it.
    pub(crate) journal: journal::Options,
    /// On what terms it is used.
    pub(crate) terms: Terms,
    /// What is chosen about creating records, follow-up tasks and the phonebook.
    pub(crate) choices: Choices,
    words: journal::Settings,
    users: HashMap<Extension, String>,
    /// When it was confirmed after a restore.
    restored: Option<Timestamp>,
}

impl BoundConnection {
    async fn read(
        unit: &mut UnitOfWork,
        connection: Connection,
        zone: TimeZone,
    ) -> Result<Self, StoreError> {
        let bindings = unit.bindings().effective(connection.id).await?;
        Ok(Self {
            users: bindings
                .into_iter()
                .map(|binding| (binding.extension, binding.crm_user))
                .collect(),
            choices: Choices::read(unit, connection.id).await?,
            id: connection.id,
            kind: connection.kind,
            words: words(&connection.journal, zone),
            journal: connection.journal,
            terms: connection.terms,
            restored: connection.restored,
        })
    }

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

    /// How pages open at the clients of `extension`.
    pub(crate) fn manners(&self, extension: &Extension) -> Manners {
        let own = self.own_pops.get(extension);
        own.map_or(self.pops, |own| own.or(self.pops))
    }

    /// Whether the company has that extension.
    pub(crate) fn knows(&self, extension: &Extension) -> bool {
        self.names.contains_key(extension)
    }

    /// One connection, when it is enabled and signed in.
    pub(crate) fn connection(&self, id: ConnectionId) -> Option<&BoundConnection> {
        self.connections
            .iter()
            .find(|connection| connection.id == id)
    }

    /// The connections in which `extension` is bound, in their order of precedence, each with the
    /// CRM's user.
    pub(crate) fn bound_in(
        &self,
        extension: &Extension,
    ) -> impl Iterator<Item = (&BoundConnection, &str)> {
        self.connections
            .iter()
            .filter_map(|connection| Some((connection, connection.user(extension)?)))
    }

    /// The extension that is bound in the most CRMs, the smallest of several; `None`: none is.
    pub(crate) fn most_bound(&self) -> Option<&Extension> {
        let bound = self.connections.iter().flat_map(|it| it.users.keys());
        bound.max_by_key(|extension| (self.bound_in(extension).count(), Reverse(*extension)))
    }

    /// Whether `extension` is bound to a user of any CRM.
    pub(crate) fn is_bound(&self, extension: &Extension) -> bool {
        self.bound_in(extension).next().is_some()
    }

    /// How the words of an entry of that connection are made.
    pub(crate) fn words_of(&self, id: ConnectionId) -> &journal::Settings {
        self.writes(id)
            .map_or(&self.words, |connection| &connection.words)
    }

    /// On what terms that connection writes; `None`: it does not.
    pub(crate) fn terms_of(&self, id: ConnectionId) -> Option<&Terms> {
        self.writes(id).map(|connection| &connection.terms)
    }

    /// Whether an entry of `call` may stand in that CRM although nothing is known of it here: the
    /// Linecard that a restored backup was made of may have written it.
    pub(crate) fn may_be_written(&self, id: ConnectionId, call: &Call) -> bool {
        let restored = self.writes(id).and_then(|connection| connection.restored);
        restored.is_some_and(|restored| call.started < restored)
    }

    fn writes(&self, id: ConnectionId) -> Option<&BoundConnection> {
        let mut all = self.connections.iter().chain(&self.leaving);
        all.find(|connection| connection.id == id)
    }

    async fn read(store: &Store) -> Result<Self, StoreError> {
        let mut unit = store.read().await?;
        let organisation = unit
            .settings()
            .get::<Organisation>(SETTING)
            .await?
            .unwrap_or_else(Organisation::before_set_up);
        let names: HashMap<Extension, String> = unit
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
        let pops = unit.pops().default().await?.value;
        let own_pops = unit.pops().every_own().await?;
        let own_pops = own_pops.into_iter().map(|(of, own)| (of, own.value));
        let (mut plan, zone) = (organisation.plan(), organisation.zone());
        keep_from_matching(&mut plan, names.keys());
        let (mut connections, mut leaving) = (Vec::new(), Vec::new());
        for connection in unit.connections().list().await? {
            let list = match (connection.closing, connection.enabled) {
                (true, _) => &mut leaving,
                (false, true) => &mut connections,
                (false, false) => continue,
            };
            if connection.organisation.is_some() {
                list.push(BoundConnection::read(&mut unit, connection, zone.clone()).await?);
            }
        }
        Ok(Self {
            masks_numbers: organisation.masks_numbers,
            guards: organisation.dial.clone(),
            excluded: Excluded::new(&organisation.exclusions, &plan, zone.clone()),
            plan,
            words: journal::Settings::with_default_words(zone),
            names,
            pops,
            own_pops: own_pops.collect(),
            routing_token,
            connections,
            leaving,
        })
    }
}

/// Has `plan` take every extension for one, also where no range holds it: one as long as a phone
/// number could be a contact's otherwise (X4).
fn keep_from_matching<'a>(plan: &mut Plan, extensions: impl Iterator<Item = &'a Extension>) {
    for extension in extensions {
        let digits = extension.as_str();
        let known = plan.extensions.iter().any(|range| range.contains(digits));
        if digits.len() >= SHORTEST_NATIONAL && !known {
            plan.extensions.push(ExtensionRange {
                from: extension.clone(),
                to: extension.clone(),
            });
        }
    }
}

/// The words an admin chose (E4, E5). What was kept could be read when it was saved.
fn words(options: &journal::Options, zone: TimeZone) -> journal::Settings {
    let default = journal::Settings::with_default_words(zone);
    journal::Settings {
        subject: Template::parse(&options.subject).unwrap_or(default.subject),
        description: Template::parse(&options.description).unwrap_or(default.description),
        zone: default.zone,
    }
}

/// Hands out the newest picture.
#[derive(Debug)]
pub(crate) struct Directories {
    newest: RwLock<Arc<Directory>>,
    /// Held while the store is read: a picture never takes the place of one that was read later.
    reading: tokio::sync::Mutex<()>,
}

impl Directories {
    pub(crate) async fn open(store: &Store) -> Result<Self, StoreError> {
        Ok(Self {
            newest: RwLock::new(Arc::new(Directory::read(store).await?)),
            reading: tokio::sync::Mutex::default(),
        })
    }

    /// The picture as it is now.
    pub(crate) fn newest(&self) -> Arc<Directory> {
        self.newest
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// Reads the store again.
    pub(crate) async fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        let _alone = self.reading.lock().await;
        let newest = Arc::new(Directory::read(store).await?);
        *self
            .newest
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = newest;
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use linecard_number::{Country, Reading};
    use linecard_rules::exclude::Exclusions;

    use super::*;

    #[test]
    fn x4_an_extension_as_long_as_a_phone_number_is_still_nobodys_number() {
        let mut plan = Plan::of(Country::UNITED_STATES);
        assert!(matches!(plan.read("4155550134"), Reading::Phone(_)));
        let extensions: Vec<Extension> =
            ["101", "4155550134"].map(|it| it.parse().unwrap()).to_vec();
        keep_from_matching(&mut plan, extensions.iter());
        assert!(matches!(plan.read("4155550134"), Reading::Extension(_)));
        assert_eq!(
            plan.extensions.len(),
            1,
            "a short one can be no phone number"
        );
    }

    /// A company of one agent, 101, who is bound in each of these connections.
    pub(crate) fn bound_in(connections: &[ConnectionId]) -> Directory {
        let organisation = Organisation::before_set_up();
        let plan = organisation.plan();
        let bound = |id: &ConnectionId| BoundConnection {
            id: *id,
            kind: "fake".to_owned(),
            journal: journal::Options::default(),
            terms: Terms::default(),
            choices: Choices::default(),
            words: journal::Settings::with_default_words(TimeZone::UTC),
            users: [("101".parse().unwrap(), "005A".to_owned())].into(),
            restored: None,
        };
        Directory {
            excluded: Excluded::new(&Exclusions::default(), &plan, TimeZone::UTC),
            plan,
            masks_numbers: organisation.masks_numbers,
            guards: organisation.dial,
            words: journal::Settings::with_default_words(TimeZone::UTC),
            names: HashMap::new(),
            pops: Manners::default(),
            own_pops: HashMap::new(),
            routing_token: None,
            connections: connections.iter().map(bound).collect(),
            leaving: Vec::new(),
        }
    }
}
