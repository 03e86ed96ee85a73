//! Asks phonebooks and CRMs as a call does, and notes what each said.

use std::time::Duration;

use linecard_crm::{Record, Words};
use linecard_number::{Extension, Phone};
use linecard_rules::lookup::Lookup;
use linecard_store::{Connection, ConnectionId, StoreError};
use tokio::task::JoinSet;

use crate::answers::{Answers, PRECEDENCE};
use crate::card::PhonebookContact;
use crate::connections::{AtOnce, Inquiry};
use crate::directory::Directory;
use crate::flow::Shared;
use crate::lookups::Records;

/// One connection: its phonebook and its CRM.
#[derive(Debug, Clone)]
pub struct Source {
    /// Which.
    pub connection: ConnectionId,
    /// The kind of CRM.
    pub kind: String,
    /// What the phonebook that this CRM fills knows; `None`: it fills none, or nobody looked.
    pub phonebook: Option<PhonebookSaid>,
    /// The spellings of the number that the CRM is searched for; empty where it is not.
    pub spellings: Vec<String>,
    /// What the CRM said.
    pub crm: CrmSaid,
}

/// What a phonebook knows of the number.
#[derive(Debug, Clone)]
pub struct PhonebookSaid {
    /// Its name.
    pub name: String,
    /// The records with the number.
    pub records: Vec<Record>,
}

/// What a CRM said about the number.
#[derive(Debug, Clone)]
pub enum CrmSaid {
    /// It was not asked.
    NotQueried(NotQueried),
    /// These records have it, the best first; none: it knows nobody.
    Records {
        /// The records.
        records: Vec<Record>,
        /// It answered a call shortly before, and was not asked again.
        remembered: bool,
        /// How long it took.
        took: Duration,
    },
    /// It could not be asked.
    Failed {
        /// The stable word for what is wrong.
        code: &'static str,
        /// What the CRM or the network said, and what Linecard knows about it.
        words: Words,
        /// How long it took.
        took: Duration,
    },
}

/// Why a CRM was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotQueried {
    /// The connection is not set up or not signed in.
    NotConnected,
    /// It is switched off (H1).
    Disabled,
    /// The agent's extension is not bound to a user of this CRM (B8).
    NotBound,
    /// No CRM is asked about this call.
    NotAsked,
    /// Its phonebook knows the number, and it is not always queried (F13).
    InPhonebook,
}

impl NotQueried {
    /// The stable word under which the reason is shown in the reader's language.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotConnected => "not_connected",
            Self::Disabled => "disabled",
            Self::NotBound => "not_bound",
            Self::NotAsked => "not_asked",
            Self::InPhonebook => "in_phonebook",
        }
    }
}

/// What was said, for people and for the rules.
pub(super) struct Asked {
    pub(super) sources: Vec<Source>,
    pub(super) answers: Answers,
}

/// Who has the number in phonebooks that no CRM fills.
pub(super) async fn named(
    shared: &Shared,
    phone: &Phone,
) -> Result<Vec<PhonebookContact>, StoreError> {
    let (keeper, store) = (&shared.keeper, &shared.store);
    keeper.named_anywhere(store, &phone.e164).await
}

/// What one connection said, in the order of precedence.
enum Heard {
    AtOnce(AtOnce),
    Inquired(Inquiry),
}

impl Heard {
    /// Whether the CRM itself was searched, now or shortly before.
    fn asked_the_crm(&self) -> bool {
        match self {
            Self::AtOnce(known) => matches!(known, AtOnce::Remembered(_)),
            Self::Inquired(inquiry) => inquiry.crm.is_some(),
        }
    }
}

/// Asks for a call of `extension`, all connections in which it is bound at the same time.
pub(super) async fn ask(
    shared: &Shared,
    directory: &Directory,
    extension: Option<&Extension>,
    lookup: &Lookup,
    anew: bool,
) -> Result<Asked, StoreError> {
    let mut unit = shared.store.read().await?;
    let mut connections = unit.connections().list().await?;
    let phonebooks = unit.phonebooks().list().await?;
    drop(unit);
    let place = |id: ConnectionId| directory.connections.iter().position(|it| it.id == id);
    connections.sort_by_key(|it| place(it.id).unwrap_or(usize::MAX));
    let bound: Vec<ConnectionId> = extension
        .into_iter()
        .flat_map(|extension| directory.bound_in(extension))
        .map(|(connection, _)| connection.id)
        .collect();
    let mut heard = match lookup {
        Lookup::Ask(phone) => inquire(shared, &bound, phone, anew).await,
        Lookup::Skip(_) => Vec::new(),
    };
    let answers = replay(&heard);
    let mut sources = Vec::new();
    for connection in connections.into_iter().filter(|it| !it.closing) {
        let said = heard.iter().position(|(id, _)| *id == connection.id);
        let said = said.map(|place| heard.swap_remove(place).1);
        let kept_in = directory.connection(connection.id);
        let kept_in = kept_in.and_then(|it| it.choices.kept_in());
        let phonebook = phonebooks.iter().find(|it| Some(it.id) == kept_in);
        let phonebook = phonebook.map(|it| it.name.clone());
        let spellings = match lookup {
            Lookup::Ask(phone) if said.as_ref().is_some_and(Heard::asked_the_crm) => {
                let crm = shared.connections.opened(connection.id);
                crm.map_or_else(Vec::new, |crm| crm.spellings(phone))
            }
            _ => Vec::new(),
        };
        let why_not = not_queried(&connection, &bound);
        sources.push(source(connection, phonebook, spellings, said, why_not));
    }
    Ok(Asked { sources, answers })
}

async fn inquire(
    shared: &Shared,
    bound: &[ConnectionId],
    phone: &Phone,
    anew: bool,
) -> Vec<(ConnectionId, Heard)> {
    let mut inquiries = JoinSet::new();
    for (place, id) in bound.iter().copied().enumerate() {
        let (connections, lookups) = (shared.connections.clone(), shared.lookups.clone());
        let phone = phone.clone();
        inquiries.spawn(async move {
            if anew {
                lookups.forget_number(id, &phone).await;
            }
            let heard = match connections.at_once(id, &phone).await {
                Some(at_once) => Heard::AtOnce(at_once),
                None => Heard::Inquired(connections.inquire(id, &phone, |_| {}).await),
            };
            (place, id, heard)
        });
    }
    let mut heard = Vec::new();
    while let Some(inquired) = inquiries.join_next().await {
        match inquired {
            Ok(inquired) => heard.push(inquired),
            Err(error) => tracing::error!(%error, "a look-up broke off"),
        }
    }
    heard.sort_by_key(|(place, ..)| *place);
    heard
        .into_iter()
        .map(|(_, id, heard)| (id, heard))
        .collect()
}

/// The answers of a call to which all this was said, in the order in which it was.
fn replay(heard: &[(ConnectionId, Heard)]) -> Answers {
    let mut answers = Answers::default();
    let mut inquiries = Vec::new();
    for (id, heard) in heard {
        match heard {
            Heard::AtOnce(known) => answers.remembered(*id, Records::clone(known.records())),
            Heard::Inquired(inquiry) => {
                answers.pending(*id);
                inquiries.push((*id, inquiry));
            }
        }
    }
    let mut patient = !inquiries.is_empty() && answers.begun();
    inquiries.sort_by_key(|(_, inquiry)| inquiry.took);
    for (id, inquiry) in inquiries {
        if patient && inquiry.took >= PRECEDENCE {
            answers.hurry();
            patient = false;
        }
        answers.answered(id, inquiry.found().ok());
    }
    answers
}

/// Why that connection is asked by no call of the agent, as far as the connection goes.
fn not_queried(connection: &Connection, bound: &[ConnectionId]) -> NotQueried {
    if connection.organisation.is_none() {
        NotQueried::NotConnected
    } else if !connection.enabled {
        NotQueried::Disabled
    } else if bound.contains(&connection.id) {
        NotQueried::NotAsked
    } else {
        NotQueried::NotBound
    }
}

fn source(
    connection: Connection,
    phonebook: Option<String>,
    spellings: Vec<String>,
    said: Option<Heard>,
    why_not: NotQueried,
) -> Source {
    let looked = said.is_some();
    let (in_phonebook, crm) = match said {
        None => (None, CrmSaid::NotQueried(why_not)),
        Some(Heard::AtOnce(AtOnce::InPhonebook(records))) => {
            let crm = CrmSaid::NotQueried(NotQueried::InPhonebook);
            (Some(records), crm)
        }
        Some(Heard::AtOnce(AtOnce::Remembered(records))) => {
            let crm = CrmSaid::Records {
                records: records.to_vec(),
                remembered: true,
                took: Duration::ZERO,
            };
            (None, crm)
        }
        Some(Heard::Inquired(inquiry)) => {
            let took = inquiry.took;
            let crm = match inquiry.crm {
                None => CrmSaid::NotQueried(NotQueried::InPhonebook),
                Some(Ok(told)) => CrmSaid::Records {
                    records: told.records.to_vec(),
                    remembered: told.remembered,
                    took,
                },
                Some(Err(failure)) => CrmSaid::Failed {
                    code: failure.code(),
                    words: failure.said().clone(),
                    took,
                },
            };
            (inquiry.in_phonebook.map(|known| known.records), crm)
        }
    };
    let phonebook = phonebook.filter(|_| looked).map(|name| PhonebookSaid {
        name,
        records: in_phonebook.map_or_else(Vec::new, |records| records.to_vec()),
    });
    Source {
        connection: connection.id,
        kind: connection.kind,
        phonebook,
        spellings,
        crm,
    }
}
