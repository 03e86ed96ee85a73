//! How a stand-in is set up, and what of it can be switched while it runs.

use serde::{Deserialize, Serialize};

use super::seed::Seed;

/// How a stand-in is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// What the records are at first.
    pub seed: Seed,
    /// The app that may ask for consent: OAuth's `client_id`.
    pub client_id: String,
    /// OAuth's `client_secret`.
    pub client_secret: String,
    /// The service key that opens the API without consent.
    pub service_key: String,
    /// HubSpot's id of the account.
    pub portal_id: u64,
    /// The account's time zone, whose midnight ends the day's quota.
    pub time_zone: String,
    /// The two letters of the country in which numbers without country code are read.
    pub country: String,
    /// Whether owner ids and user ids are the same numbers.
    pub owner_equals_user: bool,
    /// What can be switched later too.
    pub switches: Switches,
}

impl Default for Options {
    /// A free port, the demo's records, an app and a key that everybody may know.
    fn default() -> Self {
        Self {
            port: 0,
            seed: Seed::demo(),
            client_id: "stand-in-client-id".to_owned(),
            client_secret: "stand-in-client-secret".to_owned(),
            service_key: "stand-in-service-key".to_owned(),
            portal_id: 147_893_286,
            time_zone: "US/Eastern".to_owned(),
            country: "US".to_owned(),
            owner_equals_user: false,
            switches: Switches::default(),
        }
    }
}

/// What differs between accounts, or is not known for certain of the real service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own; none depends on another"
)]
pub struct Switches {
    /// How long an access token lasts, in seconds.
    pub token_lifetime_s: u32,
    /// Scopes that the token lacks: what needs one of them is a 403.
    pub missing_scopes: Vec<String>,
    /// Whether that 403 has a category.
    pub missing_scopes_category: bool,
    /// How long a search does not see what was written, in milliseconds.
    pub search_lag_ms: u32,
    /// How many results of a search can be reached at all.
    pub search_window: usize,
    /// Searches per second; 0 is no limit. The real service allows 5.
    pub search_per_s: u32,
    /// Other requests in ten seconds; 0 is no limit. The real service allows 100 to 250.
    pub ten_s: u32,
    /// Requests per day; 0 is no limit.
    pub daily: u32,
    /// Whether a 429 says how long to wait.
    pub retry_after: bool,
    /// Whether an address that does not exist is answered with a page instead of JSON.
    pub not_found_html: bool,
    /// Whether contacts have the calculated phone properties; a filter on one that is not there
    /// is a 400 without detail.
    pub calculated_properties: bool,
    /// Whether companies have them too.
    pub company_calculated_properties: bool,
    /// Whether the international ones begin with a plus.
    pub international_plus: bool,
    /// Whether records carry the address of their page.
    pub record_url: bool,
    /// A property that a rule of the account wants in every record of a type.
    pub required_property: Option<RequiredProperty>,
    /// Whether the account has leads; without them their endpoints are a 403.
    pub leads: bool,
    /// The association type from a call to a lead.
    pub call_lead_type: u32,
    /// Whether an association to a record that is gone is a 404; otherwise a 400.
    pub gone_association_404: bool,
    /// Whether somebody with whom nothing is associated stands among the errors of a batch.
    pub none_associated_is_an_error: bool,
    /// Whether one wrong input refuses a whole batch.
    pub batch_all_or_nothing: bool,
    /// Whether the account has the usual outcomes of calls.
    pub dispositions: bool,
    /// Whether a 409 names the existing id in its context; otherwise only in its message.
    pub conflict_context: bool,
    /// Whether the inbound-call API is open to this app.
    pub inbound_call: bool,
    /// Whether that API writes a repeated `externalCallId` only once.
    pub inbound_call_once: bool,
    /// The host of pages for browsers, as account details name it.
    pub ui_domain: String,
}

/// A property that must be filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequiredProperty {
    /// The type: `contacts`.
    pub object: String,
    /// The property's name.
    pub property: String,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            token_lifetime_s: 1_800,
            missing_scopes: Vec::new(),
            missing_scopes_category: true,
            search_lag_ms: 0,
            search_window: 10_000,
            search_per_s: 0,
            ten_s: 0,
            daily: 0,
            retry_after: false,
            not_found_html: false,
            calculated_properties: true,
            company_calculated_properties: false,
            international_plus: true,
            record_url: true,
            required_property: None,
            leads: true,
            call_lead_type: 596,
            gone_association_404: true,
            none_associated_is_an_error: false,
            batch_all_or_nothing: false,
            dispositions: true,
            conflict_context: true,
            inbound_call: false,
            inbound_call_once: true,
            ui_domain: "app-eu1.hubspot.com".to_owned(),
        }
    }
}
