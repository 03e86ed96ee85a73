//! What a connector reports while its link runs.

use jiff::Timestamp;
use linecard_call::Event;
use linecard_number::Extension;

/// Where a connector sends its reports. Bounded: when the reader lags the connector waits, and
/// a phone system that then cuts the link is joined again by resync.
pub type Reports = tokio::sync::mpsc::Sender<Vec<Report>>;

/// One report.
#[derive(Debug, Clone, PartialEq)]
pub enum Report {
    /// The link came up, went down, or needs a person.
    Link(LinkState),
    /// Something is wrong that does not end the link: a right is missing, a message could not
    /// be read. It holds until the link goes down, or until another of its kind.
    Notice(Problem),
    /// Something happened at the phone system.
    Event {
        /// When it happened, by this machine's clock: the time of arrival, or what a resync
        /// tells of the past.
        at: Timestamp,
        /// What happened.
        event: Event,
    },
    /// From now on a queue has one more member: a phone of this extension.
    JoinedQueue(Extension),
}

/// How the link is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkState {
    /// Dialling the phone system, for the given time since the start or the last success.
    Connecting,
    /// Events flow.
    Up {
        /// What answered: `Asterisk 22.10.1`.
        version: String,
    },
    /// Lost; it is tried again by itself.
    Down(Problem),
    /// It will not come back by itself: a wrong secret, a missing right.
    NeedsPerson(Problem),
}

/// What is wrong with a link, for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which kind, so that the pages can say it in the reader's language.
    pub kind: ProblemKind,
    /// The phone system's or the operating system's own words.
    pub words: String,
}

/// The kinds of problem of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// Nothing answers at the address.
    Unreachable,
    /// It answers, but it is no phone system of this kind.
    NotAPhoneSystem,
    /// The user name or the secret is wrong.
    WrongSecret,
    /// The user lacks a right; `words` names it.
    MissingRight,
    /// The phone system is stopping or starting.
    Restarting,
    /// The link fell silent or was cut.
    Lost,
    /// What came over the link could not be understood.
    Garbled,
    /// The phone system's own call records cannot be read: calls that ended while the link was
    /// down may be missing.
    Records,
    /// There are channels of endpoints that belong to nobody, so that their calls are not seen;
    /// `words` names the first.
    UnknownEndpoint,
    /// Events of a kind that calls are made of never come; `words` names the kind.
    MissingEvents,
    /// The store was restored from a backup, and nobody has confirmed the phone system since.
    Paused,
}
