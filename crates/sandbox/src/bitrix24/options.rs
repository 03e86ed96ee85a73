//! How a stand-in is set up.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::limits::WORK;
use super::seed::Seed;
use crate::Tls;

/// The secret of the webhook that a stand-in has at first. Everybody may know it.
pub const SECRET: &str = "standinsecret0001";

/// How a stand-in is set up.
#[derive(Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Serves with TLS instead of in clear.
    pub tls: Option<Tls>,
    /// What the records are at first.
    pub seed: Seed,
    /// The inbound webhooks.
    pub webhooks: Vec<Webhook>,
    /// The rate limit.
    pub bucket: Bucket,
    /// The limit on what methods may work.
    pub operating: Operating,
    /// What the stand-in does where the real one differs or is not known.
    pub switches: Switches,
}

/// What an administrator makes on the page "Inbound webhook".
#[derive(Debug, Clone)]
pub struct Webhook {
    /// The id of the user with whose rights it acts.
    pub user: u64,
    /// Letters and digits.
    pub secret: String,
    /// `crm`, `user`, `user_basic`, `user_brief`, `telephony`, ...
    pub scopes: Vec<String>,
    /// When it ends, if it does.
    pub expires: Option<Timestamp>,
}

/// Each request adds one; more than `size` is refused; `leak` flows off each second.
#[derive(Debug, Clone, Copy)]
pub struct Bucket {
    /// How much it holds.
    pub size: f64,
    /// What flows off in a second.
    pub leak: f64,
}

/// How long one method may work for one webhook within ten minutes, in seconds.
#[derive(Debug, Clone, Copy)]
pub struct Operating {
    /// The call that crosses this passes, the next one is refused.
    pub limit: f64,
    /// What one call is counted as.
    pub cost: f64,
}

/// Where the real one differs from portal to portal, or is not known for sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// Refuse plain http, as the cloud does.
    pub require_https: bool,
    /// Say in each answer how long the method has worked.
    pub tells_operating: bool,
    /// How phones are compared.
    pub phone_normaliser: PhoneNormaliser,
    /// With or without leads.
    pub crm_mode: CrmMode,
    /// Whether there is `crm.item.*`; portals of before 2021 have none.
    pub crm_item_methods: Presence,
    /// Which rows the webhook's user may read.
    pub owner_rights: Rights,
    /// What becomes of an activity whose responsible user is gone or dismissed.
    pub inactive_responsible: Permission,
    /// The status of a wrong secret or scope: 401, or 403 as the documentation has it.
    pub credentials_status: u16,
    /// The status of a method that does not exist.
    pub missing_method_status: u16,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// It is refused.
    Deny,
    /// It works.
    Allow,
}

/// There or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// There.
    On,
    /// Not there.
    Off,
}

/// How a portal works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrmMode {
    /// Leads become contacts.
    Classic,
    /// There are no leads.
    Simple,
}

/// Which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rights {
    /// All.
    All,
    /// Those that the webhook's user is responsible for. The others are missing without a word.
    Own,
}

/// How a search for duplicates compares phones. The real way is not documented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneNormaliser {
    /// The digits count.
    DigitsOnly,
    /// Letter by letter.
    None,
    /// The digits count, a national number being one of Germany's.
    DefaultCountry,
}

impl Default for Options {
    /// A free port, in clear, the demo's records, one webhook of the first user.
    fn default() -> Self {
        Self {
            port: 0,
            tls: None,
            seed: Seed::demo(),
            webhooks: vec![Webhook::default()],
            bucket: Bucket::default(),
            operating: Operating::default(),
            switches: Switches::default(),
        }
    }
}

impl Default for Webhook {
    /// The first user's, with the scopes that Linecard asks for.
    fn default() -> Self {
        Self {
            user: 1,
            secret: SECRET.to_owned(),
            scopes: vec!["crm".to_owned(), "user".to_owned()],
            expires: None,
        }
    }
}

impl Default for Bucket {
    /// What every plan but the largest has.
    fn default() -> Self {
        Self {
            size: 50.0,
            leak: 2.0,
        }
    }
}

impl Default for Operating {
    /// The documented example, and what an answer says that it took.
    fn default() -> Self {
        Self {
            limit: 480.0,
            cost: WORK.as_secs_f64(),
        }
    }
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            require_https: false,
            tells_operating: true,
            phone_normaliser: PhoneNormaliser::DigitsOnly,
            crm_mode: CrmMode::Classic,
            crm_item_methods: Presence::On,
            owner_rights: Rights::All,
            inactive_responsible: Permission::Deny,
            credentials_status: 401,
            missing_method_status: 404,
        }
    }
}
