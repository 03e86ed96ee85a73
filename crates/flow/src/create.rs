//! Creates records for numbers that no CRM knows, each once over all nodes (G1 to G11).
//!
//! [`automatic`] follows the calls that live and starts a creation when the rules say so; a call
//! that ended before that is caught up with by [`ended`], when its entry is written. [`by_hand`]
//! is an agent's wish. All of them go through [`attempt`], which holds the number in the store,
//! asks the CRM once more, and never repeats a request whose answer was lost before it has looked
//! for what that request may have left. [`left`] goes on with what a killed node left behind.

mod attempt;
mod automatic;
mod by_hand;
mod ended;
mod left;
mod undo;

pub(crate) use automatic::{Started, consider, considered};
pub use by_hand::{ByHand, CreateError, MadeByHand};
pub(crate) use ended::{for_ended, is_due};
pub(crate) use left::{recall, run};
pub use undo::Undone;

use linecard_crm::{EntryKey, Failure, NewRecord, Record};
use linecard_number::{Extension, Phone};
use linecard_rules::create::{Kind, Name};
use linecard_store::{AccountId, ConnectionId, NewCreation, StoreError};

use crate::Flow;
use crate::flow::Shared;

/// Creates records for unknown numbers, by hand, and undoes what was created.
#[derive(Clone)]
pub struct Creating(pub(crate) Flow);

/// A record could not be created.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error(transparent)]
    Crm(#[from] Failure),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The record for a number.
#[derive(Debug)]
pub(crate) struct Made {
    pub(crate) connection: ConnectionId,
    pub(crate) record: Record,
    /// It was there before.
    pub(crate) existed: bool,
}

/// What is to be created, put together.
struct Wish {
    connection: ConnectionId,
    kind: Kind,
    name: Name,
    phone: Phone,
    agent: Extension,
    owner: String,
    account: Option<AccountId>,
}

impl Wish {
    fn creation(self, shared: &Shared) -> NewCreation {
        let key = shared.entropy.id(shared.clock.now());
        NewCreation {
            connection: self.connection,
            new: NewRecord {
                key: EntryKey::new(key.to_string()),
                module: self.kind.module(),
                first_name: self.name.first,
                last_name: self.name.last,
                company: self.name.company,
                phone: self.phone,
                owner: Some(self.owner),
            },
            agent: self.agent,
            account: self.account,
        }
    }
}
