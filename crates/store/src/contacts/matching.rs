//! Whose name begins so.

use super::{Contact, Contacts, folded};
use crate::StoreError;
use crate::database::values;

impl Contacts<'_> {
    /// At most `limit` contacts of all phonebooks whose name begins with `text`, by name.
    pub async fn search(&mut self, text: &str, limit: usize) -> Result<Vec<Contact>, StoreError> {
        let from = folded(text);
        if from.is_empty() {
            return Ok(Vec::new());
        }
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        // What begins with a text lies between it and it followed by the last character.
        let to = format!("{from}{}", char::MAX);
        let rows = self
            .unit
            .rows(
                "SELECT contact FROM name_keys WHERE folded_name >= $1 AND folded_name < $2 \
                 ORDER BY folded_name, contact LIMIT $3",
                values![from, to, limit],
            )
            .await?;
        self.of_keys(&rows).await
    }
}
