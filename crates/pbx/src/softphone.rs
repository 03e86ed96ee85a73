//! How a softphone registers at the phone system.

use secrecy::SecretString;
use url::Url;

/// The account of an extension's softphone, and where the phone system takes it.
#[derive(Debug, Clone)]
pub struct Softphone {
    /// Where the phone system speaks SIP over WebSocket (RFC 7118): `ws://127.0.0.1:8088/ws`.
    pub address: Url,
    /// The user part of its SIP address, and its name at the phone system: `101-web`.
    pub user: String,
    /// Its password. It never leaves the server.
    pub secret: SecretString,
}
