//! Over which server mail goes.

mod delete_mail;
mod get_mail;
mod put_mail;
mod test_mail;

use linecard_flow::MailSettings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_mail::get_mail))
        .routes(routes!(put_mail::put_mail))
        .routes(routes!(delete_mail::delete_mail))
        .routes(routes!(test_mail::test_mail))
}

/// How the way to the mail server is encrypted.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MailSecurity {
    /// From the first byte on; usually port 465.
    Tls,
    /// From STARTTLS on; usually port 587.
    StartTls,
    /// Not at all, and then without a password.
    Plain,
}

impl From<MailSecurity> for linecard_flow::MailSecurity {
    fn from(security: MailSecurity) -> Self {
        match security {
            MailSecurity::Tls => Self::Tls,
            MailSecurity::StartTls => Self::StartTls,
            MailSecurity::Plain => Self::Plain,
        }
    }
}

impl From<linecard_flow::MailSecurity> for MailSecurity {
    fn from(security: linecard_flow::MailSecurity) -> Self {
        match security {
            linecard_flow::MailSecurity::Tls => Self::Tls,
            linecard_flow::MailSecurity::StartTls => Self::StartTls,
            linecard_flow::MailSecurity::Plain => Self::Plain,
        }
    }
}

/// Over which server mail goes.
#[derive(Serialize, ToSchema)]
struct MailServer {
    /// The server's name or address.
    #[schema(example = "smtp.example.com")]
    host: String,
    /// Its port.
    port: u16,
    /// How the way there is encrypted.
    security: MailSecurity,
    /// The user, where it wants one.
    #[schema(required)]
    user: Option<String>,
    /// Whether a password is kept. It is never shown.
    has_password: bool,
    /// The address letters come from.
    #[schema(example = "linecard@example.com")]
    sender: String,
    /// The name beside that address.
    sender_name: String,
    /// A certificate authority (PEM) that is trusted besides those of the machine.
    #[schema(required)]
    authority: Option<String>,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

impl MailServer {
    fn of((settings, has_password): (MailSettings, bool)) -> Self {
        Self {
            host: settings.host,
            port: settings.port,
            security: settings.security.into(),
            user: settings.user,
            has_password,
            sender: settings.sender,
            sender_name: settings.sender_name,
            authority: settings.authority,
            version: settings.version,
        }
    }
}

/// What is set up.
#[derive(Serialize, ToSchema)]
struct Mail {
    /// Over which server mail goes; `null`: none is set up, and no mail is sent.
    #[schema(required)]
    server: Option<MailServer>,
}
