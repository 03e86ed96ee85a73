//! How Zoho behaves where its documents do not say, or where organisations differ.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Every switch, with what is taken for likely at first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// The data centre's name in the callback.
    pub location: String,
    /// What the callback names as accounts server; this stand-in if not given.
    pub accounts_server: Option<String>,
    /// What the token answer names as API domain; this stand-in if not given.
    pub api_domain: Option<String>,
    /// The status with which the token endpoint refuses: 200 or 400.
    pub token_error_status: u16,
    /// Whether 15 access tokens of a grant live at most, and 10 minutes allow 10 refreshes.
    pub token_limits: bool,
    /// How long an access token lasts, in seconds.
    pub token_seconds: u32,
    /// The scopes that consent really gives; all that were asked for if not given.
    pub granted_scopes: Option<Vec<String>>,
    /// How a search compares numbers.
    pub phone_match: PhoneMatch,
    /// How long after a write a search knows of it, in milliseconds.
    pub search_lag_ms: u64,
    /// How many requests are answered at once; 0: any number.
    pub concurrency: usize,
    /// How many requests a day has; 0: any number.
    pub daily_credits: u64,
    /// The status of a write of which some records were turned down: 207, 202 or 400.
    pub multi_status: u16,
    /// Which durations of an hour and more are read.
    pub long_duration: LongDuration,
    /// Whether a missed call may come without a duration.
    pub missed_without_duration: bool,
    /// The field that answers tell a call's status in.
    pub call_status_field: CallStatusField,
    /// Fields that an organisation has made mandatory, by module.
    pub mandatory: BTreeMap<String, Vec<String>>,
    /// Fields that an organisation has made unique, by module.
    pub unique: BTreeMap<String, Vec<String>>,
    /// Fields that an organisation hides, by module.
    pub hidden: BTreeMap<String, Vec<String>>,
    /// Modules in which the user may not create records.
    pub read_only: Vec<String>,
    /// Modules whose records the user may not see.
    pub unreadable: Vec<String>,
    /// The organisation's own field for numbers, beside the standard ones of Contacts.
    pub own_phone_field: Option<String>,
    /// How many users a page has at most.
    pub users_page_size: usize,
    /// The organisation's time zone: every time in an answer is in it.
    pub org_timezone: String,
    /// The edition, told with the organisation.
    pub edition: String,
}

/// How a search compares numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneMatch {
    /// Letter by letter.
    Exact,
    /// By the digits.
    Digits,
    /// By the last eight digits.
    LastDigits,
}

/// Which durations of an hour and more are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LongDuration {
    /// Either of the two.
    Both,
    /// `125:04`
    Minutes,
    /// `02:05:04`
    Hours,
}

/// The field that answers tell a call's status in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallStatusField {
    /// As version 2 of the API has it.
    #[serde(rename = "Call_Status")]
    Call,
    /// As version 8 documents it.
    #[serde(rename = "Outgoing_Call_Status")]
    Outgoing,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            location: "eu".to_owned(),
            accounts_server: None,
            api_domain: None,
            token_error_status: 200,
            token_limits: true,
            token_seconds: 3_600,
            granted_scopes: None,
            phone_match: PhoneMatch::Exact,
            search_lag_ms: 0,
            concurrency: 0,
            daily_credits: 0,
            multi_status: 207,
            long_duration: LongDuration::Both,
            missed_without_duration: false,
            call_status_field: CallStatusField::Call,
            mandatory: BTreeMap::new(),
            unique: BTreeMap::new(),
            hidden: BTreeMap::new(),
            read_only: Vec::new(),
            unreadable: Vec::new(),
            own_phone_field: None,
            users_page_size: 200,
            org_timezone: "Europe/Berlin".to_owned(),
            edition: "enterprise".to_owned(),
        }
    }
}

impl Switches {
    /// Whether `field` is among those that `list` names for `module`.
    pub(crate) fn names(list: &BTreeMap<String, Vec<String>>, module: &str, field: &str) -> bool {
        list.get(module)
            .is_some_and(|fields| fields.iter().any(|one| one == field))
    }
}
