//! Lists contacts that may be one and the same.

use axum::Json;
use axum::extract::Query;
use axum::http::StatusCode;
use linecard_number::{E164, Plan};
use linecard_store::{Duplicates, SharedName};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ContactEntry;
use crate::access::Admin;
use crate::api::phonebooks::phonebook_id;
use crate::problem::Problem;

/// How many groups a page has.
const PAGE: usize = 20;
/// Parts name and company in a place of the list.
const BETWEEN: char = '\n';

/// Which duplicates.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// What they have in common.
    #[param(inline)]
    by: DuplicatesBy,
    /// Only groups that a contact of this phonebook belongs to.
    phonebook: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// What duplicates have in common.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DuplicatesBy {
    /// A number.
    Number,
    /// Name and company, capitals and white space aside.
    Name,
}

/// A page of duplicates.
#[derive(Serialize, ToSchema)]
pub(super) struct DuplicatePage {
    /// Contacts that have something in common, group by group.
    groups: Vec<DuplicateGroup>,
    /// Asks for the next page; `null`: this is the last one.
    #[schema(required)]
    next: Option<String>,
}

/// Contacts that have something in common.
#[derive(Serialize, ToSchema)]
struct DuplicateGroup {
    /// The number they share, as people of the company's country write it; `null`: they share name
    /// and company.
    #[schema(required)]
    number: Option<String>,
    /// How many they are.
    count: u64,
    /// The first 20 of them, by name.
    contacts: Vec<ContactEntry>,
}

impl DuplicateGroup {
    fn of<K>(group: Duplicates<K>, number: Option<String>, plan: &Plan) -> Self {
        let contacts = group.contacts.into_iter();
        Self {
            number,
            count: group.count,
            contacts: contacts.map(|it| ContactEntry::of(it, plan)).collect(),
        }
    }
}

/// Contacts that share a number, or name and company, within a phonebook and across all.
#[utoipa::path(
    get,
    path = "/contacts/duplicates",
    tag = "contacts",
    params(Which),
    responses((status = 200, description = "A page of them", body = DuplicatePage)),
)]
pub(super) async fn list_duplicates(
    admin: Admin,
    Query(which): Query<Which>,
) -> Result<Json<DuplicatePage>, Problem> {
    let after = which.after.filter(|after| !after.is_empty());
    let phonebook = which.phonebook.filter(|id| !id.is_empty());
    let phonebook = phonebook.as_deref().map(phonebook_id).transpose()?;
    let plan = admin.flow().plan();
    let mut work = admin.flow().store().read().await?;
    let mut contacts = work.contacts();
    match which.by {
        DuplicatesBy::Number => {
            let after: Option<E164> = after
                .map(|after| after.parse().map_err(|_| not_a_place()))
                .transpose()?;
            let groups = contacts
                .sharing_numbers(phonebook, after.as_ref(), PAGE + 1)
                .await?;
            Ok(page(groups, E164::to_string, |group| {
                let number = plan.written(&group.shared);
                DuplicateGroup::of(group, Some(number), &plan)
            }))
        }
        DuplicatesBy::Name => {
            let after = match &after {
                Some(after) => after.split_once(BETWEEN).ok_or_else(not_a_place)?,
                None => ("", ""),
            };
            let after = SharedName {
                name: after.0.to_owned(),
                company: after.1.to_owned(),
            };
            let groups = contacts.sharing_names(phonebook, &after, PAGE + 1).await?;
            let place = |shared: &SharedName| format!("{}{BETWEEN}{}", shared.name, shared.company);
            Ok(page(groups, place, |group| {
                DuplicateGroup::of(group, None, &plan)
            }))
        }
    }
}

/// Cuts the groups down to a page; one more than it has was read.
fn page<K>(
    mut groups: Vec<Duplicates<K>>,
    place: impl Fn(&K) -> String,
    show: impl Fn(Duplicates<K>) -> DuplicateGroup,
) -> Json<DuplicatePage> {
    let is_last = groups.len() <= PAGE;
    groups.truncate(PAGE);
    let last = groups.last().filter(|_| !is_last);
    let next = last.map(|last| place(&last.shared));
    let groups = groups.into_iter().map(show).collect();
    Json(DuplicatePage { groups, next })
}

fn not_a_place() -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "not_a_cursor",
        "`after` is not the `next` of an earlier page. Start without it.",
    )
}
