//! What a phonebook and a CRM were asked, and what they said.

use std::collections::HashMap;
use std::time::Duration;

use linecard_crm::Record;
use linecard_flow::{CrmSaid, Explanation, Flow, Source};
use linecard_store::ConnectionId;
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use crate::api::CrmModule;
use crate::crm_advice::{CrmAdvice, told as told_words};

/// What people call the CRMs of an explanation.
pub(super) struct CrmNames(HashMap<ConnectionId, (String, String)>);

impl CrmNames {
    pub(super) fn of(told: &Explanation, flow: &Flow) -> Self {
        let connectors = flow.connections().connectors();
        let named = told.sources.iter().map(|source| {
            let connector = connectors.iter().find(|it| it.info().kind == source.kind);
            let name = connector.map_or(source.kind.as_str(), |it| it.info().name);
            (source.connection, (source.kind.clone(), name.to_owned()))
        });
        Self(named.collect())
    }

    /// The kind of that CRM; `None`: it is no longer connected.
    pub(super) fn kind(&self, id: ConnectionId) -> Option<String> {
        self.0.get(&id).map(|(kind, _)| kind.clone())
    }

    /// Its name for people.
    pub(super) fn name(&self, id: ConnectionId) -> String {
        let named = self.0.get(&id);
        named.map_or_else(String::new, |(_, name)| name.clone())
    }
}

/// One connection: its phonebook and its CRM.
#[derive(Serialize, ToSchema)]
pub(super) struct ExplainedSource {
    /// The connection's id.
    connection: String,
    /// The kind of CRM.
    #[schema(example = "salesforce")]
    crm: String,
    /// Its name for people.
    #[schema(example = "Salesforce")]
    name: String,
    /// What the phonebook it fills knows; `null`: it fills none, or nobody looked.
    #[schema(required)]
    phonebook: Option<ExplainedPhonebook>,
    /// The spellings that the CRM was searched for; `*` stands for any beginning.
    spellings: Vec<String>,
    /// Why the CRM was not asked: `not_connected`, `disabled`, `not_bound`, `not_asked`,
    /// `in_phonebook`; `null`: it was.
    #[schema(required)]
    not_asked: Option<&'static str>,
    /// The answer is one from shortly before.
    remembered: bool,
    /// How long it took, in milliseconds.
    #[schema(required)]
    took_ms: Option<u64>,
    /// What is wrong, where it could not be asked; stable.
    #[schema(required, example = "crm_unavailable")]
    failure: Option<&'static str>,
    /// What the CRM or the network said then. Data: to be shown as text.
    #[schema(required)]
    words: Option<String>,
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
    /// The records with the number, the best first; `null`: it gave no answer.
    #[schema(required)]
    records: Option<Vec<FoundRecord>>,
}

/// What a phonebook knows of the number.
#[derive(Serialize, ToSchema)]
struct ExplainedPhonebook {
    /// Its name.
    name: String,
    /// The records with the number.
    records: Vec<FoundRecord>,
}

/// A record with the number. Its texts are whatever somebody typed into the CRM: data, never
/// markup.
#[derive(Serialize, ToSchema)]
pub(super) struct FoundRecord {
    /// What kind of record.
    module: CrmModule,
    /// The CRM's id of it.
    id: String,
    /// Its name; may be empty.
    name: String,
    /// The company.
    #[schema(required)]
    company: Option<String>,
    /// The number, as it stands in the CRM.
    number: String,
    /// Its page.
    page: Url,
}

impl From<Record> for FoundRecord {
    fn from(record: Record) -> Self {
        Self {
            module: record.at.module.into(),
            id: record.at.id,
            name: record.name,
            company: record.company,
            number: record.number,
            page: record.page,
        }
    }
}

impl ExplainedSource {
    pub(super) fn of(source: Source, crms: &CrmNames) -> Self {
        let millis = |took: Duration| u64::try_from(took.as_millis()).ok();
        let mut told = Self {
            connection: source.connection.to_string(),
            name: crms.name(source.connection),
            crm: source.kind,
            phonebook: source.phonebook.map(|phonebook| ExplainedPhonebook {
                name: phonebook.name,
                records: found(phonebook.records),
            }),
            spellings: source.spellings,
            not_asked: None,
            remembered: false,
            took_ms: None,
            failure: None,
            words: None,
            advice: None,
            records: None,
        };
        match source.crm {
            CrmSaid::NotQueried(why) => told.not_asked = Some(why.code()),
            CrmSaid::Records {
                records,
                remembered,
                took,
            } => {
                told.records = Some(found(records));
                told.remembered = remembered;
                told.took_ms = millis(took);
            }
            CrmSaid::Failed { code, words, took } => {
                told.failure = Some(code);
                (told.words, told.advice) = told_words(Some(words));
                told.took_ms = millis(took);
            }
        }
        told
    }
}

pub(super) fn found(records: Vec<Record>) -> Vec<FoundRecord> {
    records.into_iter().map(FoundRecord::from).collect()
}
