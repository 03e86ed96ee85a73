//! A search request, and what it finds.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value as Json};

use super::filter::{Filter, order, tokens};
use crate::hubspot::errors::ApiError;
use crate::hubspot::options::Switches;
use crate::hubspot::portal::{Kind, Portal, Properties, Record, property};

const MOST_GROUPS: usize = 5;
const MOST_FILTERS_OF_A_GROUP: usize = 6;
const MOST_FILTERS: usize = 18;
const LONGEST_QUERY: usize = 3_000;
const LONGEST_PAGE: usize = 200;

/// A request that was understood.
#[derive(Debug)]
pub(crate) struct Request {
    groups: Vec<Vec<Filter>>,
    query: Vec<String>,
    /// The property, and whether the greatest value comes first.
    sort: Option<(String, bool)>,
    pub(crate) limit: usize,
    pub(crate) after: usize,
}

impl Request {
    /// Reads the body; `after`, `sorts`, `limit` and `properties` may be missing.
    pub(crate) fn read(
        kind: Kind,
        body: &Map<String, Json>,
        switches: &Switches,
    ) -> Result<Self, ApiError> {
        let limit = number(body.get("limit")).unwrap_or(10);
        if limit == 0 || limit > LONGEST_PAGE {
            return Err(ApiError::validation(format!(
                "Invalid limit {limit}: must be between 1 and {LONGEST_PAGE}"
            )));
        }
        let after = number(body.get("after")).unwrap_or(0);
        if after.saturating_add(limit) > switches.search_window {
            return Err(ApiError::validation(
                "Paging through more results than the search shows is not supported",
            ));
        }
        let query = body.get("query").and_then(Json::as_str).unwrap_or_default();
        if query.chars().count() > LONGEST_QUERY {
            return Err(ApiError::validation("query is longer than 3000 characters"));
        }
        Ok(Self {
            groups: groups(kind, body, switches)?,
            query: tokens(query),
            sort: sort(kind, body, switches)?,
            limit,
            after,
        })
    }

    fn finds(&self, kind: Kind, properties: &Properties) -> bool {
        let by_filters = self.groups.is_empty()
            || self
                .groups
                .iter()
                .any(|group| group.iter().all(|filter| filter.passes(properties)));
        by_filters
            && self
                .query
                .iter()
                .all(|word| has_word(kind, properties, word))
    }
}

fn number(value: Option<&Json>) -> Option<usize> {
    match value? {
        Json::String(text) => text.parse().ok(),
        Json::Number(number) => usize::try_from(number.as_u64()?).ok(),
        _ => None,
    }
}

fn groups(
    kind: Kind,
    body: &Map<String, Json>,
    switches: &Switches,
) -> Result<Vec<Vec<Filter>>, ApiError> {
    let mut groups = Vec::new();
    let given = body.get("filterGroups").and_then(Json::as_array);
    for group in given.into_iter().flatten() {
        let filters = group.get("filters").and_then(Json::as_array);
        let filters: Vec<Filter> = filters
            .into_iter()
            .flatten()
            .map(|filter| Filter::read(kind, filter, switches))
            .collect::<Result<_, _>>()?;
        if filters.len() > MOST_FILTERS_OF_A_GROUP {
            return Err(ApiError::validation("too many filters in a group"));
        }
        groups.push(filters);
    }
    if groups.len() > MOST_GROUPS || groups.iter().map(Vec::len).sum::<usize>() > MOST_FILTERS {
        return Err(ApiError::validation("too many filter groups or filters"));
    }
    Ok(groups)
}

/// Elements are objects, or the name of a property, with `-` in front for the greatest first.
fn sort(
    kind: Kind,
    body: &Map<String, Json>,
    switches: &Switches,
) -> Result<Option<(String, bool)>, ApiError> {
    let sorts = body.get("sorts").and_then(Json::as_array);
    let Some(first) = sorts.and_then(|sorts| sorts.first()) else {
        return Ok(None);
    };
    if sorts.is_some_and(|sorts| sorts.len() > 1) {
        return Err(ApiError::validation("only one sort is supported"));
    }
    let (name, descending) = match first {
        Json::String(text) => match text.strip_prefix('-') {
            Some(name) => (name.to_owned(), true),
            None => (text.clone(), false),
        },
        other => {
            let text = |name: &str| other.get(name).and_then(Json::as_str).unwrap_or_default();
            (
                text("propertyName").to_owned(),
                text("direction") == "DESCENDING",
            )
        }
    };
    if property(kind, &name, switches).is_none() {
        return Err(ApiError::validation(format!("cannot sort by {name}")));
    }
    Ok(Some((name, descending)))
}

fn has_word(kind: Kind, properties: &Properties, word: &str) -> bool {
    let searched: &[&str] = match kind {
        Kind::Contact => &[
            "firstname",
            "lastname",
            "email",
            "phone",
            "mobilephone",
            "company",
            "fax",
            "hs_searchable_calculated_phone_number",
            "hs_searchable_calculated_mobile_number",
        ],
        Kind::Company => &["name", "domain", "phone"],
        Kind::Lead => &["hs_lead_name"],
        Kind::Call => &["hs_call_title", "hs_call_body"],
        Kind::Task => &["hs_task_subject", "hs_task_body"],
    };
    searched.iter().any(|name| {
        properties
            .get(*name)
            .is_some_and(|value| tokens(value).iter().any(|token| token.starts_with(word)))
    })
}

/// What a search finds: how many in all, and the page asked for as the index holds it.
///
/// Among equals the order means nothing; here it is the opposite of what one would like.
pub(crate) fn run(
    portal: &Portal,
    kind: Kind,
    request: &Request,
    now: Timestamp,
    lag: SignedDuration,
    switches: &Switches,
) -> (usize, Vec<Record>) {
    let mut found: Vec<(&Record, &Properties)> = portal
        .of(kind)
        .filter_map(|record| Some((record, record.indexed(now, lag)?)))
        .filter(|(_, properties)| request.finds(kind, properties))
        .collect();
    found.reverse();
    if let Some((name, descending)) = &request.sort
        && let Some(known) = property(kind, name, switches)
    {
        let value = |properties: &Properties| properties.get(name).cloned().unwrap_or_default();
        found.sort_by(|one, other| {
            let ordered = order(known.value, &value(one.1), &value(other.1))
                .unwrap_or(std::cmp::Ordering::Equal);
            if *descending {
                ordered.reverse()
            } else {
                ordered
            }
        });
    }
    let page = found
        .iter()
        .skip(request.after)
        .take(request.limit)
        .map(|(record, properties)| Record {
            properties: (*properties).clone(),
            ..(*record).clone()
        })
        .collect();
    (found.len(), page)
}
