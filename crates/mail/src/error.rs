//! Why a letter was not handed over.

use lettre::transport::smtp;

/// What a person has to put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailProblem {
    /// Nobody answers there, or not in time.
    Unreachable,
    /// No encrypted connection came about: the certificate, or the wrong kind of encryption for the
    /// port.
    Tls,
    /// The server does not accept user and password.
    SignIn,
    /// The server does not take this letter: the sender or a recipient.
    Refused,
    /// The server wants to be asked again later.
    Busy,
    /// What was filled in cannot be used.
    Settings,
}

impl MailProblem {
    /// A stable word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Tls => "tls",
            Self::SignIn => "sign_in",
            Self::Refused => "refused",
            Self::Busy => "busy",
            Self::Settings => "settings",
        }
    }
}

/// A letter was not handed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the mail was not sent: {words}")]
pub struct MailError {
    /// What has to be put right.
    pub problem: MailProblem,
    /// The server's words, or the network's.
    pub words: String,
}

impl MailError {
    pub(crate) fn settings(words: &impl ToString) -> Self {
        Self {
            problem: MailProblem::Settings,
            words: words.to_string(),
        }
    }
}

impl From<smtp::Error> for MailError {
    fn from(error: smtp::Error) -> Self {
        let code = error.status().map(|code| code.to_string());
        let problem = match code.as_deref() {
            // Authentication wanted, too weak, refused (RFC 4954, section 6).
            Some("530" | "534" | "535" | "538") => MailProblem::SignIn,
            Some(_) if error.is_permanent() => MailProblem::Refused,
            Some(_) => MailProblem::Busy,
            // What the client itself finds wrong: a server that does not know STARTTLS, say.
            None if error.is_tls() || error.is_client() || is_rustls(&error) => MailProblem::Tls,
            None => MailProblem::Unreachable,
        };
        Self {
            problem,
            words: words(&error),
        }
    }
}

/// Whether the handshake failed: the library tells that as a broken connection.
fn is_rustls(error: &smtp::Error) -> bool {
    let handshake = causes(error).find_map(|cause| {
        let broken = cause.downcast_ref::<std::io::Error>()?;
        broken.get_ref()?.downcast_ref::<rustls::Error>()
    });
    handshake.is_some()
}

/// The innermost cause says what happened; the outer ones do not repeat it.
fn words(error: &smtp::Error) -> String {
    causes(error)
        .last()
        .map_or_else(|| error.to_string(), ToString::to_string)
}

fn causes(error: &smtp::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(std::error::Error::source(error), |cause| cause.source())
}
