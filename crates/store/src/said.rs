//! Words about a failure in two columns: the other side's own, and what Linecard knows about it.

use linecard_crm::Words;

use crate::StoreError;
use crate::database::Row;
use crate::unit::json;

/// The column in which every table keeps the advice.
const ADVICE: &str = "advice";

/// The advice of `words`, as its column holds it.
pub(crate) fn advice(words: Option<&Words>) -> Result<Option<String>, StoreError> {
    let advice = words.and_then(|words| words.advice.as_ref());
    advice.map(|advice| json(ADVICE, advice)).transpose()
}

/// The words in the column `text` with their advice, unless a newer program has kept one that this
/// one does not know. `None`: nothing went wrong.
pub(crate) fn words(row: &Row, text: &'static str) -> Result<Option<Words>, StoreError> {
    let advice = row.optional_text(ADVICE)?;
    let advice = advice.and_then(|kept| serde_json::from_str(&kept).ok());
    let text = row.optional_text(text)?;
    Ok((text.is_some() || advice.is_some()).then(|| Words {
        text: text.unwrap_or_default(),
        advice,
    }))
}
