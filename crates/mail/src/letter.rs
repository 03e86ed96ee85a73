//! What is sent.

use std::time::SystemTime;

use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Mailboxes};

use crate::MailError;

/// One text to a few people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Who gets it: addresses, each of them seen by all.
    pub to: Vec<String>,
    /// One line.
    pub subject: String,
    /// The text, plain.
    pub text: String,
    /// When it was written.
    pub written: Timestamp,
    /// What tells it from every other one; letters, digits and dashes.
    pub id: String,
}

impl Letter {
    pub(crate) fn message(&self, sender: Mailbox) -> Result<Message, MailError> {
        let mut to = Mailboxes::new();
        for address in &self.to {
            let address = address.parse().map_err(|error| {
                MailError::settings(&format_args!("{address:?} is no address: {error}"))
            })?;
            to.push(Mailbox::new(None, address));
        }
        let home = sender.email.domain().to_owned();
        let to = lettre::message::header::To::from(to);
        Message::builder()
            .from(sender)
            .mailbox(to)
            .subject(&self.subject)
            .date(SystemTime::from(self.written))
            .message_id(Some(format!("<{}@{home}>", self.id)))
            .header(ContentType::TEXT_PLAIN)
            .body(self.text.clone())
            .map_err(|error| MailError::settings(&error))
    }
}
