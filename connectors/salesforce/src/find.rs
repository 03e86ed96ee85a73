//! Who calls: one SOSL search over contacts, leads and accounts.
//!
//! Salesforce's index makes candidates only: it matches parts of numbers, and fields hold
//! whatever somebody typed. A record counts when one of its phone fields, read with the
//! company's plan, is the very number that was asked for.

use linecard_crm::{Failure, Record};
use linecard_number::{Phone, Plan};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::api::Api;
use crate::candidate::{Candidate, Rank};
use crate::describe::Layouts;
use crate::refusal::Refusal;
use crate::search::search;

/// Why nothing can be said.
pub(crate) enum Error {
    /// A field that was there is gone.
    LayoutsChanged {
        /// What Salesforce said.
        words: String,
    },
    Failed(Failure),
}

#[derive(Deserialize)]
struct Answer {
    #[serde(rename = "searchRecords")]
    records: Vec<Map<String, Value>>,
}

/// Every record that holds `phone`, the best match first.
pub(crate) async fn find(
    api: &Api,
    layouts: &Layouts,
    plan: &Plan,
    phone: &Phone,
) -> Result<Vec<Record>, Error> {
    let Some(search) = search(layouts, phone) else {
        return Ok(Vec::new());
    };
    let answer: Answer = match api.get("search/", &[("q", &search)]).await {
        Ok(answer) => answer,
        Err(Refusal::UnknownField { words }) => return Err(Error::LayoutsChanged { words }),
        Err(refusal) => return Err(Error::Failed(refusal.into())),
    };
    let base = api.base();
    let candidates = answer
        .records
        .iter()
        .filter_map(|fields| Candidate::read(fields, layouts, plan, phone, &base))
        .collect();
    Ok(ranked(candidates))
}

/// Best first; among equals the one that changed last.
fn ranked(mut candidates: Vec<Candidate>) -> Vec<Record> {
    let people: Vec<String> = candidates
        .iter()
        .filter(|candidate| candidate.rank == Rank::PersonAccount)
        .map(|candidate| candidate.record.at.id.clone())
        .collect();
    // A person account is found twice; its account's page is the one that people use.
    candidates.retain(|candidate| {
        candidate.rank != Rank::Contact || !people.contains(&candidate.record.at.id)
    });
    candidates.sort_by(|one, other| {
        one.rank
            .cmp(&other.rank)
            .then_with(|| other.record.modified.cmp(&one.record.modified))
    });
    candidates
        .into_iter()
        .map(|candidate| candidate.record)
        .collect()
}

#[cfg(test)]
mod tests {
    use linecard_crm::{Module, RecordRef};

    use super::*;

    fn candidate(rank: Rank, id: &str, modified: i64) -> Candidate {
        Candidate {
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

    fn order(candidates: Vec<Candidate>) -> Vec<String> {
        ranked(candidates)
            .into_iter()
            .map(|record| record.at.id)
            .collect()
    }

    #[test]
    fn a_contact_comes_before_a_person_account_a_lead_and_an_account() {
        let found = vec![
            candidate(Rank::Account, "account", 9),
            candidate(Rank::Lead, "lead", 9),
            candidate(Rank::PersonAccount, "person", 9),
            candidate(Rank::Contact, "contact", 1),
        ];
        assert_eq!(order(found), ["contact", "person", "lead", "account"]);
    }

    #[test]
    fn among_equals_the_one_that_changed_last_comes_first() {
        let found = vec![
            candidate(Rank::Contact, "old", 1),
            candidate(Rank::Contact, "new", 2),
        ];
        assert_eq!(order(found), ["new", "old"]);
    }

    #[test]
    fn a_person_account_that_is_found_twice_is_listed_once() {
        let found = vec![
            candidate(Rank::Contact, "both", 1),
            candidate(Rank::PersonAccount, "both", 1),
            candidate(Rank::Contact, "other", 1),
        ];
        assert_eq!(order(found), ["other", "both"]);
    }
}
