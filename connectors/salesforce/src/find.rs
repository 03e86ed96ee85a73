//! Who calls: one SOSL search over contacts, leads and accounts.
//!
//! Salesforce's index makes candidates only: it matches parts of numbers, and fields hold
//! whatever somebody typed. A record counts when one of its phone fields, read with the
//! company's plan, is the very number that was asked for.
//!
//! When nobody has it, what the index does not hold yet counts, too. An agent waits for the
//! answer, so both are asked for at the same time: a caller whom nobody knows costs one wait, not
//! two. That spends requests on callers whom the index knows; once half of the day's are used, the
//! second question is asked only when the first found nobody.

use std::pin::pin;

use futures_util::future::{Either, select};
use linecard_crm::{Failure, Record, Usage};
use linecard_http::Purpose;
use linecard_number::{Phone, Plan};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::api::Api;
use crate::describe::Layouts;
use crate::refusal::Refusal;
use crate::row::{Rank, Row};
use crate::{search, tail};

/// A record as Salesforce answers it.
pub(crate) type Fields = Map<String, Value>;

/// Why nothing can be said.
pub(crate) enum Error {
    /// A field that was there is gone.
    LayoutsChanged {
        /// What Salesforce said.
        words: String,
    },
    Failed(Failure),
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::UnknownField { words } => Self::LayoutsChanged { words },
            refusal => Self::Failed(refusal.into()),
        }
    }
}

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "searchRecords")]
    records: Vec<Fields>,
}

/// A record that holds the number.
struct Match {
    rank: Rank,
    record: Record,
}

/// Every record that holds `phone`, the best match first.
pub(crate) async fn find(
    api: &Api,
    layouts: &Layouts,
    plan: &Plan,
    phone: &Phone,
) -> Result<Vec<Record>, Error> {
    let Some(search) = search::number(layouts, phone) else {
        return Ok(Vec::new());
    };
    let queries = tail::queries(layouts, phone, api.now());
    let indexed = async {
        let found = self::search(api, &search).await?;
        Ok::<_, Error>(ranked(matching(api, layouts, plan, phone, &found)))
    };
    let recent = async {
        if queries.is_empty() {
            return Ok(Vec::new());
        }
        let pages = api.queries::<Fields>(Purpose::Call, &queries).await?;
        let found: Vec<Fields> = pages.into_iter().flat_map(|page| page.records).collect();
        Ok(ranked(matching(api, layouts, plan, phone, &found)))
    };
    if is_scarce(&api.usage()) {
        let known = indexed.await?;
        return if known.is_empty() {
            recent.await
        } else {
            Ok(known)
        };
    }
    // Whom the index knows is told at once; the other answer is not waited for then.
    match select(pin!(indexed), pin!(recent)).await {
        Either::Left((known, recent)) => match known? {
            known if known.is_empty() => recent.await,
            known => Ok(known),
        },
        Either::Right((recent, indexed)) => match indexed.await? {
            known if known.is_empty() => recent,
            known => Ok(known),
        },
    }
}

/// Whether so much of the day's quota is used that a caller whom the index knows is to cost one
/// request only.
fn is_scarce(usage: &Usage) -> bool {
    usage
        .limit
        .is_some_and(|limit| usage.used.saturating_mul(2) >= limit)
}

/// Records whose name or number begins like `text` (F14).
pub(crate) async fn beginning(
    api: &Api,
    layouts: &Layouts,
    text: &str,
    limit: usize,
) -> Result<Vec<Record>, Error> {
    let Some(search) = search::beginning(layouts, text, limit) else {
        return Ok(Vec::new());
    };
    let found = self::search(api, &search).await?;
    let base = api.base();
    let matches = found.iter().filter_map(|fields| {
        let row = Row::read(fields, layouts)?;
        Some(Match {
            rank: row.rank(),
            record: row.record(row.first_number().unwrap_or_default(), &base),
        })
    });
    let mut records = ranked(matches.collect());
    records.truncate(limit);
    Ok(records)
}

async fn search(api: &Api, search: &str) -> Result<Vec<Fields>, Refusal> {
    let answer: Answer = api.get(Purpose::Call, "search/", &[("q", search)]).await?;
    Ok(answer.records)
}

fn matching(
    api: &Api,
    layouts: &Layouts,
    plan: &Plan,
    phone: &Phone,
    found: &[Fields],
) -> Vec<Match> {
    let base = api.base();
    found
        .iter()
        .filter_map(|fields| {
            let row = Row::read(fields, layouts)?;
            let number = row.number(plan, phone)?;
            Some(Match {
                rank: row.rank(),
                record: row.record(number, &base),
            })
        })
        .collect()
}

/// Best first; among equals the one that changed last.
fn ranked(mut matches: Vec<Match>) -> Vec<Record> {
    let people: Vec<String> = matches
        .iter()
        .filter(|found| found.rank == Rank::PersonAccount)
        .map(|found| found.record.at.id.clone())
        .collect();
    // A person account is found twice; its account's page is the one that people use.
    matches.retain(|found| found.rank != Rank::Contact || !people.contains(&found.record.at.id));
    matches.sort_by(|one, other| {
        one.rank
            .cmp(&other.rank)
            .then_with(|| other.record.modified.cmp(&one.record.modified))
    });
    matches.into_iter().map(|found| found.record).collect()
}

#[cfg(test)]
mod tests {
    use linecard_crm::{Module, RecordRef};

    use super::*;

    fn found(rank: Rank, id: &str, modified: i64) -> Match {
        Match {
            rank,
            record: Record {
                at: RecordRef {
                    module: Module::Contact,
                    id: id.to_owned(),
                },
                name: String::new(),
                company: None,
                owner: None,
                number: String::new(),
                account: None,
                modified: jiff::Timestamp::from_second(modified).ok(),
                last_activity: None,
                page: "https://acme.my.salesforce.com/".parse().unwrap(),
            },
        }
    }

    fn order(matches: Vec<Match>) -> Vec<String> {
        ranked(matches)
            .into_iter()
            .map(|record| record.at.id)
            .collect()
    }

    #[test]
    fn a_contact_comes_before_a_person_account_a_lead_and_an_account() {
        let matches = vec![
            found(Rank::Account, "account", 9),
            found(Rank::Lead, "lead", 9),
            found(Rank::PersonAccount, "person", 9),
            found(Rank::Contact, "contact", 1),
        ];
        assert_eq!(order(matches), ["contact", "person", "lead", "account"]);
    }

    #[test]
    fn among_equals_the_one_that_changed_last_comes_first() {
        let matches = vec![
            found(Rank::Contact, "old", 1),
            found(Rank::Contact, "new", 2),
        ];
        assert_eq!(order(matches), ["new", "old"]);
    }

    #[test]
    fn a_person_account_that_is_found_twice_is_listed_once() {
        let matches = vec![
            found(Rank::Contact, "both", 1),
            found(Rank::PersonAccount, "both", 1),
            found(Rank::Contact, "other", 1),
        ];
        assert_eq!(order(matches), ["other", "both"]);
    }
}
