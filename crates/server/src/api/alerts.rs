//! Who is told when something needs a person, and what does now (X7).

mod get_alert_settings;
mod list_alerts;
mod put_alert_settings;

use linecard_flow::{AlertLanguage, AlertSettings};
use linecard_rules::alerts::Options;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::input;
use crate::problem::{FieldProblems, Problem};
use crate::state::App;

/// How many addresses mail goes to at most.
const MOST_RECIPIENTS: usize = 20;
/// The most minutes a trouble may last before people are told: a day.
const MOST_MINUTES: u32 = 1_440;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_alert_settings::get_alert_settings))
        .routes(routes!(put_alert_settings::put_alert_settings))
        .routes(routes!(list_alerts::list_alerts))
}

/// The language of the mail.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
enum MailLanguage {
    /// English.
    #[serde(rename = "en")]
    English,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    Chinese,
}

/// Who is told when something needs a person, and of what. Webhooks are told of all of it that is
/// switched on here, where they ask for `alert.raised` and `alert.resolved`.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each kind of trouble is switched on or off by itself"
)]
struct AlertChoice {
    /// The addresses mail goes to.
    #[schema(example = json!(["ada@example.com"]))]
    recipients: Vec<String>,
    /// The language of the mail.
    language: MailLanguage,
    /// A link to a phone system that is down for so many minutes; `null`: not told of.
    #[schema(required)]
    link_down_minutes: Option<u32>,
    /// A CRM that waits for a person.
    crm_needs_person: bool,
    /// Entries that a CRM refused.
    entries_refused: bool,
    /// A CRM's quota of which so many percent are used.
    #[schema(required)]
    quota_percent: Option<u8>,
    /// What has waited for so many minutes to be written.
    #[schema(required)]
    backlog_minutes: Option<u32>,
    /// A webhook that Linecard has switched off.
    webhook_off: bool,
    /// A disk that is nearly full: less than 1 GiB left, or less than a twentieth of a disk of less
    /// than 20 GiB.
    disk_scarce: bool,
    /// A certificate that ends within two weeks, and a newer one that cannot be used.
    certificate: bool,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

impl From<AlertSettings> for AlertChoice {
    fn from(settings: AlertSettings) -> Self {
        let options = settings.options;
        Self {
            recipients: settings.recipients,
            language: match settings.language {
                AlertLanguage::English => MailLanguage::English,
                AlertLanguage::Chinese => MailLanguage::Chinese,
            },
            link_down_minutes: options.link_down_minutes,
            crm_needs_person: options.crm_needs_person,
            entries_refused: options.entries_refused,
            quota_percent: options.quota_percent,
            backlog_minutes: options.backlog_minutes,
            webhook_off: options.webhook_off,
            disk_scarce: options.disk_scarce,
            certificate: options.certificate,
            version: settings.version,
        }
    }
}

impl AlertChoice {
    /// What is to be kept.
    fn check(self) -> Result<AlertSettings, Problem> {
        let mut fields = FieldProblems::default();
        if self.recipients.len() > MOST_RECIPIENTS {
            let detail = format_args!("There may be at most {MOST_RECIPIENTS} of them.");
            fields.add("/recipients", "too_many", detail);
        }
        let mut recipients = Vec::new();
        for (place, address) in self.recipients.iter().take(MOST_RECIPIENTS).enumerate() {
            let path = format!("/recipients/{place}");
            recipients.push(input::email(&mut fields, &path, address));
        }
        for (path, minutes) in [
            ("/link_down_minutes", self.link_down_minutes),
            ("/backlog_minutes", self.backlog_minutes),
        ] {
            if minutes.is_some_and(|it| !(1..=MOST_MINUTES).contains(&it)) {
                let detail = format_args!("From 1 to {MOST_MINUTES} minutes.");
                fields.add(path, "out_of_range", detail);
            }
        }
        if self
            .quota_percent
            .is_some_and(|it| !(1..=100).contains(&it))
        {
            fields.add("/quota_percent", "out_of_range", "From 1 to 100 percent.");
        }
        fields.finish()?;
        Ok(AlertSettings {
            recipients,
            language: match self.language {
                MailLanguage::English => AlertLanguage::English,
                MailLanguage::Chinese => AlertLanguage::Chinese,
            },
            options: Options {
                link_down_minutes: self.link_down_minutes,
                crm_needs_person: self.crm_needs_person,
                entries_refused: self.entries_refused,
                quota_percent: self.quota_percent,
                backlog_minutes: self.backlog_minutes,
                webhook_off: self.webhook_off,
                disk_scarce: self.disk_scarce,
                certificate: self.certificate,
            },
            version: self.version,
        })
    }
}
