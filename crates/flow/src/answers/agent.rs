//! What the answers mean for one agent.

use linecard_crm::Record;
use linecard_rules::journal::Asked;
use linecard_rules::matching::{Answer, Whose, whose};

use crate::directory::BoundConnection;

/// What the CRMs in which an agent is bound have answered, in their order of precedence.
pub(crate) struct AgentsAnswers<'a> {
    pub(super) connections: Vec<&'a BoundConnection>,
    pub(crate) asked: Vec<Asked<'a>>,
    /// What the agent chose: the place of the CRM, and the record.
    pub(crate) chosen: Option<(usize, &'a Record)>,
}

/// Who the outside party is, for an agent.
pub(crate) enum Party<'a> {
    /// This one, of that CRM.
    Known(&'a BoundConnection, &'a Record),
    /// It is being asked.
    Searching,
    /// Nobody has the number.
    Nobody,
    /// It is not certain, because a CRM could not be asked.
    Unavailable,
    /// The agent is bound in no CRM.
    NotBound,
}

impl<'a> AgentsAnswers<'a> {
    /// The connection at that place.
    pub(crate) fn connection(&self, place: usize) -> Option<&'a BoundConnection> {
        self.connections.get(place).copied()
    }

    /// Who the outside party is.
    pub(crate) fn party(&self) -> Party<'a> {
        if self.connections.is_empty() {
            return Party::NotBound;
        }
        let known = |place: usize, record| {
            self.connection(place)
                .map(|connection| Party::Known(connection, record))
        };
        if let Some((place, record)) = self.chosen {
            return known(place, record).unwrap_or(Party::NotBound);
        }
        match whose(self.asked.iter().map(|asked| asked.answer)) {
            Whose::Of(place) => {
                let best = self.records(place).into_iter().next();
                best.and_then(|best| known(place, best))
                    .unwrap_or(Party::Nobody)
            }
            Whose::Pending => Party::Searching,
            Whose::Unsettled => Party::Unavailable,
            Whose::Nobodys => Party::Nobody,
        }
    }

    /// Every record with the number, in the order of precedence, the best of each CRM first.
    pub(crate) fn matches(&self) -> Vec<(&'a BoundConnection, &'a Record)> {
        let places = self.connections.iter().enumerate();
        places
            .flat_map(|(place, connection)| {
                let records = self.records(place).into_iter();
                records.map(move |record| (*connection, record))
            })
            .collect()
    }

    fn records(&self, place: usize) -> Vec<&'a Record> {
        match self.asked.get(place) {
            Some(asked) => match asked.answer {
                Answer::Records(records) => asked.terms.matching.order(records, Some(asked.owner)),
                Answer::Pending | Answer::Failed => Vec::new(),
            },
            None => Vec::new(),
        }
    }
}
