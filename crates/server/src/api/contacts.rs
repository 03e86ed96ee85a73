//! Contacts of phonebooks: what people add, change and tidy up.

mod create_contact;
mod delete_contacts;
mod details;
mod get_contact;
mod list_duplicates;
mod merge_contacts;
mod move_contacts;
mod number;
mod put_contact;
mod read_numbers;

use axum::http::StatusCode;
use jiff::Timestamp;
use linecard_number::Plan;
use linecard_store::{ContactError, ContactId};
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::number::ContactNumber;
use crate::api::CrmModule;
use crate::problem::{FieldProblems, Problem};
use crate::state::App;

/// How many contacts one request names at most.
const MOST_AT_ONCE: usize = 1_000;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(create_contact::create_contact))
        .routes(routes!(get_contact::get_contact, put_contact::put_contact))
        .routes(routes!(delete_contacts::delete_contacts))
        .routes(routes!(move_contacts::move_contacts))
        .routes(routes!(merge_contacts::merge_contacts))
        .routes(routes!(list_duplicates::list_duplicates))
        .routes(routes!(read_numbers::read_numbers))
}

/// A contact. Its texts are whatever somebody typed: data, never markup.
#[derive(Serialize, ToSchema)]
pub(super) struct ContactEntry {
    /// Names it.
    id: String,
    /// The phonebook it stands in.
    phonebook: String,
    /// The name as it is shown.
    name: String,
    /// The company.
    #[schema(required)]
    company: Option<String>,
    /// The e-mail address.
    #[schema(required)]
    email: Option<String>,
    /// What else there is to say.
    #[schema(required)]
    remark: Option<String>,
    /// Its numbers. A contact that came from a CRM may have several in `other`.
    numbers: Vec<ContactNumber>,
    /// The record in the CRM it came from; `null`: it was made here.
    #[schema(required)]
    record: Option<ContactRecord>,
    /// When it was last written here.
    updated: Timestamp,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

/// The record in a CRM that a contact came from.
#[derive(Serialize, ToSchema)]
struct ContactRecord {
    /// What kind of record.
    module: CrmModule,
    /// Its page in the CRM.
    page: Url,
}

impl ContactEntry {
    pub(super) fn of(contact: linecard_store::Contact, plan: &Plan) -> Self {
        let numbers = contact.numbers.into_iter();
        Self {
            id: contact.id.to_string(),
            phonebook: contact.phonebook.to_string(),
            name: contact.name,
            company: contact.company,
            email: contact.email,
            remark: contact.remark,
            numbers: numbers.map(|it| ContactNumber::of(it, plan)).collect(),
            record: contact.record.map(|record| ContactRecord {
                module: record.at.module.into(),
                page: record.page,
            }),
            updated: contact.updated,
            version: contact.version,
        }
    }
}

impl From<ContactError> for Problem {
    fn from(error: ContactError) -> Self {
        match error {
            ContactError::NoContact => Self::new(StatusCode::NOT_FOUND, "no_contact", error),
            ContactError::Conflict => Self::changed_meanwhile(None),
            ContactError::SlotTwice(_) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "slot_twice", error)
            }
            ContactError::NotEditable(error) => error.into(),
            ContactError::Store(error) => error.into(),
        }
    }
}

/// The contact of that id. What is no id names none.
fn contact_id(text: &str) -> Result<ContactId, ContactError> {
    text.parse().map_err(|_| ContactError::NoContact)
}

/// Several contacts, named at `path`. What is no id names none and is passed over.
fn contact_ids(path: &str, texts: &[String]) -> Result<Vec<ContactId>, Problem> {
    let mut fields = FieldProblems::default();
    if texts.is_empty() {
        fields.add(path, "required", "Name at least one contact.");
    } else if texts.len() > MOST_AT_ONCE {
        fields.add(
            path,
            "too_many",
            format_args!("There may be at most {MOST_AT_ONCE} of them at once."),
        );
    }
    fields.finish()?;
    Ok(texts.iter().filter_map(|text| text.parse().ok()).collect())
}
