//! All records of a portal, by kind and id.

use std::collections::BTreeMap;

use jiff::tz::{Offset, TimeZone};

use super::activity::Activity;
use super::entity::Entity;
use super::kind::Kind;
use super::user::User;

/// All records.
#[derive(Debug, Clone)]
pub(crate) struct Portal {
    /// The server's zone, in which times are given.
    pub(crate) zone: TimeZone,
    users: BTreeMap<u64, User>,
    entities: BTreeMap<(Kind, u64), Entity>,
    activities: BTreeMap<u64, Activity>,
    /// The highest number given so far, by what is numbered. Numbers are not given twice.
    last: BTreeMap<Numbered, u64>,
}

/// What has numbers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Numbered {
    User,
    Record(Kind),
    Activity,
    Multifield,
}

impl Default for Portal {
    fn default() -> Self {
        Self {
            zone: TimeZone::fixed(Offset::constant(3)),
            users: BTreeMap::new(),
            entities: BTreeMap::new(),
            activities: BTreeMap::new(),
            last: BTreeMap::new(),
        }
    }
}

impl Portal {
    /// The next number.
    pub(crate) fn number(&mut self, of: Numbered) -> u64 {
        let last = self.last.entry(of).or_default();
        *last += 1;
        *last
    }

    pub(crate) fn users(&self) -> impl Iterator<Item = &User> {
        self.users.values()
    }

    pub(crate) fn user(&self, id: u64) -> Option<&User> {
        self.users.get(&id)
    }

    pub(crate) fn put_user(&mut self, user: User) {
        self.users.insert(user.id, user);
    }

    /// The records of a kind whose id is greater than `after`, by their ids.
    pub(crate) fn entities(&self, kind: Kind, after: u64) -> impl Iterator<Item = &Entity> {
        self.entities
            .range((kind, after.saturating_add(1))..=(kind, u64::MAX))
            .map(|(_, entity)| entity)
    }

    pub(crate) fn entity(&self, at: (Kind, u64)) -> Option<&Entity> {
        self.entities.get(&at)
    }

    pub(crate) fn entity_mut(&mut self, at: (Kind, u64)) -> Option<&mut Entity> {
        self.entities.get_mut(&at)
    }

    pub(crate) fn put_entity(&mut self, entity: Entity) {
        self.entities.insert((entity.kind, entity.id), entity);
    }

    /// Takes a record away; its activities stay with whoever else has them.
    pub(crate) fn remove_entity(&mut self, at: (Kind, u64)) -> bool {
        for activity in self.activities.values_mut() {
            activity.bindings.retain(|one| *one != at);
        }
        self.activities
            .retain(|_, activity| !activity.bindings.is_empty());
        self.entities.remove(&at).is_some()
    }

    pub(crate) fn activities(&self) -> impl DoubleEndedIterator<Item = &Activity> {
        self.activities.values()
    }

    pub(crate) fn activity(&self, id: u64) -> Option<&Activity> {
        self.activities.get(&id)
    }

    pub(crate) fn activity_mut(&mut self, id: u64) -> Option<&mut Activity> {
        self.activities.get_mut(&id)
    }

    pub(crate) fn put_activity(&mut self, activity: Activity) {
        self.activities.insert(activity.id, activity);
    }

    pub(crate) fn remove_activity(&mut self, id: u64) -> bool {
        self.activities.remove(&id).is_some()
    }
}
