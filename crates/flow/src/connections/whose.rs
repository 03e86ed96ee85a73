//! Whose number is this? Asks all CRMs in which an agent is bound, at the same time (A2).

use linecard_crm::{Failure, Record};
use linecard_number::{Extension, Phone};
use linecard_rules::matching::{Answer, Whose, whose};
use linecard_store::ConnectionId;
use tokio::task::JoinSet;

use super::Connections;
use crate::directory::Directory;
use crate::lookups::Records;

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
    pub(crate) async fn whose(
        &self,
        directory: &Directory,
        extension: &Extension,
        phone: &Phone,
    ) -> Result<Option<Owner>, Unasked> {
        self.owner(directory, extension, phone, |failure| match failure {
            Failure::NeedsPerson { .. } => Answer::Failed,
            _ => Answer::Pending,
        })
        .await
    }

    /// The same to be shown, now: a CRM that does not answer is waited for no longer.
    pub(crate) async fn name_of(
        &self,
        directory: &Directory,
        extension: &Extension,
        phone: &Phone,
    ) -> Option<String> {
        let owner = self.owner(directory, extension, phone, |_| Answer::Failed);
        owner.await.ok()?.map(|owner| owner.who.name)
    }

    /// `failed` says what a CRM that could not be asked counts as.
    async fn owner(
        &self,
        directory: &Directory,
        extension: &Extension,
        phone: &Phone,
        failed: impl Fn(&Failure) -> Answer<'static> + Send,
    ) -> Result<Option<Owner>, Unasked> {
        let bound: Vec<_> = directory.bound_in(extension).collect();
        let ids: Vec<_> = bound.iter().map(|(connection, _)| connection.id).collect();
        let answers = self.ask_all(&ids, phone).await;
        let heard = answers.iter().map(|answer| match answer {
            Ok(records) => Answer::Records(records),
            Err(failure) => failed(failure),
        });
        match whose(heard) {
            Whose::Of(place) => Ok(bound.get(place).zip(answers.get(place)).and_then(
                |((connection, user), answer)| {
                    let records = answer.as_ref().ok()?;
                    let ordered = connection.terms.matching.order(records, Some(user));
                    Some(Owner {
                        connection: connection.id,
                        user: (*user).to_owned(),
                        who: (*ordered.first()?).clone(),
                    })
                },
            )),
            Whose::Nobodys => Ok(None),
            Whose::Pending | Whose::Unsettled => {
                // What keeps it open: one to be waited for before one that needs a person.
                let mut open: Vec<_> = ids
                    .into_iter()
                    .zip(answers)
                    .filter_map(|(connection, answer)| Some((connection, answer.err()?)))
                    .collect();
                open.sort_by_key(|(_, failure)| failed(failure) == Answer::Failed);
                let first = open.into_iter().next();
                first.map_or(Ok(None), |(connection, failure)| {
                    Err(Unasked {
                        connection,
                        failure,
                    })
                })
            }
        }
    }

    /// What each of these CRMs answers, in their order. It takes as long as the slowest, which no
    /// caller waits for longer than one look-up may take.
    async fn ask_all(&self, ids: &[ConnectionId], phone: &Phone) -> Vec<Result<Records, Failure>> {
        let mut asked = JoinSet::new();
        let mut answers = Vec::new();
        for (place, id) in ids.iter().copied().enumerate() {
            let (connections, phone) = (self.clone(), phone.clone());
            asked.spawn(async move { (place, connections.find(id, &phone).await) });
            answers.push(Err(Failure::Retry {
                after: None,
                words: "the look-up broke off".to_owned(),
            }));
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
