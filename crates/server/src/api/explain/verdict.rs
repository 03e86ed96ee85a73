//! What the rules decide, and which record won.

use linecard_flow::{Ending, Tendency, Verdict, Winner};
use serde::Serialize;
use utoipa::ToSchema;

use super::source::{CrmNames, FoundRecord};

/// Whether something happens, and why.
#[derive(Serialize, ToSchema)]
pub(super) struct ExplainedVerdict {
    /// Whether it happens.
    happens: Happens,
    /// Why, where it does not or not at once; stable.
    #[schema(required, example = "signed_out")]
    reason: Option<&'static str>,
    /// The kind of CRM it happens in, or would.
    #[schema(required)]
    crm: Option<String>,
    /// The connection.
    #[schema(required)]
    connection: Option<String>,
    /// The record it happens with, or would.
    #[schema(required)]
    who: Option<FoundRecord>,
}

/// Whether something happens.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Happens {
    /// It does.
    Yes,
    /// It does once what the reason says has come.
    Later,
    /// It does not.
    No,
}

/// Whether a call is written, by how it ends.
#[derive(Serialize, ToSchema)]
pub(super) struct ExplainedLog {
    /// How it ends.
    ending: CallEnding,
    /// What becomes of it then.
    verdict: ExplainedVerdict,
}

/// How a call ends.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CallEnding {
    /// The two talk.
    Answered,
    /// The agent does not take it.
    Missed,
    /// As this one did, which is over.
    AsItDid,
}

/// The record that the outside party is taken for, and why.
#[derive(Serialize, ToSchema)]
pub(super) struct ExplainedWinner {
    /// The kind of CRM.
    #[schema(required)]
    crm: Option<String>,
    /// The record.
    record: FoundRecord,
    /// Why this CRM: `only_crm`, `first_crm`, `earlier_know_nobody`, `earlier_failed`.
    precedence: &'static str,
    /// Why this record of that CRM: `only_one`, `module`, `last_activity`, `last_modified`,
    /// `owner`, `crm_order`.
    decided_by: &'static str,
    /// Every record with the number, as the agent's chooser offers them.
    matches: Vec<ExplainedMatch>,
}

/// A record of one of the CRMs.
#[derive(Serialize, ToSchema)]
struct ExplainedMatch {
    /// The kind of CRM.
    #[schema(required)]
    crm: Option<String>,
    /// The record.
    record: FoundRecord,
}

impl ExplainedVerdict {
    pub(super) fn of(verdict: Verdict, crms: &CrmNames) -> Self {
        Self {
            happens: match verdict.tendency {
                Tendency::Yes => Happens::Yes,
                Tendency::Later => Happens::Later,
                Tendency::No => Happens::No,
            },
            reason: verdict.reason,
            crm: verdict.connection.and_then(|id| crms.kind(id)),
            connection: verdict.connection.map(|id| id.to_string()),
            who: verdict.who.map(FoundRecord::from),
        }
    }
}

impl ExplainedLog {
    pub(super) fn of(ending: Ending, verdict: Verdict, crms: &CrmNames) -> Self {
        Self {
            ending: match ending {
                Ending::Answered => CallEnding::Answered,
                Ending::Missed => CallEnding::Missed,
                Ending::AsItDid => CallEnding::AsItDid,
            },
            verdict: ExplainedVerdict::of(verdict, crms),
        }
    }
}

impl ExplainedWinner {
    pub(super) fn of(winner: Winner, crms: &CrmNames) -> Self {
        Self {
            crm: crms.kind(winner.connection),
            record: winner.record.into(),
            precedence: winner.precedence,
            decided_by: winner.decided_by.code(),
            matches: winner
                .matches
                .into_iter()
                .map(|(connection, record)| ExplainedMatch {
                    crm: crms.kind(connection),
                    record: record.into(),
                })
                .collect(),
        }
    }
}
