//! How Linecard sends mail: one text to a few people, over SMTP (RFC 5321).
//!
//! A [`MailServer`] is what an admin filled in; [`MailServer::send`] hands one [`Letter`] over and
//! tells, where that fails, what a person has to put right. A password never travels without TLS. The
//! connection is made anew for each letter: they are few and far between.

mod error;
mod letter;
mod server;

pub use error::{MailError, MailProblem};
pub use letter::Letter;
pub use server::{MailServer, Security};
