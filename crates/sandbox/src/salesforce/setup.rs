//! How the organisation is set up: what its admin has switched on, hidden, forbidden. May change
//! while the stand-in runs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::sobjects::schema::{Field, Needs, Object};

/// What an admin has switched on, hidden and forbidden. The defaults are those of a new
/// organisation; each switch for what the vendor does not document stands at the likelier side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in a real organisation"
)]
pub struct Setup {
    /// Whether the edition has an API at all.
    pub api_enabled: bool,
    /// What a policy says of the application.
    pub application: ApplicationPolicy,
    /// Whether people can be accounts.
    pub person_accounts: bool,
    /// Objects that the user may not see: `Lead`.
    pub hidden_objects: BTreeSet<String>,
    /// Objects that the user may see and not write.
    pub read_only_objects: BTreeSet<String>,
    /// Fields that the user may not see (field-level security): `Contact.HomePhone`.
    pub hidden_fields: BTreeSet<String>,
    /// Objects whose records must have the organisation's own field `Region__c`.
    pub required_custom_field: BTreeSet<String>,
    /// Rules that turn records down.
    pub validation_rules: Vec<ValidationRule>,
    /// What happens to a contact or lead that is there already.
    pub duplicate_rule: DuplicateRule,
    /// How the key of that answer is spelled: `duplicateResut` or `duplicateResult`. Empty: as the
    /// version of the request has it.
    pub duplicate_key: String,
    /// Whether users only see their own records. Administrators see all.
    pub private_sharing: bool,
    /// How long after it was written a record is not found by searching, in seconds.
    pub index_lag_seconds: u32,
    /// Whether a search finds a number by its parts only.
    pub phones_by_parts: bool,
    /// Whether Tasks have an External ID field.
    pub external_id: bool,
    /// Whether users have the field `Extension`.
    pub user_extension: bool,
    /// OAuth's code for a wrong PKCE verifier: `invalid_request` or `invalid_grant`.
    pub wrong_verifier: WrongVerifier,
    /// Whether a retired version is answered 410; else 404.
    pub retired_is_gone: bool,
    /// Whether places in long answers are forgotten after 15 minutes.
    pub locators_expire: bool,
    /// How many consents a user may have given the application; one more ends the oldest. 0: any.
    pub most_consents: usize,
}

/// What a policy says of the application.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationPolicy {
    /// It is known and allowed.
    #[default]
    Allowed,
    /// It was made a moment ago and is not known yet: `invalid_client_id`.
    TooNew,
    /// It belongs to another organisation: `app_not_found`.
    NotInstalled,
    /// An admin has blocked it: `OAUTH_APP_BLOCKED`.
    Blocked,
    /// The user may not use it: `invalid_grant`, not approved.
    NotApproved,
    /// It is used from an address that it may not be used from: `invalid_grant`, ip restricted.
    IpRestricted,
}

/// OAuth's code for a wrong PKCE verifier.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WrongVerifier {
    /// As the vendor documents.
    #[default]
    InvalidRequest,
    /// As the RFC has it.
    InvalidGrant,
}

/// A rule that turns records of one object down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidationRule {
    /// The object: `Task`.
    pub object: String,
    /// Only records whose field of this name holds `contains`; all without it.
    #[serde(default)]
    pub field: Option<String>,
    /// What the field must hold to be turned down.
    #[serde(default)]
    pub contains: String,
    /// What the admin wrote for whom it meets.
    pub message: String,
}

/// What happens to a contact or lead that is there already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DuplicateRule {
    /// It is saved.
    #[default]
    Off,
    /// It is refused, and saved when the client insists.
    Alert,
    /// It is refused.
    Block,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            api_enabled: true,
            application: ApplicationPolicy::Allowed,
            person_accounts: false,
            hidden_objects: BTreeSet::new(),
            read_only_objects: BTreeSet::new(),
            hidden_fields: BTreeSet::new(),
            required_custom_field: BTreeSet::new(),
            validation_rules: Vec::new(),
            duplicate_rule: DuplicateRule::Off,
            duplicate_key: String::new(),
            private_sharing: false,
            index_lag_seconds: 0,
            phones_by_parts: false,
            external_id: false,
            user_extension: true,
            wrong_verifier: WrongVerifier::InvalidRequest,
            retired_is_gone: false,
            locators_expire: true,
            most_consents: 5,
        }
    }
}

impl Setup {
    /// Whether the organisation has the field at all.
    pub(crate) fn has(&self, object: Object, field: &Field) -> bool {
        match field.needs {
            Needs::Nothing => true,
            Needs::PersonAccounts => self.person_accounts,
            Needs::RequiredCustomField => holds(&self.required_custom_field, object.name()),
            Needs::ExternalId => self.external_id,
            Needs::Extension => self.user_extension,
        }
    }

    /// Whether the organisation has the field and its user may see it.
    pub(crate) fn shows(&self, object: Object, field: &Field) -> bool {
        let name = format!("{}.{}", object.name(), field.name);
        self.has(object, field) && !holds(&self.hidden_fields, &name)
    }

    /// Whether the user may see records of this object.
    pub(crate) fn sees(&self, object: Object) -> bool {
        !holds(&self.hidden_objects, object.name())
    }

    /// Whether the user may write records of this object.
    pub(crate) fn writes(&self, object: Object) -> bool {
        object.schema().writable
            && self.sees(object)
            && !holds(&self.read_only_objects, object.name())
    }
}

fn holds(names: &BTreeSet<String>, name: &str) -> bool {
    names.iter().any(|one| one.eq_ignore_ascii_case(name))
}
