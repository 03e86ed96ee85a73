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

/// Every record of `module` for which `condition` holds, up to 2,000.
pub(crate) async fn select(
    api: &Api,
    purpose: Purpose,
    module: &str,
    fields: &[&str],
    condition: &str,
) -> Result<Vec<Map<String, Value>>, Refusal> {
    let mut found = Vec::new();
    while found.len() < MOST_RECORDS {
        let query = format!(
            "select {} from {module} where {condition} limit {}, {PAGE}",
            fields.join(","),
            found.len()
        );
        let ask = Ask::question(purpose, "coql", &json!({"select_query": query}))?;
        let Some(page) = api.read::<Listing>(&ask).await? else {
            break;
        };
        let more = page.info.more_records && !page.data.is_empty();
        found.extend(page.data);
        if !more {
            break;
        }
    }
    Ok(found)
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
