//! Handles: what an agent's browser gets in place of a number that it may not know (F17).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::sealer::Place;
use crate::{AccountId, Store};

/// Every handle is made of so many bytes, so that its length says nothing about the number.
const PADDED: usize = 64;
/// What fills them up; no text that people write holds it.
const PADDING: u8 = 0;

impl Store {
    /// A handle for `number`, which only `account` can use and only this server can open. Each
    /// time it is another one. `None`: the text is longer than any number.
    #[must_use]
    pub fn number_handle(&self, account: AccountId, number: &str) -> Option<String> {
        let mut padded = number.as_bytes().to_vec();
        if padded.len() > PADDED {
            return None;
        }
        padded.resize(PADDED, PADDING);
        let row = account.to_string();
        let sealed =
            self.shared()
                .sealer
                .seal(self.shared().entropy.as_ref(), place(&row), &padded);
        Some(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// The number behind a handle that was made for `account`; `None`: it is none.
    #[must_use]
    pub fn number_behind(&self, account: AccountId, handle: &str) -> Option<String> {
        let sealed = URL_SAFE_NO_PAD.decode(handle).ok()?;
        let row = account.to_string();
        let padded = self.shared().sealer.open(place(&row), &sealed)?;
        let number = padded.split(|byte| *byte == PADDING).next()?;
        String::from_utf8(number.to_vec()).ok()
    }
}

/// A handle stands in no table; the account it was made for keeps it from being used by another.
fn place(account: &str) -> Place<'_> {
    Place {
        table: "accounts",
        column: "number_handle",
        row: account,
    }
}
