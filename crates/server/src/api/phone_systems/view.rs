//! A phone system as it is shown: its settings without secrets, and how its link is.

use std::collections::BTreeMap;

use jiff::Timestamp;
use linecard_flow::{Flow, LinkStatus, LinkSummary};
use linecard_pbx::{LinkState, ProblemKind};
use linecard_store::{PhoneSystem as Stored, StoreError, UnitOfWork};
use serde::Serialize;
use utoipa::ToSchema;

/// A phone system.
#[derive(Serialize, ToSchema)]
pub(super) struct PhoneSystem {
    /// Its id.
    id: String,
    /// What it is.
    #[schema(example = "asterisk")]
    kind: String,
    /// What the company calls it.
    name: String,
    /// What was filled in, by name.
    settings: BTreeMap<String, String>,
    /// Which secrets are known, by name. They are never shown.
    secrets: BTreeMap<String, SecretState>,
    /// How its link is.
    link: Link,
    /// What it can be told to do.
    abilities: Abilities,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

/// Whether a secret is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SecretState {
    /// It is.
    Set,
    /// It is not.
    Unset,
}

impl SecretState {
    /// The state of each of `names`.
    pub(crate) fn of<'a>(
        names: impl Iterator<Item = &'a str>,
        known: &BTreeMap<String, String>,
    ) -> BTreeMap<String, Self> {
        names
            .map(|name| {
                let is_set = known.get(name).is_some_and(|secret| !secret.is_empty());
                let state = if is_set { Self::Set } else { Self::Unset };
                (name.to_owned(), state)
            })
            .collect()
    }
}

/// How the link to a phone system is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Link {
    /// In one word.
    state: LinkStateName,
    /// What answers, while it is up.
    #[schema(required, example = "Asterisk 22.10.1")]
    version: Option<String>,
    /// Why it is not up.
    #[schema(required)]
    problem: Option<LinkProblem>,
    /// What is wrong although it is up: a right is missing, an endpoint belongs to nobody.
    notices: Vec<LinkProblem>,
    /// Since when it is so.
    #[schema(required)]
    since: Option<Timestamp>,
}

/// How a link is, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LinkStateName {
    /// Being made.
    Connecting,
    /// Calls are seen.
    Up,
    /// Lost; it comes back by itself.
    Down,
    /// It will not come back before somebody acts.
    NeedsPerson,
}

/// What is wrong with a link.
#[derive(Serialize, ToSchema)]
pub(super) struct LinkProblem {
    /// Which kind of problem.
    kind: LinkProblemKind,
    /// The phone system's or the operating system's own words.
    words: String,
}

/// The kinds of problem of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LinkProblemKind {
    /// Nothing answers at the address.
    Unreachable,
    /// It answers, but it is no phone system of this kind.
    NotAPhoneSystem,
    /// The user name or the secret is wrong.
    WrongSecret,
    /// The user lacks a right; the words name it.
    MissingRight,
    /// The phone system is stopping or starting.
    Restarting,
    /// The link fell silent or was cut.
    Lost,
    /// What came over the link could not be understood.
    Garbled,
    /// Its call records cannot be read; the words say why.
    Records,
    /// Endpoints that belong to nobody have calls, which are not seen; the words name the first.
    UnknownEndpoint,
    /// Events of a kind that calls are made of never come; the words name the kind.
    MissingEvents,
    /// The store was restored from a backup, and nobody has confirmed the phone system since.
    Paused,
}

/// What a phone system can be told to do.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an ability of its own, asked for by its name"
)]
pub(crate) struct Abilities {
    /// A ringing phone can be answered from Desk.
    answer: bool,
    /// A call can be ended from Desk.
    hang_up: bool,
    /// A call can be placed from Desk.
    dial: bool,
    /// A call can be passed on from Desk.
    transfer: bool,
    /// A call that rings at the desk phone can be fetched to the softphone from Desk.
    pick_up: bool,
    /// It is a simulation: the pages must say so.
    simulation: bool,
}

impl From<linecard_pbx::Abilities> for Abilities {
    fn from(abilities: linecard_pbx::Abilities) -> Self {
        Self {
            answer: abilities.answer,
            hang_up: abilities.hang_up,
            dial: abilities.dial,
            transfer: abilities.transfer,
            pick_up: abilities.pick_up,
            simulation: abilities.simulation,
        }
    }
}

impl From<LinkSummary> for LinkStateName {
    fn from(summary: LinkSummary) -> Self {
        match summary {
            LinkSummary::Connecting => Self::Connecting,
            LinkSummary::Up => Self::Up,
            LinkSummary::Down => Self::Down,
            LinkSummary::NeedsPerson => Self::NeedsPerson,
        }
    }
}

impl From<ProblemKind> for LinkProblemKind {
    fn from(kind: ProblemKind) -> Self {
        match kind {
            ProblemKind::Unreachable => Self::Unreachable,
            ProblemKind::NotAPhoneSystem => Self::NotAPhoneSystem,
            ProblemKind::WrongSecret => Self::WrongSecret,
            ProblemKind::MissingRight => Self::MissingRight,
            ProblemKind::Restarting => Self::Restarting,
            ProblemKind::Lost => Self::Lost,
            ProblemKind::Garbled => Self::Garbled,
            ProblemKind::Records => Self::Records,
            ProblemKind::UnknownEndpoint => Self::UnknownEndpoint,
            ProblemKind::MissingEvents => Self::MissingEvents,
            ProblemKind::Paused => Self::Paused,
        }
    }
}

impl From<linecard_pbx::Problem> for LinkProblem {
    fn from(problem: linecard_pbx::Problem) -> Self {
        Self {
            kind: problem.kind.into(),
            words: problem.words,
        }
    }
}

impl From<Option<LinkStatus>> for Link {
    fn from(status: Option<LinkStatus>) -> Self {
        let since = status.as_ref().map(|status| status.since);
        let (state, notices) = status.map_or((LinkState::Connecting, Vec::new()), |status| {
            (status.state, status.notices)
        });
        let (state, version, problem) = match state {
            LinkState::Connecting => (LinkStateName::Connecting, None, None),
            LinkState::Up { version } => (LinkStateName::Up, Some(version), None),
            LinkState::Down(problem) => (LinkStateName::Down, None, Some(problem)),
            LinkState::NeedsPerson(problem) => (LinkStateName::NeedsPerson, None, Some(problem)),
        };
        Self {
            state,
            version,
            problem: problem.map(LinkProblem::from),
            notices: notices.into_iter().map(LinkProblem::from).collect(),
            since,
        }
    }
}

impl PhoneSystem {
    /// Shows what is stored together with how its link is now.
    pub(super) async fn of(
        flow: &Flow,
        work: &mut UnitOfWork,
        stored: Stored,
    ) -> Result<Self, StoreError> {
        let known = work.phone_systems().secrets(stored.id).await?;
        let names = super::kind(flow, &stored.kind).map_or(&[][..], |kind| kind.secrets());
        let status = flow.phone_systems().status(stored.id);
        Ok(Self {
            id: stored.id.to_string(),
            kind: stored.kind,
            name: stored.name,
            settings: stored.settings,
            secrets: SecretState::of(names.iter().copied(), &known),
            abilities: status
                .as_ref()
                .map(|status| status.abilities)
                .unwrap_or_default()
                .into(),
            link: status.into(),
            version: stored.version,
        })
    }
}
