//! The way of a call through Linecard.
//!
//! A phone-system link reports events; the tracker makes calls of them; the rules decide; this
//! room carries the decisions out: it looks the caller up in the CRM, shows cards and opens
//! pages at the agents' Desks, and, when a call has ended, stores it together with a job for
//! the CRM in one transaction. The outbox's worker writes the job's entry into the CRM, again
//! and again by the CRM's own rules, until it stands there once.

mod alerts;
mod answers;
mod assign;
mod book;
mod call_ref;
mod card;
mod choices;
mod chooser;
mod connections;
mod create;
mod desk;
mod dial;
mod dial_search;
mod directory;
mod duty;
mod explain;
mod flow;
mod health;
mod imports;
mod journal;
mod keeping;
mod link;
mod lookups;
mod mail;
mod number_data;
mod organisation;
mod outbox;
mod paused;
mod phone_systems;
mod pick_up;
mod reconcile;
mod routing;
mod sync;
mod transfer;
mod webhooks;

pub use alerts::{AlertLanguage, AlertSettings, Alerts};
pub use call_ref::{CallRef, CallRefError};
pub use card::{Card, CardState, Choice, Contact, LookupState, MOST_CHOICES, PhonebookContact};
pub use chooser::{ChooseError, Match};
pub use connections::{
    AuthorizeError, Connections, ConsentAnswer, Disconnected, LastAuthorization, NotAuthorized,
    RefreshError, Trouble, TroubleKind, WaitingWrites,
};
pub use create::{ByHand, CreateError, Creating, MadeByHand, Undone};
pub use desk::{Desk, DeskEvent, DialStage, Dialling, Hello, LinkSummary, Presence, Seat};
pub use dial::{DialError, DialRequest, command_word, failure_word, refusal_word};
pub use dial_search::{
    AskedCrm, DialContact, DialFound, DialNumber, DialSearch, DialSearchFailure,
};
pub use duty::{
    DutyChoice, DutyRules, DutyWish, LONGEST_BREAK_REASON, LONGEST_WRAP_UP, MOST_BREAK_REASONS,
    UnknownReason,
};
pub use explain::{
    CrmSaid, Ending, ExplainError, Explanation, KeptOut, NotQueried, PhonebookSaid, Question,
    Recorded, Source, Tendency, Verdict, Winner,
};
pub use flow::{Flow, LiveCall, Parts};
pub use health::{
    Agents, Certificate, ConnectionHealth, DatabaseHealth, Disk, DiskSpace, Health, HealthProblem,
    Ill, LinkHealth, SystemDisks, UnreachableAgent,
};
pub use imports::{
    ImportError, ImportFolder, Imports, PlanFault, Preview, SampleColumn, SampleRow,
};
pub use keeping::{DataKeeping, KeepingDays, LONGEST_KEEPING};
pub use linecard_mail::{MailError, MailProblem, Security as MailSecurity};
pub use linecard_rules::dial::{Guards as DialGuards, Prefix as DialPrefix};
pub use linecard_rules::exclude::{Day, Exclusions, NumberPattern, NumberPatternError, Opening};
pub use mail::{Mail, MailSettings, SendMailError};
pub use number_data::{EraseNumberError, NumberRecords};
pub use organisation::{Organisation, PutOrganisationError};
pub use outbox::{Outbox, Undelivered};
pub use paused::{ConfirmError, Paused, PausedConnections, PausedId};
pub use phone_systems::{LinkStatus, PhoneSystems, ReloadError};
pub use pick_up::pick_up_word;
pub use routing::{Routed, Routing};
pub use sync::{PhonebookSync, SetUpSyncError, SyncStatus, SyncTarget};
pub use transfer::{TransferError, TransferRequest};
pub use webhooks::{
    DAYS_OF_FAILING, DAYS_OF_WAITING, UnknownWebhookEvent, WebhookEvent, WebhookTestError, Webhooks,
};
