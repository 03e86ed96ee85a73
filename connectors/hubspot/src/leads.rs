//! Leads and companies of the people who were found.
//!
//! A lead has no number of its own: it belongs to a contact, whose number is matched. So it is
//! reached by the contact's associations, which a search does not tell.

use futures_util::future::try_join_all;
use linecard_crm::{Failure, Module, Record, RecordRef};
use linecard_http::Purpose;
use serde_json::{Value, json};

use crate::api::{Api, objects};
use crate::kind::{self, Kind};
use crate::record::{Found, LEAD, Object};
use crate::refusal::Refusal;

/// Of how many people the associations are read. More share a number only at a switchboard.
const MOST_PEOPLE: usize = 5;

/// The most leads that are read.
const MOST_LEADS: usize = 50;

/// Gives each contact its company, and returns their leads.
pub(crate) async fn of(
    api: &Api,
    has_leads: bool,
    people: &mut [Record],
) -> Result<Vec<Record>, Failure> {
    let first = people.iter_mut().take(MOST_PEOPLE).collect::<Vec<_>>();
    let asked = first
        .iter()
        .map(|person| associated(api, &person.at.id, has_leads));
    let answers = try_join_all(asked).await?;
    let mut leads: Vec<(String, String, Option<String>)> = Vec::new();
    for (person, answer) in first.into_iter().zip(answers) {
        let linked = |name: &str| {
            answer
                .associations
                .get(name)
                .map(|linked| linked.results.as_slice())
                .unwrap_or_default()
        };
        let company = linked("companies")
            .first()
            .map(|company| company.id.clone());
        if person.account.is_none() {
            person.account = company
                .filter(|id| kind::id(id).is_ok())
                .map(|id| RecordRef {
                    module: Module::Account,
                    id,
                });
        }
        for lead in linked("leads") {
            leads.push((
                lead.id.clone(),
                person.number.clone(),
                person.company.clone(),
            ));
        }
    }
    leads.sort();
    leads.dedup_by(|one, other| one.0 == other.0);
    leads.truncate(MOST_LEADS);
    read(api, leads).await
}

/// A contact with the ids of its companies and leads; one that went meanwhile has none.
async fn associated(api: &Api, id: &str, has_leads: bool) -> Result<Object, Failure> {
    let wanted = if has_leads {
        "companies,leads"
    } else {
        "companies"
    };
    let path = objects(Kind::Contact, &format!("/{id}"));
    let query = [("associations", wanted), ("properties", "hs_object_id")];
    match api.get(Purpose::Call, &path, &query).await {
        Ok(object) => Ok(object),
        Err(Refusal::NotThere { .. }) => Ok(Object::default()),
        Err(refusal) => Err(refusal.into()),
    }
}

async fn read(
    api: &Api,
    leads: Vec<(String, String, Option<String>)>,
) -> Result<Vec<Record>, Failure> {
    if leads.is_empty() {
        return Ok(Vec::new());
    }
    let inputs: Vec<Value> = leads.iter().map(|(id, ..)| json!({"id": id})).collect();
    let body = json!({"inputs": inputs, "properties": LEAD});
    let path = objects(Kind::Lead, "/batch/read");
    let found: Found = api.post_read(Purpose::Call, &path, &body).await?;
    let pages = api.pages();
    Ok(found
        .results
        .iter()
        .filter_map(|object| {
            let (_, number, company) = leads.iter().find(|(id, ..)| *id == object.id)?;
            let mut record = object.record(Module::Lead, number, &pages)?;
            record.company.clone_from(company);
            Some(record)
        })
        .collect())
}
