//! What becomes of a call, and why, as people read it.

use jiff::Timestamp;
use linecard_flow::{Explanation as Explained, Flow, KeptOut, Recorded};
use linecard_number::{Explained as Read, Reading};
use linecard_store::{Creation, CreationState};
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use super::source::{CrmNames, ExplainedSource};
use super::verdict::{ExplainedLog, ExplainedVerdict, ExplainedWinner};
use crate::api::EntryState;
use crate::call_terms::Direction;
use crate::crm_advice::{CrmAdvice, told};

/// What becomes of a call, and why. Words such as `not_bound` are stable, for a text in the
/// reader's language. Names are whatever somebody typed into a CRM: data, never markup.
#[derive(Serialize, ToSchema)]
pub(super) struct Explanation {
    /// The outside party's number, as it was given.
    number: String,
    /// Who calls whom.
    direction: Direction,
    /// The agent; `null`: no extension is bound to a user of any CRM.
    #[schema(required)]
    extension: Option<String>,
    /// Who sits there.
    #[schema(required)]
    extension_name: Option<String>,
    /// The company's number that is called.
    #[schema(required)]
    did: Option<String>,
    /// The trunk it comes over.
    #[schema(required)]
    trunk: Option<String>,
    /// When the call begins.
    at: Timestamp,
    /// How the number was read.
    reading: ExplainedNumber,
    /// Why no CRM is asked who that is; `null`: they are asked.
    #[schema(required, example = "not_bound")]
    not_asked: Option<&'static str>,
    /// Every connection with what it was asked and said, in the order of precedence.
    sources: Vec<ExplainedSource>,
    /// Who has the number in phonebooks that no CRM fills: the first names a caller whom no CRM
    /// knows.
    named: Vec<NamedContact>,
    /// Who the outside party is; `null`: nobody is known.
    #[schema(required)]
    winner: Option<ExplainedWinner>,
    /// Whether a page opens when it rings.
    pop: ExplainedVerdict,
    /// Whether it is written into a CRM, by how it ends.
    log: Vec<ExplainedLog>,
    /// Whether the record comes into the CRM's phonebook.
    sync: ExplainedVerdict,
    /// Whether a record is created.
    create: ExplainedVerdict,
    /// What Linecard created for this number before, the newest first.
    created: Vec<ExplainedCreation>,
    /// What was kept of the call, where one that was is explained.
    #[schema(required)]
    recorded: Option<ExplainedRecord>,
}

/// A contact of a phonebook that no CRM fills.
#[derive(Serialize, ToSchema)]
struct NamedContact {
    /// The name.
    name: String,
    /// The company.
    #[schema(required)]
    company: Option<String>,
    /// The phonebook's name.
    phonebook: String,
}

/// How a number was read.
#[derive(Serialize, ToSchema)]
struct ExplainedNumber {
    /// What it is.
    kind: NumberKind,
    /// The international form, by which numbers are compared.
    #[schema(required, example = "+14155550134")]
    e164: Option<String>,
    /// As people of the company's country write it.
    #[schema(required, example = "(415) 555-0134")]
    shown: Option<String>,
    /// The country it belongs to, in two letters.
    #[schema(required, example = "US")]
    country: Option<String>,
    /// An extension of the other company that was written behind it.
    #[schema(required)]
    behind: Option<String>,
    /// By which rule it was read: `international`, `national`, `area_code`, `lost_plus`,
    /// `outside_prefix`.
    #[schema(required, value_type = Option<String>, example = "national")]
    rule: Option<linecard_number::Rule>,
    /// Whether the country's numbering plan knows the number; else only its length is right.
    known: bool,
    /// Whether the company keeps it out of its CRMs.
    #[schema(required)]
    kept_out: Option<NumberKeptOut>,
}

/// What a text is as a number.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NumberKind {
    /// A number of the public network.
    Phone,
    /// An extension of the company.
    Extension,
    /// A short code.
    ShortCode,
    /// The caller withheld the number.
    Withheld,
    /// No number.
    Unreadable,
}

/// Why the company keeps a number out.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NumberKeptOut {
    /// It is one of its own.
    Own,
    /// No CRM is asked about it.
    NeverLookedUp,
    /// Nothing is written about it.
    NeverLogged,
}

/// A record that Linecard created for the number, or was to.
#[derive(Serialize, ToSchema)]
struct ExplainedCreation {
    /// The kind of CRM.
    #[schema(required)]
    crm: Option<String>,
    /// When.
    at: Timestamp,
    /// How far it has come: `under_way`, `created`, `matched`, `failed`, `removed`.
    state: &'static str,
    /// The record's name.
    name: String,
    /// The agent on whose behalf.
    extension: String,
    /// An agent created it; else it was created by itself.
    by_hand: bool,
    /// Its page in the CRM.
    #[schema(required)]
    page: Option<Url>,
    /// The CRM's words, where it refused.
    #[schema(required)]
    words: Option<String>,
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
}

/// What was kept of an agent's part of a call.
#[derive(Serialize, ToSchema)]
struct ExplainedRecord {
    /// Names the entry, by which it can be given to a record; `null`: none was to be written.
    #[schema(required)]
    entry: Option<String>,
    /// How far the entry is.
    #[schema(required)]
    state: Option<EntryState>,
    /// Why it is so.
    #[schema(required, example = "not_bound")]
    reason: Option<String>,
    /// The CRM's own words, where it refused.
    #[schema(required)]
    words: Option<String>,
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
    /// The kind of CRM it is for.
    #[schema(required)]
    crm: Option<String>,
    /// Who the call was with.
    #[schema(required)]
    who_name: Option<String>,
    /// Whether that is another record than the one that wins today: a person chose it, or the CRM
    /// has changed since.
    another: bool,
    /// When it was decided, or has last changed.
    #[schema(required)]
    at: Option<Timestamp>,
    /// Nobody listened when the call ended: it was found in the phone system's own records.
    reconciled: bool,
}

impl Explanation {
    pub(super) fn of(told: Explained, flow: &Flow) -> Self {
        let crms = CrmNames::of(&told, flow);
        let winner = told.winner;
        let recorded = told.recorded.map(|recorded| {
            let best = winner.as_ref().map(|it| &it.record.at);
            let who = recorded.entry.as_ref().and_then(|it| it.who.as_ref());
            let another = who.is_some_and(|who| best.is_some_and(|best| *best != who.at));
            ExplainedRecord::of(recorded, another, &crms)
        });
        Self {
            number: told.question.number,
            direction: told.question.direction.into(),
            extension: told.question.extension.map(Into::into),
            extension_name: told.agent_name,
            did: told.question.did,
            trunk: told.question.trunk,
            at: told.at,
            reading: ExplainedNumber::of(&told.read, told.kept_out),
            not_asked: told.not_asked.map(linecard_rules::lookup::NotAsked::code),
            pop: ExplainedVerdict::of(told.pop, &crms),
            log: told
                .log
                .into_iter()
                .map(|(ending, verdict)| ExplainedLog::of(ending, verdict, &crms))
                .collect(),
            sync: ExplainedVerdict::of(told.sync, &crms),
            create: ExplainedVerdict::of(told.create, &crms),
            created: told
                .created
                .into_iter()
                .map(|creation| ExplainedCreation::of(creation, &crms))
                .collect(),
            recorded,
            named: told
                .named
                .into_iter()
                .map(|contact| NamedContact {
                    name: contact.name,
                    company: contact.company,
                    phonebook: contact.phonebook,
                })
                .collect(),
            winner: winner.map(|winner| ExplainedWinner::of(winner, &crms)),
            sources: told
                .sources
                .into_iter()
                .map(|source| ExplainedSource::of(source, &crms))
                .collect(),
        }
    }
}

impl ExplainedNumber {
    fn of(read: &Read, kept_out: Option<KeptOut>) -> Self {
        let phone = match &read.reading {
            Reading::Phone(phone) => Some(phone),
            _ => None,
        };
        Self {
            kind: match read.reading {
                Reading::Phone(_) => NumberKind::Phone,
                Reading::Extension(_) => NumberKind::Extension,
                Reading::ShortCode(_) => NumberKind::ShortCode,
                Reading::Withheld => NumberKind::Withheld,
                Reading::Unreadable => NumberKind::Unreadable,
            },
            e164: phone.map(|phone| phone.e164.to_string()),
            shown: phone.map(|phone| phone.shown.clone()),
            country: phone
                .and_then(linecard_number::Phone::country)
                .map(|country| country.to_string()),
            behind: phone.and_then(|phone| phone.extension.clone()),
            rule: read.rule,
            known: read.known,
            kept_out: kept_out.map(|why| match why {
                KeptOut::Own => NumberKeptOut::Own,
                KeptOut::NeverLookedUp => NumberKeptOut::NeverLookedUp,
                KeptOut::NeverLogged => NumberKeptOut::NeverLogged,
            }),
        }
    }
}

impl ExplainedCreation {
    fn of(creation: Creation, crms: &CrmNames) -> Self {
        let new = creation.new;
        let (name, page) = match creation.record {
            Some(record) => (record.name, Some(record.page)),
            None => (format!("{} {}", new.first_name, new.last_name), None),
        };
        let (words, advice) = told(creation.words);
        Self {
            crm: crms.kind(creation.connection),
            at: creation.created,
            state: match creation.state {
                CreationState::UnderWay => "under_way",
                CreationState::Created => "created",
                CreationState::Matched => "matched",
                CreationState::Failed => "failed",
                CreationState::Removed => "removed",
            },
            name: name.trim().to_owned(),
            extension: creation.agent.into(),
            by_hand: creation.account.is_some(),
            page,
            words,
            advice,
        }
    }
}

impl ExplainedRecord {
    fn of(recorded: Recorded, another: bool, crms: &CrmNames) -> Self {
        let entry = recorded.entry;
        let state = entry.as_ref().map(|entry| entry.state.into());
        let of = |part: fn(&linecard_store::Entry) -> Option<String>| entry.as_ref().and_then(part);
        let said = entry.as_ref().and_then(|entry| entry.words.clone());
        let (words, advice) = told(said);
        Self {
            reason: of(|entry| entry.reason.clone()),
            words,
            advice,
            who_name: of(|entry| entry.who.as_ref().map(|who| who.name.clone())),
            entry: of(|entry| Some(entry.key.as_str().to_owned())),
            crm: entry.as_ref().and_then(|entry| crms.kind(entry.connection)),
            at: entry.as_ref().map(|entry| entry.updated),
            state,
            another,
            reconciled: recorded.reconciled,
        }
    }
}
