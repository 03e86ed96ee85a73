//! The CRM of a company, seen from inside and from outside.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use linecard_crm::{CallDirection, Crm, Module, RecordRef};
use url::Url;

/// A stand-in with a connection to it.
#[async_trait]
pub trait Company: Send + Sync + Sized {
    /// A new one: nobody in it but its users, nothing wrong with it, the index up to date.
    async fn found() -> Self;

    /// The connection that is tested.
    fn crm(&self) -> Arc<dyn Crm>;

    /// The CRM's ids of two active users, neither of whom gave consent.
    fn agents(&self) -> [String; 2];

    /// Whether the CRM has such records, and what they are called in it does not matter.
    fn has(&self, module: Module) -> bool;

    /// A number of records that fills more than one page of what changed.
    fn more_than_a_page(&self) -> usize {
        450
    }

    /// Puts a record in, as somebody would who typed it.
    fn put(&self, seed: &Seed) -> RecordRef;

    /// How many records of the three modules there are.
    fn records(&self) -> usize;

    /// The name of a record as it stands there, and its numbers; `None` when it is gone.
    fn record(&self, at: &RecordRef) -> Option<Seed>;

    /// Gives a record another name.
    fn rename(&self, at: &RecordRef, name: &str);

    /// Deletes a record.
    fn delete(&self, at: &RecordRef);

    /// Somebody who reads a call types a paragraph below its text.
    fn type_below(&self, call: &str, paragraph: &str);

    /// The user may not own anything any more.
    fn deactivate(&self, user: &str);

    /// The calls that stand there, the oldest first.
    fn calls(&self) -> Vec<Written>;

    /// The tasks that stand there and are no calls.
    fn tasks(&self) -> Vec<WrittenTask>;

    /// Lets something go wrong with the next `times` requests it is for (0: until the end of the
    /// test). `false`: this CRM cannot have that trouble.
    fn trouble(&self, trouble: Trouble, times: u32) -> bool;

    /// How often troubles of this kind have come so far.
    fn troubled(&self, trouble: Trouble) -> u64;

    /// Requests to the CRM's interface so far.
    fn requests(&self) -> u64;

    /// Lets the time pass that an index, or a request whose answer was lost, may take.
    async fn settle(&self);
}

/// A record as somebody typed it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed {
    /// What kind.
    pub module: Module,
    /// The whole name. Its last word is the last name, where the CRM wants one.
    pub name: String,
    /// Its numbers: at work, carried along, in this order; at most two. An account has one.
    pub numbers: Vec<String>,
    /// The CRM's id of the user who owns it.
    pub owner: Option<String>,
}

impl Seed {
    /// A contact with one number.
    #[must_use]
    pub fn contact(name: &str, number: &str) -> Self {
        Self {
            module: Module::Contact,
            name: name.to_owned(),
            numbers: vec![number.to_owned()],
            owner: None,
        }
    }

    /// The same as another kind of record.
    #[must_use]
    pub fn of(self, module: Module) -> Self {
        Self { module, ..self }
    }
}

/// Something that can go wrong at a CRM.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// An answer of 503 with a page of HTML; nothing is done.
    Unavailable,
    /// A write is done, then the connection closes without an answer.
    CutAfterCommit,
    /// Too many requests: of the minute or of the day. Nothing is done.
    Throttled,
    /// The access tokens given out so far end; they can be renewed.
    TokensExpire,
    /// The consent is taken back.
    ConsentRevoked,
    /// A rule of the organisation turns calls down in words that hold `a rule of ours`.
    ValidationRule,
    /// The organisation lets no second record with a number in.
    DuplicateRule,
    /// The index lags: what was just written is not found by searching.
    IndexLag,
}

/// A call as it stands in the CRM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The CRM's id.
    pub id: String,
    /// One line.
    pub subject: String,
    /// The text as a person reads it: entities decoded, without the line of our key.
    pub text: String,
    /// Who called whom.
    pub direction: CallDirection,
    /// Whether they talked, as the CRM tells it.
    pub answered: bool,
    /// When it started, where the CRM keeps that to the second.
    pub started: Option<Timestamp>,
    /// How long they talked, in seconds.
    pub talk_seconds: u64,
    /// The user who owns it.
    pub owner: String,
    /// The records it stands at.
    pub at: Vec<RecordRef>,
    /// Where the recording is, where the CRM has a place of its own for that.
    pub recording: Option<Url>,
}

/// A task as it stands in the CRM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenTask {
    /// The CRM's id.
    pub id: String,
    /// One line.
    pub subject: String,
    /// The user who is to do it.
    pub owner: String,
    /// The records it stands at.
    pub at: Vec<RecordRef>,
    /// Whether it is still to be done.
    pub open: bool,
}
