//! What somebody may know of the numbers of outside parties (F17).
//!
//! Whatever goes to an agent's browser goes through here: each message of Desk's socket, each
//! answer of an endpoint that an agent may ask. With masking on, a number becomes
//! [`linecard_number::Masked`] and a handle, by which the agent can still call it.

use linecard_flow::Flow;
use linecard_number::{Masked, hide_numbers};
use linecard_store::{Account, AccountId, Role, Store};
use serde::Serialize;
use utoipa::ToSchema;

/// How somebody sees numbers.
pub(crate) enum Sight {
    /// As they are.
    Clear,
    /// Hidden.
    Masked(Masking),
}

/// For whom numbers are hidden.
pub(crate) struct Masking {
    store: Store,
    account: AccountId,
}

/// A number as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SeenNumber {
    /// As people write it, or `•••••• 34` where it is hidden.
    #[schema(example = "(415) 555-0134")]
    pub(crate) shown: String,
    /// What is sent to call it where it is hidden; `null`: send what is shown.
    #[schema(required)]
    pub(crate) handle: Option<String>,
}

impl Sight {
    /// How `account` sees numbers now.
    pub(crate) fn of(flow: &Flow, account: &Account) -> Self {
        if account.role == Role::Agent && flow.masks_numbers() {
            Self::Masked(Masking {
                store: flow.store().clone(),
                account: account.id,
            })
        } else {
            Self::Clear
        }
    }

    pub(crate) fn is_masked(&self) -> bool {
        matches!(self, Self::Masked(_))
    }

    /// An outside party's number.
    pub(crate) fn number(&self, number: &str) -> SeenNumber {
        match self {
            Self::Clear => SeenNumber {
                shown: number.to_owned(),
                handle: None,
            },
            Self::Masked(masking) => SeenNumber {
                shown: Masked::of(number).into(),
                handle: masking.store.number_handle(masking.account, number),
            },
        }
    }

    /// A text that may hold a number: a name, somebody else's words.
    pub(crate) fn text(&self, text: &mut String) {
        if self.is_masked() {
            *text = hide_numbers(text);
        }
    }
}
