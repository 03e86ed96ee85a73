//! Whose number is this? Asks the CRMs in which an agent is bound (A2).

use linecard_crm::{AdviceCode, Failure, Record};
use linecard_number::{Extension, Phone};
use linecard_store::ConnectionId;
use tokio::task::JoinSet;

use super::Connections;
use crate::directory::{BoundConnection, Directory};
use crate::lookups::{AFTERWARDS, CALLING, Records};

/// The CRM that has a number, as an agent sees it.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    pub(crate) connection: ConnectionId,
    /// The CRM's id of the user to whom the agent is bound there.
    pub(crate) user: String,
    /// The best match.
    pub(crate) who: Record,
}

/// It is not certain whose the number is, because this connection could not be asked.
#[derive(Debug)]
pub(crate) struct Unasked {
    pub(crate) connection: ConnectionId,
    pub(crate) failure: Failure,
}

impl Connections {
    /// Whose number it is, for the agent at `extension`, to be written down: of the first CRM in
    /// precedence that knows it, of those in which the agent is bound. One that comes first and is
    /// down is waited for, because an entry in the wrong CRM stays there; one that needs a person
    /// is not, because that can take days. `None`: all have answered, and none knows it.
    ///
    /// Nobody waits for it, so they are asked one after the other: a CRM is spared the question
    /// that another has answered.
    pub(crate) async fn whose(
        &self,
        directory: &Directory,
        extension: &Extension,
        phone: &Phone,
    ) -> Result<Option<Owner>, Unasked> {
        let mut unsettled = None;
        for (connection, user) in directory.bound_in(extension) {
            match self.find(connection.id, phone, AFTERWARDS).await {
                Ok(records) => {
                    if let Some(owner) = best(connection, user, &records) {
                        return Ok(Some(owner));
                    }
                }
                Err(failure) => {
                    let waits_for_person = matches!(failure, Failure::NeedsPerson { .. });
                    let unasked = Unasked {
                        connection: connection.id,
                        failure,
                    };
                    if !waits_for_person {
                        return Err(unasked);
                    }
                    unsettled.get_or_insert(unasked);
                }
            }
        }
        unsettled.map_or(Ok(None), Err)
    }

    /// The same to be shown, now: all are asked at the same time, and one that does not answer is
    /// waited for no longer.
    pub(crate) async fn name_of(
        &self,
        directory: &Directory,
        extension: &Extension,
        phone: &Phone,
    ) -> Option<String> {
        let bound: Vec<_> = directory.bound_in(extension).collect();
        let ids: Vec<_> = bound.iter().map(|(connection, _)| connection.id).collect();
        let answers = self.ask_all(&ids, phone).await;
        let owner = bound
            .into_iter()
            .zip(answers)
            .find_map(|((connection, user), answer)| best(connection, user, &answer.ok()?));
        Some(owner?.who.name)
    }

    /// What each of these CRMs answers, in their order. It takes as long as the slowest, which no
    /// caller waits for longer than one look-up may take.
    async fn ask_all(&self, ids: &[ConnectionId], phone: &Phone) -> Vec<Result<Records, Failure>> {
        let mut asked = JoinSet::new();
        let mut answers = Vec::new();
        for (place, id) in ids.iter().copied().enumerate() {
            let (connections, phone) = (self.clone(), phone.clone());
            asked.spawn(async move {
                let found = connections.find(id, &phone, CALLING).await;
                (place, found)
            });
            answers.push(Err(Failure::retry(AdviceCode::BrokenOff)));
        }
        while let Some(answered) = asked.join_next().await {
            if let Ok((place, answer)) = answered
                && let Some(kept) = answers.get_mut(place)
            {
                *kept = answer;
            }
        }
        answers
    }
}

/// The best of the records that a CRM has with a number, for this user of it.
fn best(connection: &BoundConnection, user: &str, records: &[Record]) -> Option<Owner> {
    let ordered = connection.terms.matching.order(records, Some(user));
    Some(Owner {
        connection: connection.id,
        user: user.to_owned(),
        who: (*ordered.first()?).clone(),
    })
}
