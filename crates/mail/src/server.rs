//! The mail server, as an admin filled it in.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use serde::{Deserialize, Serialize};

use crate::{Letter, MailError, MailProblem};

/// How long handing one letter over may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the way to the server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// From the first byte on; usually port 465 (RFC 8314).
    Tls,
    /// From the command STARTTLS on, which the server must know; usually port 587.
    StartTls,
    /// Not at all: for a server in one's own network, without a password.
    Plain,
}

/// A mail server, and in whose name letters are handed over. It may lie in one's own network, where
/// most do: an admin names it, and all that is shown of it are SMTP's own refusals. No `Debug`: it
/// holds a password.
#[derive(Clone, PartialEq, Eq)]
pub struct MailServer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the way there is encrypted.
    pub security: Security,
    /// User and password, where it wants them.
    pub user: Option<(String, String)>,
    /// The address letters come from.
    pub sender: String,
    /// The name beside that address.
    pub sender_name: String,
    /// A certificate authority (PEM) that is trusted besides those of the machine.
    pub authority: Option<String>,
}

impl MailServer {
    /// Hands a letter over. When it returns, the server has taken it for all recipients.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let sender = self
            .sender
            .parse()
            .map_err(|error| MailError::settings(&error))?;
        let name = (!self.sender_name.is_empty()).then(|| self.sender_name.clone());
        let message = letter.message(Mailbox::new(name, sender))?;
        let transport = self.transport()?;
        match tokio::time::timeout(PATIENCE, transport.send(message)).await {
            Ok(sent) => Ok(sent.map(drop)?),
            Err(_) => Err(MailError {
                problem: MailProblem::Unreachable,
                words: format!("no answer within {} seconds", PATIENCE.as_secs()),
            }),
        }
    }

    fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, MailError> {
        // Fails when a provider is installed already, which is then the one that is used.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let tls = match self.security {
            Security::Tls => Tls::Wrapper(self.tls()?),
            Security::StartTls => Tls::Required(self.tls()?),
            Security::Plain => Tls::None,
        };
        // "Dangerous" is what comes without TLS; it is chosen right above.
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.host)
            .port(self.port)
            .timeout(Some(PATIENCE))
            .tls(tls);
        Ok(match &self.user {
            None => builder.build(),
            Some(_) if self.security == Security::Plain => {
                return Err(MailError::settings(
                    &"a password is not sent without encryption: choose TLS or STARTTLS",
                ));
            }
            Some((user, password)) => builder
                .credentials(Credentials::new(user.clone(), password.clone()))
                .build(),
        })
    }

    fn tls(&self) -> Result<TlsParameters, MailError> {
        let mut builder = TlsParameters::builder(self.host.clone());
        if let Some(authority) = &self.authority {
            let authority = Certificate::from_pem(authority.as_bytes())
                .map_err(|error| MailError::settings(&error))?;
            builder = builder.add_root_certificate(authority);
        }
        builder
            .build_rustls()
            .map_err(|error| MailError::settings(&error))
    }
}
