//! The unit of work: one transaction, and the repositories that work in it.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use crate::contact_changes::Changed;
use crate::database::{Row, Statement, Transaction, Value};
use crate::store::Shared;
use crate::{
    Accounts, Alerts, ApiKeys, Audit, Authorizations, Bindings, Calls, Choices, Connections,
    ContactFeed, Contacts, Creations, CrmUsers, Deliveries, DeviceCodes, DeviceDials, Devices,
    Duties, Entries, ExtensionGroups, Extensions, FollowUps, Imports, Invitations, Jobs, Keeping,
    NumberData, PhoneSystems, Phonebooks, Pops, SecondFactors, Sessions, Settings, SignInLinks,
    Sounds, StoreError, SyncProgress, Webhooks,
};

/// One transaction. Dropped without [`UnitOfWork::commit`] it has never been. After an error
/// it is of no more use: drop it.
pub struct UnitOfWork {
    transaction: Transaction,
    shared: Arc<Shared>,
    changed: Changed,
}

macro_rules! repositories {
    ($($(#[$doc:meta])* $method:ident: $type:ident),+ $(,)?) => {
        impl UnitOfWork {$(
            $(#[$doc])*
            pub fn $method(&mut self) -> $type<'_> {
                $type { unit: self }
            }
        )+}
    };
}

repositories! {
    /// The people who sign in.
    accounts: Accounts,
    /// Who is signed in.
    sessions: Sessions,
    /// One-time links.
    sign_in_links: SignInLinks,
    /// How far the invitations of people have come.
    invitations: Invitations,
    /// Second factors.
    second_factors: SecondFactors,
    /// Keys of programs.
    api_keys: ApiKeys,
    /// Programs that are bound to agents.
    devices: Devices,
    /// Codes that become such a program's first tokens.
    device_codes: DeviceCodes,
    /// Calls that such programs asked for.
    device_dials: DeviceDials,
    /// What the agents are at.
    duties: Duties,
    /// The company's extensions.
    extensions: Extensions,
    /// Groups of extensions.
    extension_groups: ExtensionGroups,
    /// The phone systems.
    phone_systems: PhoneSystems,
    /// The CRMs that are joined.
    connections: Connections,
    /// Consents that were asked for and not answered yet.
    authorizations: Authorizations,
    /// The people who use a CRM, as fetched last.
    crm_users: CrmUsers,
    /// Which extension is whose in a CRM.
    bindings: Bindings,
    /// The calls.
    calls: Calls,
    /// How the sound of calls was.
    sounds: Sounds,
    /// What is or will be written into CRMs.
    entries: Entries,
    /// The outbox.
    jobs: Jobs,
    /// Named settings.
    settings: Settings,
    /// What was chosen for a connection.
    choices: Choices,
    /// Records that were created for unknown numbers.
    creations: Creations,
    /// Tasks about calls that nobody answered.
    follow_ups: FollowUps,
    /// The phonebooks.
    phonebooks: Phonebooks,
    /// How pages open at the agents' clients.
    pops: Pops,
    /// The contacts of the phonebooks.
    contacts: Contacts,
    /// What any node changed in phonebooks.
    contact_feed: ContactFeed,
    /// Contacts that are taken out of files.
    imports: Imports,
    /// How far CRMs have been read into their phonebooks.
    sync_progress: SyncProgress,
    /// Troubles that people were told of.
    alerts: Alerts,
    /// Addresses outside that are told of calls.
    webhooks: Webhooks,
    /// What those are told.
    deliveries: Deliveries,
    /// Who did what.
    audit: Audit,
    /// What has been kept for long.
    keeping: Keeping,
    /// What is held about one number.
    number_data: NumberData,
}

impl UnitOfWork {
    pub(crate) fn new(transaction: Transaction, shared: Arc<Shared>) -> Self {
        Self {
            transaction,
            shared,
            changed: Changed::default(),
        }
    }

    /// Keeps everything that was changed. When it has returned, a power cut does not undo it;
    /// when it fails, nothing of it is kept, unless the connection to PostgreSQL broke at that
    /// very moment.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        let news = self.write_changes().await?;
        let committed = self.transaction.commit().await;
        match (news, &committed) {
            (Some(news), Ok(())) => news.tell(),
            (Some(news), Err(_)) => news.withdraw(),
            (None, _) => {}
        }
        committed
    }

    /// What was changed in phonebooks so far.
    pub(crate) fn changed(&mut self) -> &mut Changed {
        &mut self.changed
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    /// What outlives this unit of work.
    pub(crate) fn shared_arc(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// The transaction itself, for what concerns tables as such.
    pub(crate) fn transaction(&mut self) -> &mut Transaction {
        &mut self.transaction
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.transaction.is_postgres()
    }

    pub(crate) async fn execute(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, StoreError> {
        self.transaction.execute(sql, values).await
    }

    pub(crate) async fn row(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<Row>, StoreError> {
        self.transaction.row(sql, values).await
    }

    pub(crate) async fn rows(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, StoreError> {
        self.transaction.rows(sql, values).await
    }

    pub(crate) async fn rows_of(&mut self, statement: Statement) -> Result<Vec<Row>, StoreError> {
        self.transaction.rows_of(statement).await
    }

    pub(crate) async fn rows_in(
        &mut self,
        before: &'static str,
        values: Vec<Value>,
        after: &'static str,
    ) -> Result<Vec<Row>, StoreError> {
        self.transaction.rows_in(before, values, after).await
    }

    pub(crate) async fn rows_each(
        &mut self,
        before: &'static str,
        rows: Vec<Vec<Value>>,
        after: &'static str,
    ) -> Result<Vec<Row>, StoreError> {
        self.transaction.rows_each(before, rows, after).await
    }
}

impl fmt::Debug for UnitOfWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnitOfWork")
    }
}

/// The JSON of `value`, for `column`.
pub(crate) fn json<T: Serialize + ?Sized>(
    column: &'static str,
    value: &T,
) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable {
        column,
        words: error.to_string(),
    })
}
