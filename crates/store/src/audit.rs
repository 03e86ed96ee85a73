//! Who did what that costs money, cannot be undone, or concerns everyone.
//!
//! An entry about a call is written before the deed and completed after it, so that a deed never
//! goes unwritten; one without a result was under way when Linecard was stopped. An entry about
//! what is kept here is written in the unit of work that changes it.

mod address;

use std::net::IpAddr;

use jiff::Timestamp;
use linecard_number::Extension;

pub use self::address::acting_from;

use crate::database::{Row, values};
use crate::word::words;
use crate::{AccountId, AuditId, PhoneSystemId, StoreError, UnitOfWork};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditKind {
    /// A call was placed, or asked for and refused.
    Dial,
    /// A call was passed on to somebody, or that was asked for and refused.
    Transfer,
    /// A softphone said what it may not, and was let go.
    SoftphoneRefuse,
    /// A phonebook was made.
    PhonebookCreate,
    /// A phonebook has another name, or others see it.
    PhonebookChange,
    /// A phonebook was deleted with its contacts.
    PhonebookDelete,
    /// A contact was added.
    ContactCreate,
    /// A contact was changed.
    ContactChange,
    /// Contacts were deleted.
    ContactsDelete,
    /// Contacts were moved to another phonebook.
    ContactsMove,
    /// Contacts were made one.
    ContactsMerge,
    /// Calls were written into a file.
    CallsExport,
    /// Somebody was invited.
    AccountCreate,
    /// An account's name, address, role, extension or language was changed.
    AccountChange,
    /// Nobody may sign in with an account any more.
    AccountDisable,
    /// An account may be used again.
    AccountEnable,
    /// An account was removed.
    AccountDelete,
    /// A link was made that signs somebody in.
    AccountLink,
    /// An invitation was mailed once more.
    AccountInvite,
    /// Somebody chose a password.
    PasswordChange,
    /// Somebody began to use a second factor.
    SecondFactorOn,
    /// Somebody uses a second factor no more.
    SecondFactorOff,
    /// What a sign-in asks for was changed.
    SignInRulesChange,
    /// How people sign in at the identity provider was changed.
    SingleSignOnChange,
    /// An API key was made.
    ApiKeyCreate,
    /// An API key was taken back.
    ApiKeyDelete,
    /// A device was bound to an agent.
    DeviceBind,
    /// What a device may was taken back.
    DeviceRevoke,
    /// A refresh token of a device came a second time: the device was locked out.
    DeviceTokenReused,
    /// The company's settings were changed.
    OrganisationChange,
    /// What is written into a CRM was changed.
    CrmJournalChange,
    /// On what terms a CRM is used was changed.
    CrmTermsChange,
    /// What becomes of unknown numbers was changed.
    CrmCreationChange,
    /// Who calls back when nobody answered was changed.
    CrmFollowUpChange,
    /// What a CRM fills a phonebook with was changed.
    CrmPhonebookChange,
    /// Who sits at an extension was changed.
    ExtensionChange,
    /// An extension was forgotten.
    ExtensionDelete,
    /// Extensions were taken from a list.
    ExtensionsImport,
    /// What is filled in about a CRM was changed.
    CrmChange,
    /// A CRM was switched on.
    CrmEnable,
    /// A CRM was switched off.
    CrmDisable,
    /// A CRM was disconnected.
    CrmDisconnect,
    /// Who is whose in a CRM was changed.
    CrmBindingsChange,
    /// Which CRM comes first was changed.
    CrmOrderChange,
    /// A phone system was linked.
    PhoneSystemCreate,
    /// What is filled in about a phone system was changed.
    PhoneSystemChange,
    /// A phone system was removed.
    PhoneSystemDelete,
    /// A group of extensions was made.
    ExtensionGroupCreate,
    /// A group of extensions has another name or other extensions.
    ExtensionGroupChange,
    /// A group of extensions was removed.
    ExtensionGroupDelete,
    /// How pages open where an extension has no setting of its own was changed.
    PopDefaultChange,
    /// How pages open at an extension was changed.
    ExtensionPopsChange,
    /// An address outside is told of calls.
    WebhookCreate,
    /// What an address outside is told was changed.
    WebhookChange,
    /// An address outside has a new secret.
    WebhookSecret,
    /// An address outside is told nothing any more.
    WebhookDelete,
    /// How mail is sent was changed.
    MailChange,
    /// Who is told of troubles, and of which, was changed.
    AlertsChange,
    /// For how many days what is kept was changed.
    KeepingChange,
    /// The reasons for a break, or the time of a wrap-up, were changed.
    DutyChange,
    /// What is held about one number was written into a file.
    NumberExport,
    /// What is held about one number was erased.
    NumberErase,
    /// A backup was made.
    BackupMake,
    /// The store was restored from a backup.
    BackupRestore,
    /// A CRM that was paused after a restore is used again.
    CrmConfirm,
    /// A phone system that was paused after a restore is linked again.
    PhoneSystemConfirm,
}

words!(AuditKind {
    Dial = "dial",
    Transfer = "transfer",
    SoftphoneRefuse = "softphone_refuse",
    PhonebookCreate = "phonebook_create",
    PhonebookChange = "phonebook_change",
    PhonebookDelete = "phonebook_delete",
    ContactCreate = "contact_create",
    ContactChange = "contact_change",
    ContactsDelete = "contacts_delete",
    ContactsMove = "contacts_move",
    ContactsMerge = "contacts_merge",
    CallsExport = "calls_export",
    WebhookCreate = "webhook_create",
    WebhookChange = "webhook_change",
    WebhookSecret = "webhook_secret",
    WebhookDelete = "webhook_delete",
    MailChange = "mail_change",
    AlertsChange = "alerts_change",
    KeepingChange = "keeping_change",
    DutyChange = "duty_change",
    NumberExport = "number_export",
    NumberErase = "number_erase",
    BackupMake = "backup_make",
    BackupRestore = "backup_restore",
    CrmConfirm = "crm_confirm",
    PhoneSystemConfirm = "phone_system_confirm",
    AccountCreate = "account_create",
    AccountChange = "account_change",
    AccountDisable = "account_disable",
    AccountEnable = "account_enable",
    AccountDelete = "account_delete",
    AccountLink = "account_link",
    AccountInvite = "account_invite",
    PasswordChange = "password_change",
    SecondFactorOn = "second_factor_on",
    SecondFactorOff = "second_factor_off",
    SignInRulesChange = "sign_in_rules_change",
    SingleSignOnChange = "single_sign_on_change",
    ApiKeyCreate = "api_key_create",
    ApiKeyDelete = "api_key_delete",
    DeviceBind = "device_bind",
    DeviceRevoke = "device_revoke",
    DeviceTokenReused = "device_token_reused",
    OrganisationChange = "organisation_change",
    CrmJournalChange = "crm_journal_change",
    CrmTermsChange = "crm_terms_change",
    CrmCreationChange = "crm_creation_change",
    CrmFollowUpChange = "crm_follow_up_change",
    CrmPhonebookChange = "crm_phonebook_change",
    ExtensionChange = "extension_change",
    ExtensionDelete = "extension_delete",
    ExtensionsImport = "extensions_import",
    CrmChange = "crm_change",
    CrmEnable = "crm_enable",
    CrmDisable = "crm_disable",
    CrmDisconnect = "crm_disconnect",
    CrmBindingsChange = "crm_bindings_change",
    CrmOrderChange = "crm_order_change",
    PhoneSystemCreate = "phone_system_create",
    PhoneSystemChange = "phone_system_change",
    PhoneSystemDelete = "phone_system_delete",
    ExtensionGroupCreate = "extension_group_create",
    ExtensionGroupChange = "extension_group_change",
    ExtensionGroupDelete = "extension_group_delete",
    PopDefaultChange = "pop_default_change",
    ExtensionPopsChange = "extension_pops_change",
});

/// Something to be written down before it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAuditEntry {
    /// Who does it.
    pub account: AccountId,
    /// What.
    pub kind: AuditKind,
    /// The phone system it is done on.
    pub phone_system: Option<PhoneSystemId>,
    /// The phone system's id of the call.
    pub call: Option<String>,
    /// The extension in whose name it is done.
    pub extension: Option<Extension>,
    /// The number that is called, or, where it could not be read, what was typed.
    pub number: Option<String>,
}

/// A change of what is kept here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Who does it.
    pub account: AccountId,
    /// What.
    pub kind: AuditKind,
    /// The name of what is changed: a phonebook, a contact.
    pub subject: String,
    /// How many contacts or messages it concerns, where that is the point.
    pub amount: Option<u64>,
}

impl Deed {
    /// What was done with a command on the server, where nobody is signed in: its account is
    /// [`AccountId::COMMAND`].
    #[must_use]
    pub fn by_command(kind: AuditKind, subject: String) -> Self {
        Self {
            account: AccountId::COMMAND,
            kind,
            subject,
            amount: None,
        }
    }
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Names it.
    pub id: AuditId,
    /// When it was begun.
    pub at: Timestamp,
    /// Who did it; the account may be gone.
    pub account: AccountId,
    /// The account's name, while there is one.
    pub account_name: Option<String>,
    /// What.
    pub kind: AuditKind,
    /// The phone system it was done on; it may be gone.
    pub phone_system: Option<PhoneSystemId>,
    /// The phone system's id of the call.
    pub call: Option<String>,
    /// The extension in whose name it was done.
    pub extension: Option<Extension>,
    /// The number that was called.
    pub number: Option<String>,
    /// The name of what was changed, as it was then.
    pub subject: Option<String>,
    /// How many contacts it concerned.
    pub amount: Option<u64>,
    /// The network address it came from; `None`: Linecard did it by itself, or it is not known.
    pub address: Option<IpAddr>,
    /// A stable word for what came of it: `answered`, `busy`, `denied_number`, `done`. `None`: not
    /// known.
    pub result: Option<String>,
}

/// Who changed a thing last, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub account: AccountId,
    /// The account's name, while there is one.
    pub account_name: Option<String>,
}

/// Every entry with the name of the account.
macro_rules! entries {
    () => {
        "SELECT audit.id, at, account, accounts.name, kind, phone_system, call_id, \
         audit.extension, number, subject, amount, address, result \
         FROM audit LEFT JOIN accounts ON accounts.id = audit.account "
    };
}

/// What was done, in a unit of work.
pub struct Audit<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Audit<'_> {
    /// Writes down what is about to be done.
    pub async fn begin(&mut self, new: &NewAuditEntry) -> Result<AuditId, StoreError> {
        let at = self.unit.now();
        let id = AuditId::new(self.unit.shared().entropy.as_ref(), at);
        self.unit
            .execute(
                "INSERT INTO audit \
                 (id, at, account, kind, phone_system, call_id, extension, number, address) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                values![
                    id,
                    at,
                    new.account,
                    new.kind.as_str(),
                    new.phone_system,
                    new.call.as_deref(),
                    new.extension.as_ref(),
                    new.number.as_deref(),
                    address::address(),
                ],
            )
            .await?;
        Ok(id)
    }

    /// Writes down what this unit of work changes.
    pub async fn done(&mut self, deed: &Deed) -> Result<(), StoreError> {
        let at = self.unit.now();
        let id = AuditId::new(self.unit.shared().entropy.as_ref(), at);
        let amount = deed.amount.map(|it| i64::try_from(it).unwrap_or(i64::MAX));
        self.unit
            .execute(
                "INSERT INTO audit (id, at, account, kind, subject, amount, address, result) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 'done')",
                values![
                    id,
                    at,
                    deed.account,
                    deed.kind.as_str(),
                    &deed.subject,
                    amount,
                    address::address(),
                ],
            )
            .await?;
        Ok(())
    }

    /// Writes down what came of it.
    pub async fn complete(&mut self, id: AuditId, result: &str) -> Result<(), StoreError> {
        let sql = "UPDATE audit SET result = $2 WHERE id = $1";
        self.unit.execute(sql, values![id, result]).await?;
        Ok(())
    }

    /// Who did `kind` to `subject` last; `None` before anybody has.
    pub async fn last(
        &mut self,
        kind: AuditKind,
        subject: &str,
    ) -> Result<Option<LastChange>, StoreError> {
        let row = self
            .unit
            .row(
                "SELECT at, account, accounts.name \
                 FROM audit LEFT JOIN accounts ON accounts.id = audit.account \
                 WHERE kind = $1 AND subject = $2 ORDER BY at DESC, audit.id DESC LIMIT 1",
                values![kind.as_str(), subject],
            )
            .await?;
        row.map(|row| {
            Ok(LastChange {
                at: row.time("at")?,
                account: row.parse("account")?,
                account_name: row.optional_text("name")?,
            })
        })
        .transpose()
    }

    /// At most `limit` entries, the newest first; those before the entry with this time and id
    /// where `before` is given, and only those that came from `address` where that is.
    pub async fn recent(
        &mut self,
        before: Option<(Timestamp, AuditId)>,
        address: Option<IpAddr>,
        limit: usize,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let (at, id) = before.map_or((Timestamp::MAX, None), |(at, id)| (at, Some(id)));
        let id = id.map(|id| id.to_string()).unwrap_or_default();
        let rows = match address {
            Some(address) => {
                let address = address.to_canonical().to_string();
                self.unit
                    .rows(
                        concat!(
                            entries!(),
                            "WHERE address = $4 AND (at, audit.id) < ($1, $2) \
                             ORDER BY at DESC, audit.id DESC LIMIT $3"
                        ),
                        values![at, id, limit, address],
                    )
                    .await?
            }
            None => {
                self.unit
                    .rows(
                        concat!(
                            entries!(),
                            "WHERE (at, audit.id) < ($1, $2) \
                             ORDER BY at DESC, audit.id DESC LIMIT $3"
                        ),
                        values![at, id, limit],
                    )
                    .await?
            }
        };
        rows.iter().map(AuditEntry::read).collect()
    }
}

impl AuditEntry {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("id")?,
            at: row.time("at")?,
            account: row.parse("account")?,
            account_name: row.optional_text("name")?,
            kind: row.parse("kind")?,
            phone_system: row.optional_parse("phone_system")?,
            call: row.optional_text("call_id")?,
            extension: row.optional_parse("extension")?,
            number: row.optional_text("number")?,
            subject: row.optional_text("subject")?,
            amount: row.optional_count("amount")?,
            address: row.optional_parse("address")?,
            result: row.optional_text("result")?,
        })
    }
}
