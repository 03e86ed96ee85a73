//! Changes over which server mail goes.

use axum::Json;
use linecard_flow::MailSettings;
use linecard_store::AuditKind;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Mail, MailSecurity, MailServer};
use crate::access::Admin;
use crate::api::input;
use crate::api::phonebooks::write_down;
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// The most characters of a host's name (RFC 1035, 2.3.4).
const LONGEST_HOST: usize = 253;
/// The most characters of a user, a password, a name.
const LONGEST_TEXT: usize = 500;
/// The most bytes of a certificate authority.
const LONGEST_AUTHORITY: usize = 20_000;

/// A mail server.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WantedMailServer {
    /// The server's name or address.
    #[schema(example = "smtp.example.com")]
    host: String,
    /// Its port.
    port: u16,
    /// How the way there is encrypted.
    security: MailSecurity,
    /// The user, where it wants one.
    user: Option<String>,
    /// The password: sealed, never shown. Left out: as it was; empty: none.
    password: Option<String>,
    /// The address letters come from.
    sender: String,
    /// The name beside that address.
    sender_name: String,
    /// A certificate authority (PEM) that is trusted besides those of the machine.
    authority: Option<String>,
    /// The version that was read; 0 before the first.
    version: i64,
}

impl WantedMailServer {
    /// What is to be kept. `has_password`: one is kept already.
    fn check(self, has_password: bool) -> Result<(MailSettings, Option<String>), Problem> {
        let mut fields = FieldProblems::default();
        let host = self.host.trim().to_owned();
        if host.is_empty() {
            fields.add("/host", "required", "The server's name is needed.");
        } else if host.len() > LONGEST_HOST
            || !host.bytes().all(|it| it.is_ascii_graphic() && it != b'/')
        {
            let detail = "A server's name is like smtp.example.com, without path and port.";
            fields.add("/host", "host_invalid", detail);
        }
        if self.port == 0 {
            fields.add("/port", "required", "A port is 1 to 65535.");
        }
        let user = filled(self.user);
        let password = match (&user, &self.password) {
            // Nobody can use it any more.
            (None, _) => Some(String::new()),
            (Some(_), password) => password.clone(),
        };
        let keeps_one = match &password {
            Some(password) => !password.is_empty(),
            None => has_password,
        };
        if keeps_one && matches!(self.security, MailSecurity::Plain) {
            let detail = "A password is not sent without encryption. Choose TLS or STARTTLS.";
            fields.add("/security", "password_needs_tls", detail);
        }
        if user.is_some() && !keeps_one {
            fields.add("/password", "required", "The user's password is needed.");
        }
        let sender = input::email(&mut fields, "/sender", &self.sender);
        let authority = filled(self.authority);
        for (path, text, most) in [
            ("/user", user.as_deref(), LONGEST_TEXT),
            ("/password", password.as_deref(), LONGEST_TEXT),
            (
                "/sender_name",
                Some(self.sender_name.as_str()),
                LONGEST_TEXT,
            ),
            ("/authority", authority.as_deref(), LONGEST_AUTHORITY),
        ] {
            let text = text.unwrap_or_default();
            if text.len() > most {
                fields.add(path, "too_long", format_args!("At most {most} bytes."));
            } else if path != "/authority" && text.chars().any(char::is_control) {
                fields.add(path, "one_line", "This must stand on one line.");
            }
        }
        fields.finish()?;
        let settings = MailSettings {
            host,
            port: self.port,
            security: self.security.into(),
            user,
            sender,
            sender_name: self.sender_name.trim().to_owned(),
            authority,
            version: self.version,
        };
        Ok((settings, password))
    }
}

fn filled(text: Option<String>) -> Option<String> {
    let text = text?.trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Changes over which server mail goes, from the next letter on. Nothing is tried; the test does that.
#[utoipa::path(
    put,
    path = "/mail",
    tag = "mail",
    request_body = WantedMailServer,
    responses((status = 200, description = "What is set up now", body = Mail)),
)]
pub(super) async fn put_mail(
    admin: Admin,
    Body(wanted): Body<WantedMailServer>,
) -> Result<Json<Mail>, Problem> {
    let flow = admin.flow();
    let mut work = flow.store().begin().await?;
    let before = flow.mail().settings(&mut work).await?;
    let (settings, password) = wanted.check(before.is_some_and(|(_, has)| has))?;
    let host = settings.host.clone();
    flow.mail()
        .put(&mut work, settings, password.as_deref())
        .await?;
    write_down(&mut work, &admin.account, AuditKind::MailChange, host, None).await?;
    // What the server before did not take may go over this one.
    work.invitations().try_again().await?;
    let server = flow.mail().settings(&mut work).await?.map(MailServer::of);
    work.commit().await?;
    flow.alerts().look();
    admin.app().invitations.notify_one();
    Ok(Json(Mail { server }))
}
