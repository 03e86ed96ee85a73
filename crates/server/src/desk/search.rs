//! Dial search over Desk's socket: whom an agent wants to call, as they type (F14, F15).
//!
//! Each search answers at once with what the phonebooks know. Once the agent pauses, the CRMs that
//! are to be asked are, and each answers by itself. The next search ends the one before.

use std::time::Duration;

use futures_util::stream::{self, BoxStream, FuturesUnordered, StreamExt as _};
use linecard_book::Slot;
use linecard_flow::{AskedCrm, DialContact, DialFound, DialSearch};
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use super::messages::DeskDown;
use crate::access::Agent;
use crate::sight::Sight;

/// How long an agent's fingers rest before a CRM is asked.
const PAUSE: Duration = Duration::from_millis(250);
/// The longest text that is looked for, in characters.
const LONGEST: usize = 64;

/// Somebody who can be called. Its texts are what somebody typed: data, never markup.
#[derive(Serialize, ToSchema)]
pub(crate) struct FoundContact {
    /// Names the contact among those of one search.
    id: String,
    /// The name.
    name: String,
    /// The company.
    #[schema(required)]
    company: Option<String>,
    /// The phonebook; `null`: it comes from the CRM itself.
    #[schema(required)]
    phonebook: Option<String>,
    /// The CRM that has it.
    #[schema(required, example = "Salesforce")]
    crm: Option<String>,
    /// The page of its record, on the CRM's own host.
    #[schema(required)]
    page: Option<Url>,
    /// Its numbers.
    numbers: Vec<FoundNumber>,
    /// The place of the number that is called unless another is chosen.
    first: usize,
    /// The agent had a call with it not long ago.
    recent: bool,
}

/// A number of somebody who can be called.
#[derive(Serialize, ToSchema)]
struct FoundNumber {
    /// What it is for: `mobile`.
    #[schema(required, value_type = Option<String>, example = "mobile")]
    slot: Option<Slot>,
    /// As people write it, or `•••••• 34` where it is hidden.
    #[schema(example = "(415) 555-0134")]
    number: String,
    /// What is sent to call it where it is hidden from the agent.
    #[schema(required)]
    handle: Option<String>,
}

impl FoundContact {
    /// Hides what somebody with this sight may not know.
    pub(super) fn seen_with(&mut self, sight: &Sight) {
        sight.text(&mut self.name);
        self.company.iter_mut().for_each(|it| sight.text(it));
        for number in &mut self.numbers {
            let seen = sight.number(&number.number);
            (number.number, number.handle) = (seen.shown, seen.handle);
        }
    }
}

impl From<&DialContact> for FoundContact {
    fn from(contact: &DialContact) -> Self {
        let number = |number: &linecard_flow::DialNumber| FoundNumber {
            slot: number.slot,
            number: number.number.clone(),
            handle: None,
        };
        Self {
            id: contact.id.clone(),
            name: contact.name.clone(),
            company: contact.company.clone(),
            phonebook: contact.phonebook.clone(),
            crm: contact.crm.clone(),
            page: contact.page.clone(),
            numbers: contact.numbers.iter().map(number).collect(),
            first: contact.first,
            recent: contact.recent,
        }
    }
}

/// What Desk is told of one search, as long as it is not replaced by the next.
pub(super) fn search<'a>(agent: &'a Agent, number: u32, text: &str) -> BoxStream<'a, DeskDown> {
    let search = agent.dial_search(text.chars().take(LONGEST).collect());
    stream::once(async move {
        let found = agent.find_to_dial(&search).await;
        let (down, found) = match found {
            Ok(found) => (in_phonebooks(number, &found), found),
            Err(error) => {
                tracing::error!(%error, "the phonebooks cannot be searched");
                let refused = DeskDown::Refused {
                    to: "search".to_owned(),
                    call: None,
                    code: "storage_failed",
                    detail: format!("The phonebooks cannot be searched: {error}"),
                };
                (refused, DialFound::default())
            }
        };
        let crms = found.to_ask.iter().cloned().map(|crm| {
            let (search, known) = (search.clone(), found.contacts.clone());
            in_crm(agent, number, crm, search, known)
        });
        let crms: FuturesUnordered<_> = crms.collect();
        stream::once(async { down }).chain(crms)
    })
    .flatten()
    .boxed()
}

fn in_phonebooks(number: u32, found: &DialFound) -> DeskDown {
    DeskDown::Found {
        search: number,
        contacts: found.contacts.iter().map(FoundContact::from).collect(),
        asking: found.to_ask.iter().map(|crm| crm.name.clone()).collect(),
    }
}

async fn in_crm(
    agent: &Agent,
    number: u32,
    crm: AskedCrm,
    search: DialSearch,
    known: Vec<DialContact>,
) -> DeskDown {
    tokio::time::sleep(PAUSE).await;
    let (contacts, failed) = match agent.find_to_dial_in(&crm, &search, &known).await {
        Ok(contacts) => (contacts, None),
        Err(failure) => {
            tracing::warn!(crm = crm.name, %failure, "a CRM cannot be searched");
            (Vec::new(), Some(failure.code()))
        }
    };
    DeskDown::FoundInCrm {
        search: number,
        crm: crm.name,
        contacts: contacts.iter().map(FoundContact::from).collect(),
        failed,
    }
}
