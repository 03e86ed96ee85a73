//! The words of the API for what happens in a call, shared by the call list and Desk.

use serde::Serialize;
use utoipa::ToSchema;

/// Who called whom, seen from the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Direction {
    /// From outside to an extension.
    Inbound,
    /// From an extension to outside.
    Outbound,
    /// Between extensions.
    Internal,
}

/// Which side of a call an extension was on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LegRole {
    /// It placed the call.
    Caller,
    /// It was rung.
    Agent,
}

/// What became of an extension's part in a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LegOutcome {
    /// It was connected with the other party.
    Answered,
    /// It rang its own time out, or the caller gave up.
    Missed,
    /// Its phone was busy, or the number it called was.
    Busy,
    /// It refused the call.
    Declined,
    /// It placed a call and gave up before it was answered.
    Cancelled,
    /// Another agent took the call while this one rang.
    Elsewhere,
    /// It had the call and passed it on.
    Transferred,
}

impl From<linecard_call::Direction> for Direction {
    fn from(direction: linecard_call::Direction) -> Self {
        use linecard_call::Direction as From;
        match direction {
            From::Inbound => Self::Inbound,
            From::Outbound => Self::Outbound,
            From::Internal => Self::Internal,
        }
    }
}

impl From<linecard_call::LegRole> for LegRole {
    fn from(role: linecard_call::LegRole) -> Self {
        match role {
            linecard_call::LegRole::Caller => Self::Caller,
            linecard_call::LegRole::Agent => Self::Agent,
        }
    }
}

impl From<linecard_call::LegOutcome> for LegOutcome {
    fn from(outcome: linecard_call::LegOutcome) -> Self {
        use linecard_call::LegOutcome as From;
        match outcome {
            From::Answered => Self::Answered,
            From::Missed => Self::Missed,
            From::Busy => Self::Busy,
            From::Declined => Self::Declined,
            From::Cancelled => Self::Cancelled,
            From::Elsewhere => Self::Elsewhere,
            From::Transferred => Self::Transferred,
        }
    }
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CallOutcome {
    /// The two sides were connected.
    Answered,
    /// A call from outside that nobody took.
    Missed,
    /// The called side was busy.
    Busy,
    /// It could not be set up.
    Failed,
    /// It was given up before it was answered.
    Cancelled,
}

impl From<linecard_call::Outcome> for CallOutcome {
    fn from(outcome: linecard_call::Outcome) -> Self {
        match outcome {
            linecard_call::Outcome::Answered => Self::Answered,
            linecard_call::Outcome::Missed => Self::Missed,
            linecard_call::Outcome::Busy => Self::Busy,
            linecard_call::Outcome::Failed => Self::Failed,
            linecard_call::Outcome::Cancelled => Self::Cancelled,
        }
    }
}

impl Direction {
    /// Its word, as JSON has it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Internal => "internal",
        }
    }
}

impl CallOutcome {
    /// Its word, as JSON has it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Missed => "missed",
            Self::Busy => "busy",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}
