//! What Linecard itself has to say about a failure that waits for a person: what is wrong, and
//! what to do. It travels as a code, so that the pages say it in the reader's language; the CRM's
//! own words stand beside it, untranslated.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What a person has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// Which advice it is.
    pub code: AdviceCode,
    /// What it is about, where that is not the same each time: an address, a field, a right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

impl Advice {
    /// The advice about `what`.
    #[must_use]
    pub fn about(code: AdviceCode, what: impl Into<String>) -> Self {
        let about = Some(what.into());
        Self { code, about }
    }

    /// No answer came within `patience`.
    #[must_use]
    pub fn no_answer(patience: Duration) -> Self {
        Self::about(AdviceCode::NoAnswer, patience.as_secs().to_string())
    }
}

impl From<AdviceCode> for Advice {
    fn from(code: AdviceCode) -> Self {
        Self { code, about: None }
    }
}

/// For the log.
impl std::fmt::Display for Advice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let code = self.code.code();
        match &self.about {
            Some(about) => write!(f, "{code} ({about})"),
            None => f.write_str(code),
        }
    }
}

/// The kinds of advice, each with its stable word.
macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident = $code:literal,)+) => {
        /// The kinds of advice. Each has a text in every language of the pages; a kind without one
        /// fails their build.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum AdviceCode {
            $($(#[$doc])+ #[serde(rename = $code)] $name,)+
        }

        impl AdviceCode {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable word under which the pages say it in the reader's language.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }
        }
    };
}

codes! {
    /// A field that is needed is empty.
    SettingMissing = "setting_missing",
    /// This address is none that starts with https.
    AddressHttps = "address_https",
    /// This address holds more than the host.
    AddressBare = "address_bare",
    /// This address lies in a private network, and those are not used.
    AddressPrivate = "address_private",
    /// What answers at the address is not the CRM.
    NotTheCrm = "not_the_crm",
    /// Client id or client secret are wrong.
    ClientKeys = "client_keys",
    /// The app does not know the redirect URI.
    RedirectUri = "redirect_uri",
    /// This part of the sign-in's answer is missing or not the CRM's.
    SignInAnswer = "sign_in_answer",
    /// Nobody has signed in yet, or the sign-in was withdrawn.
    NotSignedIn = "not_signed_in",
    /// Salesforce does not know the consumer key, perhaps not yet.
    ConsumerKey = "consumer_key",
    /// The consumer secret is wrong.
    ConsumerSecret = "consumer_secret",
    /// The app is not installed in this organisation of Salesforce.
    AppNotInstalled = "app_not_installed",
    /// A Salesforce administrator has blocked the app.
    AppBlocked = "app_blocked",
    /// The app's policy does not let this user authorize it.
    SelfAuthorize = "self_authorize",
    /// Salesforce does not let this server's address in.
    IpRestricted = "ip_restricted",
    /// The edition of Salesforce has no API.
    EditionWithoutApi = "edition_without_api",
    /// The user lacks Salesforce's permission "API Enabled".
    ApiEnabledRight = "api_enabled_right",
    /// The server speaks none of the versions of Salesforce's API that Linecard speaks.
    ApiVersions = "api_versions",
    /// The field of tasks that holds Linecard's key cannot be written.
    CallKeyField = "call_key_field",
    /// The user may not see users.
    RightUsers = "right_users",
    /// The user may not read these records.
    RightRead = "right_read",
    /// The user may read no phone field of these records.
    RightPhones = "right_phones",
    /// The user may not create these records.
    RightCreate = "right_create",
    /// The user may not create Salesforce's tasks.
    RightTasks = "right_tasks",
    /// These fields of calls are missing, hidden, or cannot be written.
    RightFields = "right_fields",
    /// What was pasted is no address of an inbound webhook of Bitrix24's.
    WebhookAddress = "webhook_address",
    /// Bitrix24 does not know the webhook, or not any more.
    WebhookGone = "webhook_gone",
    /// A webhook of Bitrix24's is taken back there only, by a person.
    WebhookStays = "webhook_stays",
    /// The Bitrix24 portal has another address now.
    PortalMoved = "portal_moved",
    /// The webhook lacks this scope.
    WebhookScope = "webhook_scope",
    /// The webhook's scope hides e-mail addresses.
    WebhookScopeBrief = "webhook_scope_brief",
    /// HubSpot's service key is not active, or is none.
    ServiceKey = "service_key",
    /// Zoho's client is of a type whose sign-ins end within the hour.
    ServerBasedClient = "server_based_client",
    /// This CRM has no such thing.
    NotOffered = "not_offered",
    /// The call that was to be written is not kept here any more.
    CallGone = "call_gone",
    /// The entry has no person or no owner, so that it can be given to nobody.
    NobodyToWriteFor = "nobody_to_write_for",
    /// The connection is switched off or not signed in.
    NotConnected = "not_connected",
    /// No answer came within so many seconds.
    NoAnswer = "no_answer",
    /// A look-up ended before its answer was there.
    BrokenOff = "broken_off",
    /// What an answer said was less than what was asked, or could not be understood.
    AnswerUnclear = "answer_unclear",
    /// The record for the number is being created this moment.
    BeingCreated = "being_created",
    /// Another CRM that may know the number could not be asked.
    AnotherCrm = "another_crm",
    /// So much of the day's requests is used, and the rest is kept for calls.
    DayUsed = "day_used",
    /// The CRM went on refusing, for another reason each time.
    KeepsRefusing = "keeps_refusing",
    /// The CRM refused without saying why.
    NoReason = "no_reason",
    /// This is not an id of the CRM's.
    ForeignId = "foreign_id",
    /// The record is not in the CRM any more.
    RecordGone = "record_gone",
    /// A list of the CRM's has no end.
    EndlessList = "endless_list",
    /// The CRM does not show this.
    NotShown = "not_shown",
    /// Somebody else changed the record each time it was about to be changed.
    ChangedEachTime = "changed_each_time",
    /// A record must have this field, which cannot be filled here.
    FieldRequired = "field_required",
    /// The portal works without leads.
    NoLeads = "no_leads",
    /// This part of the CRM's interface has worked so long that what is no call has to wait.
    WorkedLong = "worked_long",
    /// A request could not be written in the CRM's form.
    NotSendable = "not_sendable",
    /// No connection to this host came about.
    Unreachable = "unreachable",
    /// The sign-in server is not at work; this is the HTTP status of its answer.
    NotAtWork = "not_at_work",
    /// The answer of this host did not arrive whole.
    AnswerLost = "answer_lost",
    /// Another process renews the sign-in.
    BeingRenewed = "being_renewed",
    /// The sign-in could not be read or kept in the store.
    NotKept = "not_kept",
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_is_one_of_a_kind() {
        let codes: HashSet<_> = AdviceCode::ALL.iter().map(|it| it.code()).collect();
        assert_eq!(codes.len(), AdviceCode::ALL.len());
    }
}
