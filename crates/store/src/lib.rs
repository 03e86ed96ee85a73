//! What is kept: accounts, settings, secrets, calls, what was written into a CRM, the outbox.
//!
//! A [`Store`] is a SQLite file or a PostgreSQL database; the callers cannot tell which. All
//! reading and writing happens inside a [`UnitOfWork`], which is one transaction: begin, change,
//! enqueue, commit. What is not committed leaves no trace. A unit of work hands out one
//! repository per kind of row (`unit.calls()`, `unit.jobs()`, ...), each in a file of its own.
//!
//! Every SQL text is written once and runs on both databases: placeholders are `$1`, ids and
//! JSON are TEXT, times are microseconds since 1970-01-01 UTC as BIGINT (whatever is finer is
//! cut off), yes and no are 1 and 0, digests and sealed secrets are bytes.
//!
//! Secrets are sealed by a [`Sealer`], whose key lies in a file beside the database and never
//! in it.

mod accounts;
mod alerts;
mod api_keys;
mod audit;
mod authorizations;
mod backup;
mod bindings;
mod calls;
mod choices;
mod connections;
mod contact_changes;
mod contacts;
mod created;
mod crm_users;
mod database;
mod devices;
mod duties;
mod entries;
mod error;
mod extension_groups;
mod extensions;
mod follow_ups;
mod handles;
mod id;
mod imports;
mod invitations;
mod jobs;
mod keeping;
mod node;
mod number_data;
mod open;
mod phone_systems;
mod phonebooks;
mod pops;
mod said;
mod sealer;
mod second_factors;
mod secrets;
mod sessions;
mod settings;
mod sign_in_links;
mod sounds;
mod store;
mod sync_progress;
mod unit;
mod webhooks;
mod word;

pub use accounts::{
    AccessMark, Account, AccountChange, Accounts, ChangeAccountError, CreateAccountError,
    NewAccount, Role,
};
pub use alerts::{Alert, Alerts};
pub use api_keys::{ApiKey, ApiKeys, NewApiKey};
pub use audit::{Audit, AuditEntry, AuditKind, Deed, LastChange, NewAuditEntry, acting_from};
pub use authorizations::{Authorization, Authorizations, NewAuthorization};
pub use backup::{
    BackupError, BackupFile, BackupFileError, Passphrase, RestoreError, Restored, WeakPassphrase,
};
pub use bindings::{Binding, Bindings, ReplaceBindingsError};
pub use calls::{
    CallFilter, Calls, CompanyFigures, Day, Figures, JournalFilter, LegFigures, StoredCall,
};
pub use choices::{Choices, Chosen, Subject};
pub use connections::{Checked, Connection, Connections, NewConnection, Probed, Problem};
pub use contact_changes::{ContactChanges, ContactFeed, ContactListener, ContactNews, FeedPlace};
pub use contacts::{
    Contact, ContactDetails, ContactError, ContactSearch, Contacts, CrmContact, Duplicates, Fresh,
    Imported, Like, Listing, SharedName, SkippedRecord, Unlisted, Written,
};
pub use created::{Begun, Creation, CreationState, Creations, NewCreation};
pub use crm_users::CrmUsers;
pub use devices::{
    Device, DeviceClient, DeviceCode, DeviceCodes, DeviceDials, DeviceTokens, Devices, KnownDial,
    NewDevice, NewDeviceCode, RefreshStanding, ShownRefresh,
};
pub use duties::{Duties, Duty, DutyState};
pub use entries::{Entries, Entry, EntryCounts, EntryState, StoredLate};
pub use error::{StoreError, UpdateError};
pub use extension_groups::{ExtensionGroup, ExtensionGroups, GroupBinding};
pub use extensions::{ExtensionEntry, Extensions};
pub use follow_ups::{FollowUp, FollowUpState, FollowUps};
pub use id::{
    AccountId, ApiKeyId, AuditId, ConnectionId, ContactId, CreationId, DeliveryId, DeviceId,
    ExtensionGroupId, IdError, ImportId, JobId, PhoneSystemId, PhonebookId, StoredCallId,
    WebhookId,
};
pub use imports::{
    Import, ImportFile, ImportFormat, ImportPlan, ImportProgress, ImportState, Imports, NewImport,
    OnDuplicate, Refusal,
};
pub use invitations::{DueInvitation, InvitationMail, Invitations, Invited};
pub use jobs::{Job, JobCounts, JobFilter, JobState, Jobs, Lease, NewJob, Wanted};
pub use keeping::{DataKind, Held, Keeping};
pub use node::{Node, NodeError};
pub use number_data::{NumberData, NumberPlace, Sought, Trace};
pub use open::OpenError;
pub use phone_systems::{Heard, NewPhoneSystem, PhoneSystem, PhoneSystems};
pub use phonebooks::{NotEditable, Phonebook, Phonebooks, SeenBy};
pub use pops::Pops;
pub use sealer::{Sealer, SealerError};
pub use second_factors::{SecondFactor, SecondFactors};
pub use sessions::{Session, Sessions};
pub use settings::Settings;
pub use sign_in_links::{LinkPurpose, SignInLinks};
pub use sounds::Sounds;
pub use store::Store;
pub use sync_progress::{ModuleProgress, SyncProgress, SyncTurn, SyncWish};
pub use unit::UnitOfWork;
pub use webhooks::{
    Deliveries, Delivery, DeliveryState, NewDelivery, Sent, WebhookChoice, WebhookDisabled,
    WebhookEndpoint, WebhookSecrets, Webhooks,
};
pub use word::WordError;
