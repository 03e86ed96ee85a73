//! An agent creates the record, during the call or after it (G8).

use linecard_call::Call;
use linecard_crm::{Failure, Record};
use linecard_number::{Extension, Reading};
use linecard_rules::create::{self, Kind, Name, NotCreated};
use linecard_rules::journal::NotLogged;
use linecard_store::{AccountId, ConnectionId, EntryState, StoreError, StoredCall};

use super::{Creating, Error, Made, Wish, attempt};
use crate::CallRef;
use crate::directory::{BoundConnection, Directory};
use crate::flow::Shared;

/// What an agent wants created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// The call, living or ended.
    pub call: CallRef,
    /// The agent, who takes part in it.
    pub agent: Extension,
    /// Who asks.
    pub account: AccountId,
    /// In which CRM; `None`: the first in which the agent is bound and records are created.
    pub connection: Option<ConnectionId>,
    /// What; `None`: what the admin chose.
    pub kind: Option<Kind>,
    /// The first name; `None`: by the admin's template.
    pub first_name: Option<String>,
    /// The last name, likewise.
    pub last_name: Option<String>,
    /// The company, likewise.
    pub company: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeByHand {
    /// The record.
    pub record: Record,
    /// The CRM it stands in.
    pub connection: ConnectionId,
    /// It was there before; nothing was created.
    pub existed: bool,
}

/// A record could not be created.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// There is no such call, or the agent takes no part in it.
    #[error("there is no such call of this extension")]
    NoCall,
    /// No CRM in which the agent is bound creates records.
    #[error("records are not created for this extension: it is not bound, or creation is off")]
    Off,
    /// Nothing is created for this number.
    #[error("no record is created for this number")]
    Number(NotCreated),
    /// The CRM did not create it.
    #[error(transparent)]
    Crm(Failure),
    /// It could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Error> for CreateError {
    fn from(error: Error) -> Self {
        match error {
            Error::Crm(failure) => Self::Crm(failure),
            Error::Store(error) => Self::Store(error),
        }
    }
}

impl Creating {
    /// Creates the record, or finds the one that is there. The cards of calls with that number
    /// show it, and the ended calls of the agent that were not written for want of it are.
    pub async fn by_hand(&self, wish: ByHand) -> Result<MadeByHand, CreateError> {
        let shared = self.0.shared();
        let stored = stored(shared, &wish.call).await?;
        let live = shared.live.get(&wish.call);
        let call = live.as_ref().or(stored.as_ref().map(|it| &it.call));
        let call = call.filter(|call| call.leg(&wish.agent).is_some());
        let call = call.ok_or(CreateError::NoCall)?;
        let directory = shared.directories.newest();
        let (connection, owner) = connection(&directory, &wish).ok_or(CreateError::Off)?;
        let number = call.outside().unwrap_or_default();
        let Reading::Phone(phone) = call.read_outside(&directory.plan) else {
            return Err(CreateError::Number(NotCreated::NoNumber));
        };
        create::allowed(&phone, &directory.excluded).map_err(CreateError::Number)?;
        let new = Wish {
            connection: connection.id,
            kind: wish.kind.unwrap_or(connection.choices.create.kind),
            name: name(&wish, connection, number, call),
            phone,
            agent: wish.agent.clone(),
            owner: owner.to_owned(),
            account: Some(wish.account),
        };
        let made = attempt::ensure(shared, &new.creation(shared)).await?;
        if let Some(stored) = &stored {
            self.log_ended(stored, &made).await?;
        }
        let Made {
            connection,
            record,
            existed,
        } = made;
        Ok(MadeByHand {
            record,
            connection,
            existed,
        })
    }
}

impl Creating {
    /// Those parts of the ended call that were not written because nobody had the number are
    /// written now.
    async fn log_ended(&self, stored: &StoredCall, made: &Made) -> Result<(), StoreError> {
        let mut unit = self.0.store().read().await?;
        let entries = unit.entries().of_calls(&[stored.id]).await?;
        drop(unit);
        for entry in entries {
            let nobody = entry.reason.as_deref() == Some(NotLogged::Nobody.code());
            if nobody
                && entry.state == EntryState::Skipped
                && let Err(error) = self
                    .0
                    .reassign(&entry.key, made.connection, &made.record.at)
                    .await
            {
                tracing::warn!(%error, "an ended call is not written to its new record");
            }
        }
        Ok(())
    }
}

async fn stored(shared: &Shared, at: &CallRef) -> Result<Option<StoredCall>, StoreError> {
    let mut unit = shared.store.read().await?;
    unit.calls().find(at.phone_system, &at.call).await
}

/// The CRM, and its user to whom the agent is bound.
fn connection<'a>(
    directory: &'a Directory,
    wish: &ByHand,
) -> Option<(&'a BoundConnection, &'a str)> {
    directory
        .bound_in(&wish.agent)
        .filter(|(connection, _)| wish.connection.is_none_or(|id| id == connection.id))
        .find(|(connection, _)| {
            let withheld = connection.terms.mode.withholds(&wish.agent);
            connection.choices.create.on && withheld.is_none()
        })
}

/// What the agent typed, and what the template gives for what they left empty.
fn name(wish: &ByHand, connection: &BoundConnection, number: &str, call: &Call) -> Name {
    let template = create::name(
        &connection.choices.create,
        number,
        call.from_name.as_deref(),
    );
    let typed = |text: &Option<String>| {
        let text = text.as_deref().map(str::trim).unwrap_or_default();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let last = typed(&wish.last_name);
    Name {
        // Who typed a last name only means a person without a first one.
        first: match typed(&wish.first_name) {
            Some(first) => first,
            None if last.is_some() => String::new(),
            None => template.first,
        },
        last: last.unwrap_or(template.last),
        company: typed(&wish.company).unwrap_or(template.company),
    }
}
