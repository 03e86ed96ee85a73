//! One question of a dial plan: what the CRMs have answered to it so far.

use linecard_rules::matching::{Answer, Whose, whose};
use linecard_rules::route::{self, Reason, Route};
use linecard_store::ConnectionId;

use super::Routed;
use crate::directory::Directory;
use crate::lookups::Records;

/// What one CRM has answered.
#[derive(Clone)]
enum Heard {
    Pending,
    Failed,
    Records(Records),
}

/// What all have, in their order of precedence.
pub(super) struct Question<'a> {
    directory: &'a Directory,
    heard: Vec<Heard>,
}

impl<'a> Question<'a> {
    pub(super) fn new(directory: &'a Directory) -> Self {
        Self {
            directory,
            heard: vec![Heard::Pending; directory.connections.len()],
        }
    }

    /// The CRM at that place has answered; `None`: it could not be asked.
    pub(super) fn answers(&mut self, place: usize, found: Option<Records>) {
        if let Some(heard) = self.heard.get_mut(place) {
            *heard = found.map_or(Heard::Failed, Heard::Records);
        }
    }

    /// Those that have not answered.
    pub(super) fn open(&self) -> Vec<(usize, ConnectionId)> {
        let connections = self.directory.connections.iter().zip(&self.heard);
        connections
            .enumerate()
            .filter(|(_, (_, heard))| matches!(heard, Heard::Pending))
            .map(|(place, (connection, _))| (place, connection.id))
            .collect()
    }

    /// Where the caller goes by what is remembered alone.
    pub(super) fn remembered(&self) -> Option<Routed> {
        let knows = |it: &Heard| matches!(it, Heard::Records(records) if !records.is_empty());
        if self.heard.iter().any(knows) {
            return Some(self.too_late());
        }
        self.settled()
    }

    /// Where the caller goes; `None`: it depends on who has not answered.
    pub(super) fn settled(&self) -> Option<Routed> {
        self.decide(Answer::Pending)
    }

    /// Where the caller goes when nobody is waited for any more.
    pub(super) fn too_late(&self) -> Routed {
        let waited = self.heard.iter().any(|it| matches!(it, Heard::Pending));
        match self.decide(Answer::Failed) {
            Some(Routed::Default(Reason::Unavailable)) if waited => {
                Routed::Default(Reason::TooLate)
            }
            Some(routed) => routed,
            None => Routed::Default(Reason::TooLate),
        }
    }

    fn decide(&self, pending: Answer<'_>) -> Option<Routed> {
        let answers = self.heard.iter().map(|heard| match heard {
            Heard::Pending => pending,
            Heard::Failed => Answer::Failed,
            Heard::Records(records) => Answer::Records(records),
        });
        match whose(answers) {
            Whose::Of(place) => self.owner(place),
            Whose::Pending => None,
            Whose::Unsettled => Some(Routed::Default(Reason::Unavailable)),
            Whose::Nobodys => Some(Routed::Default(Reason::Unknown)),
        }
    }

    fn owner(&self, place: usize) -> Option<Routed> {
        let connection = self.directory.connections.get(place)?;
        let Some(Heard::Records(records)) = self.heard.get(place) else {
            return None;
        };
        let ordered: Vec<_> = connection.terms.matching.order(records, None);
        let ordered: Vec<_> = ordered.into_iter().cloned().collect();
        Some(match route::decide(&ordered, connection.bindings()) {
            Route::Default(reason) => Routed::Default(reason),
            Route::Owner { extensions, .. } => Routed::Owner {
                name: extensions
                    .first()
                    .and_then(|extension| self.directory.name(extension))
                    .map(str::to_owned),
                extensions,
            },
        })
    }
}
