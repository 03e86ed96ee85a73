//! What an admin chooses about a phonebook, and into which it goes (F1, F5, F7, F19).

use linecard_crm::Module;
use linecard_rules::sync::{Options, Scope};
use linecard_store::{
    AccountId, AuditKind, Chosen, Connection, ConnectionId, Deed, LastChange, Phonebook,
    PhonebookId, StoreError, SyncWish, UnitOfWork, UpdateError,
};

use super::PhonebookSync;

/// Which phonebook a CRM fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyncTarget {
    /// The one it fills already.
    Keep,
    /// A new one of this name.
    New(String),
    /// This one, which must be empty.
    Existing(PhonebookId),
}

/// The choices cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum SetUpSyncError {
    /// There is no such connection.
    #[error("there is no such connection")]
    NoConnection,
    /// No module is chosen.
    #[error("at least one module has to be chosen")]
    NoModules,
    /// No phonebook is chosen, and there is none.
    #[error("a phonebook has to be chosen")]
    NoTarget,
    /// The new phonebook has no name.
    #[error("the phonebook needs a name")]
    NoName,
    /// Another phonebook has that name.
    #[error("there is a phonebook of that name")]
    NameTaken,
    /// There is no such phonebook.
    #[error("there is no such phonebook")]
    NoPhonebook,
    /// The phonebook is not empty (F7).
    #[error("the phonebook has {contacts} contacts; only an empty one can be filled by a CRM")]
    NotEmpty {
        /// How many it has.
        contacts: u64,
    },
    /// Another connection fills it.
    #[error("another CRM fills that phonebook")]
    OtherConnection,
    /// Somebody else changed the choices meanwhile: who, where it was written down.
    #[error("somebody else changed this meanwhile")]
    Conflict(Option<LastChange>),
    /// They could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PhonebookSync {
    /// Takes the choices for a connection, whose version is still `version`, and begins to fill
    /// the phonebook. Modules that are not chosen any more go from it at once; so do those who
    /// never called, where only those who called are kept from now on. What is done `by` an admin
    /// is written down.
    pub async fn set_up(
        &self,
        id: ConnectionId,
        version: i64,
        target: SyncTarget,
        options: &Options,
        by: Option<AccountId>,
    ) -> Result<(), SetUpSyncError> {
        if options.on && options.modules.is_empty() {
            return Err(SetUpSyncError::NoModules);
        }
        let flow = &self.0;
        let mut unit = flow.store().begin().await?;
        // First of all, because a round that is under way on another node waits for this, and then
        // sees that the choices are others.
        unit.sync_progress().hurry(id, SyncWish::Everything).await?;
        let connection = unit.connections().get(id).await?;
        let connection = connection.ok_or(SetUpSyncError::NoConnection)?;
        let before = unit.phonebooks().of_connection(id).await?;
        let phonebook = choose(&mut unit, &connection, before.as_ref(), target).await?;
        if options.on && phonebook.is_none() {
            return Err(SetUpSyncError::NoTarget);
        }
        let old: Chosen<Options> = unit.choices().get(id).await?;
        let kind = AuditKind::CrmPhonebookChange;
        match unit.choices().put(id, version, options).await {
            Ok(()) => {}
            Err(UpdateError::Conflict) => {
                let last = unit.audit().last(kind, &connection.kind).await?;
                return Err(SetUpSyncError::Conflict(last));
            }
            Err(UpdateError::Store(error)) => return Err(error.into()),
        }
        if let Some(account) = by {
            let deed = Deed {
                account,
                kind,
                subject: connection.kind.clone(),
                amount: None,
            };
            unit.audit().done(&deed).await?;
        }
        if let Some(phonebook) = phonebook {
            if before.is_some_and(|before| before.id != phonebook) {
                unit.sync_progress().forget(id, None).await?;
                unit.contacts().forget_skipped(id, None).await?;
            }
            tidy(&mut unit, id, phonebook, &old.value, options).await?;
        }
        unit.commit().await?;
        flow.directory_changed().await?;
        flow.shared().sync.notify_one();
        Ok(())
    }
}

/// The phonebook that the connection fills from now on.
async fn choose(
    unit: &mut UnitOfWork,
    connection: &Connection,
    before: Option<&Phonebook>,
    target: SyncTarget,
) -> Result<Option<PhonebookId>, SetUpSyncError> {
    let id = match target {
        SyncTarget::Keep => return Ok(before.map(|before| before.id)),
        SyncTarget::New(name) => {
            let name = name.trim();
            if name.is_empty() {
                return Err(SetUpSyncError::NoName);
            }
            let made = unit.phonebooks().create(name).await?;
            made.ok_or(SetUpSyncError::NameTaken)?.id
        }
        SyncTarget::Existing(id) if before.is_some_and(|before| before.id == id) => {
            return Ok(Some(id));
        }
        SyncTarget::Existing(id) => {
            let phonebook = unit.phonebooks().get(id).await?;
            let phonebook = phonebook.ok_or(SetUpSyncError::NoPhonebook)?;
            if phonebook.connection.is_some() {
                return Err(SetUpSyncError::OtherConnection);
            }
            let contacts = unit.contacts().count(id).await?;
            if contacts > 0 {
                return Err(SetUpSyncError::NotEmpty { contacts });
            }
            id
        }
    };
    unit.phonebooks()
        .connect(id, connection.id, &connection.kind)
        .await?;
    Ok(Some(id))
}

/// Takes out what the new choices do not keep, and has what they newly keep read from the first
/// record.
async fn tidy(
    unit: &mut UnitOfWork,
    id: ConnectionId,
    phonebook: PhonebookId,
    old: &Options,
    new: &Options,
) -> Result<(), StoreError> {
    for module in [Module::Contact, Module::Lead, Module::Account] {
        if !new.modules.contains(&module) {
            unit.contacts().remove_module(phonebook, module).await?;
            unit.contacts().forget_skipped(id, Some(module)).await?;
            unit.sync_progress().forget(id, Some(module)).await?;
        }
    }
    if old.scope != new.scope {
        unit.sync_progress().forget(id, None).await?;
        if new.scope == Scope::Called {
            unit.contacts().remove_uncalled(phonebook).await?;
            unit.contacts().forget_skipped(id, None).await?;
        }
    }
    Ok(())
}
