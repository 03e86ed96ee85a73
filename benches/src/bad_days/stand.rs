//! The stand-ins, seen alike.

mod salesforce;

use async_trait::async_trait;
use jiff::Timestamp;
use linecard_crm::{CallDirection, Grant};
use linecard_store::{ConnectionId, UnitOfWork};

/// How many people each CRM knows.
pub(super) const PEOPLE: usize = crate::company::CONTACTS;

/// Something that can go wrong at one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trouble {
    /// Its name on the wire.
    pub(super) name: &'static str,
    /// How many requests it spoils.
    pub(super) times: u32,
    /// Nothing is written until a person has acted.
    pub(super) needs_person: bool,
    /// It is felt for minutes.
    pub(super) lasts: bool,
}

/// A call as it stands in a CRM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Logged {
    pub(super) key: String,
    /// Which agent owns it; `None`: who gave consent.
    pub(super) agent: Option<usize>,
    /// Which of its people it is about.
    pub(super) person: Option<usize>,
    pub(super) direction: CallDirection,
    pub(super) answered: bool,
    pub(super) talk_seconds: u64,
    /// When it started, where the CRM keeps that.
    pub(super) started: Option<Timestamp>,
}

/// A stand-in CRM that knows [`PEOPLE`] people and every agent.
#[async_trait]
pub(super) trait Stand: Send + Sync {
    /// The kind of CRM.
    fn kind(&self) -> &'static str;

    /// Joins it, as an admin would, and binds the agents.
    async fn join(&self, unit: &mut UnitOfWork) -> anyhow::Result<ConnectionId>;

    /// A new consent, for CRMs where it is given on a page.
    fn grant(&self) -> anyhow::Result<Option<Grant>>;

    /// What a person switched off at the CRM is on again.
    fn allow_again(&self) {}

    /// What can go wrong; without what lasts for minutes when it is to be `short`.
    fn troubles(&self, short: bool) -> Vec<Trouble>;

    /// Lets it go wrong.
    fn disturb(&self, trouble: Trouble);

    /// Nothing goes wrong any more that has not yet.
    fn calms_down(&self);

    /// How often what went wrong.
    fn fired(&self) -> Vec<(&'static str, u64)>;

    /// The calls that stand there.
    fn logged(&self) -> Vec<Logged>;
}

/// All of them, the first in precedence first.
pub(super) async fn all() -> anyhow::Result<Vec<Box<dyn Stand>>> {
    Ok(vec![Box::new(salesforce::Salesforce::start().await?)])
}
