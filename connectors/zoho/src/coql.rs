//! Questions in Zoho's query language, COQL.

use jiff::Timestamp;
use linecard_http::Purpose;
use serde_json::{Map, Value, json};

use crate::api::{Api, moment};
use crate::ask::Ask;
use crate::listing::Listing;
use crate::refusal::Refusal;

/// The most conditions of one question (COQL guide, "Limitations").
pub(crate) const MOST_CONDITIONS: usize = 25;

/// The most records that one question can bring.
const MOST_RECORDS: usize = 2_000;

/// Up to 200 records cost one credit.
const PAGE: usize = 200;

/// What a question brought.
pub(crate) struct Found {
    pub(crate) rows: Vec<Map<String, Value>>,
    /// Whether these are all.
    pub(crate) is_complete: bool,
}

/// The records of `module` for which `condition` holds, the oldest first; 2,000 at most.
pub(crate) async fn select(
    api: &Api,
    purpose: Purpose,
    module: &str,
    fields: &[&str],
    condition: &str,
) -> Result<Found, Refusal> {
    let mut rows = Vec::new();
    while rows.len() < MOST_RECORDS {
        let query = format!(
            "select {} from {module} where {condition} order by id asc limit {}, {PAGE}",
            fields.join(","),
            rows.len()
        );
        let ask = Ask::question(purpose, "coql", &json!({"select_query": query}))?;
        let page = api.read::<Listing>(&ask).await?;
        let more = page.as_ref().is_some_and(|page| page.info.more_records);
        let before = rows.len();
        rows.extend(page.map(|page| page.data).unwrap_or_default());
        if !more || rows.len() == before {
            return Ok(Found {
                rows,
                is_complete: true,
            });
        }
    }
    Ok(Found {
        rows,
        is_complete: false,
    })
}

/// One of `fields` ends in one of `endings`, which hold digits and separators only.
pub(crate) fn ends(fields: &[&str], endings: &[String]) -> String {
    let conditions: Vec<String> = fields
        .iter()
        .flat_map(|field| {
            endings
                .iter()
                .map(move |ending| format!("{field} like '%{ending}'"))
        })
        .collect();
    nested(&conditions)
}

/// `field` lies between these moments, both included.
pub(crate) fn between(field: &str, from: Timestamp, to: Timestamp) -> String {
    format!("{field} between '{}' and '{}'", moment(from), moment(to))
}

/// COQL takes two conditions between brackets; more are nested.
fn nested(conditions: &[String]) -> String {
    match conditions {
        [] => String::new(),
        [only] => only.clone(),
        [first, rest @ ..] => format!("({first} or {})", nested(rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_nested_in_pairs() {
        assert_eq!(
            ends(
                &["Phone", "Mobile"],
                &["0134".to_owned(), "01 34".to_owned()]
            ),
            "(Phone like '%0134' or (Phone like '%01 34' or (Mobile like '%0134' or \
             Mobile like '%01 34')))"
        );
    }
}
