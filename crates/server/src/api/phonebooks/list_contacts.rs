//! Lists the contacts of a phonebook, all or those that are searched for.

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use linecard_number::Reading;
use linecard_store::{ContactId, ContactSearch, NotEditable};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::phonebook_id;
use crate::access::Admin;
use crate::api::contacts::ContactEntry;
use crate::problem::Problem;

/// How many contacts a page has unless asked otherwise, and at most.
const PAGE: usize = 50;
const LARGEST_PAGE: usize = 200;
/// The most characters of a text that is searched for.
const LONGEST_SEARCH: usize = 200;

/// Which contacts.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Words of name and company in any order, or a part of a number; 200 characters at most.
    search: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
    /// How many at most: 1 to 200, 50 unless said.
    limit: Option<usize>,
}

/// A page of contacts.
#[derive(Serialize, ToSchema)]
pub(super) struct ContactPage {
    /// By name.
    contacts: Vec<ContactEntry>,
    /// Asks for the next page; `null`: this is the last one.
    #[schema(required)]
    next: Option<String>,
}

/// Where a page ends: the id and the name of its last contact.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    id: ContactId,
    name: String,
}

impl Place {
    fn read(text: &str) -> Option<Self> {
        let (id, name) = text.split_once('.')?;
        Some(Self {
            id: id.parse().ok()?,
            name: name.to_owned(),
        })
    }
}

/// The contacts of a phonebook, by name.
#[utoipa::path(
    get,
    path = "/phonebooks/{id}/contacts",
    tag = "phonebooks",
    params(("id" = String, Path, description = "The phonebook"), Which),
    responses((status = 200, description = "A page of them", body = ContactPage)),
)]
pub(super) async fn list_contacts(
    admin: Admin,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<ContactPage>, Problem> {
    let id = phonebook_id(&id)?;
    let place = which.after.filter(|after| !after.is_empty());
    let place = place
        .map(|after| Place::read(&after).ok_or_else(not_a_place))
        .transpose()?;
    let limit = which.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let search: String = which.search.unwrap_or_default();
    let search: String = search.trim().chars().take(LONGEST_SEARCH).collect();

    let plan = admin.flow().plan();
    let mut work = admin.flow().store().read().await?;
    if work.phonebooks().get(id).await?.is_none() {
        return Err(NotEditable::NoPhonebook.into());
    }
    let after = place.as_ref().map(|place| (place.name.as_str(), place.id));
    let mut contacts = if search.is_empty() {
        work.contacts().page(id, after, limit + 1).await?
    } else {
        let number = match plan.read(&search) {
            Reading::Phone(phone) => Some(phone.e164),
            _ => None,
        };
        let search = ContactSearch::new(&search, number.as_ref());
        work.contacts().find(id, &search, after, limit + 1).await?
    };
    let is_last = contacts.len() <= limit;
    contacts.truncate(limit);
    let next = contacts
        .last()
        .filter(|_| !is_last)
        .map(|last| format!("{}.{}", last.id, last.name));
    let contacts = contacts.into_iter().map(|it| ContactEntry::of(it, &plan));
    Ok(Json(ContactPage {
        contacts: contacts.collect(),
        next,
    }))
}

fn not_a_place() -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "not_a_cursor",
        "`after` is not the `next` of an earlier page. Start without it.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_an_id_and_a_name_that_may_have_dots() {
        let id = "01900000-0000-7000-8000-000000000001";
        let place = Place::read(&format!("{id}.Dr. Who")).unwrap();
        assert_eq!(
            (place.id.to_string().as_str(), place.name.as_str()),
            (id, "Dr. Who")
        );
        for bad in ["", "x", "x.y", id] {
            assert_eq!(Place::read(bad), None, "{bad:?}");
        }
    }
}
