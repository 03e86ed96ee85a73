//! Phonebooks: lists of contacts, filled by a CRM or by people (F7 to F9, H5).

mod change_phonebook;
mod create_phonebook;
mod delete_phonebook;
mod list_contacts;
mod list_phonebooks;

use axum::http::StatusCode;
use jiff::Timestamp;
use linecard_number::Extension;
use linecard_store::{
    Account, AuditKind, Deed, NotEditable, PhonebookId, SeenBy, StoreError, UnitOfWork,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::{FieldProblem, FieldProblems, Problem};
use crate::state::App;

/// More extensions than any list that a person reads.
const MOST_EXTENSIONS: usize = 5_000;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_phonebooks::list_phonebooks))
        .routes(routes!(create_phonebook::create_phonebook))
        .routes(routes!(change_phonebook::change_phonebook))
        .routes(routes!(delete_phonebook::delete_phonebook))
        .routes(routes!(list_contacts::list_contacts))
}

/// A phonebook.
#[derive(Serialize, ToSchema)]
struct Phonebook {
    /// Names it.
    id: String,
    /// The name for people.
    #[schema(example = "Suppliers")]
    name: String,
    /// The kind of CRM its contacts come from. It stays when the CRM is disconnected.
    #[schema(required, example = "salesforce")]
    crm: Option<String>,
    /// A CRM fills it now, so that people only read it.
    read_only: bool,
    /// How many contacts it has.
    contacts: u64,
    /// The extensions whose agents find its contacts in their searches; `null`: all.
    #[schema(required)]
    extensions: Option<Vec<String>>,
    /// When it was made.
    created: Timestamp,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

impl Phonebook {
    fn of(phonebook: linecard_store::Phonebook, contacts: u64) -> Self {
        Self {
            id: phonebook.id.to_string(),
            name: phonebook.name,
            crm: phonebook.crm,
            read_only: phonebook.connection.is_some(),
            contacts,
            extensions: match phonebook.seen_by {
                SeenBy::Everyone => None,
                SeenBy::Extensions(some) => Some(some.into_iter().map(String::from).collect()),
            },
            created: phonebook.created,
            version: phonebook.version,
        }
    }

    async fn get(work: &mut UnitOfWork, id: PhonebookId) -> Result<Self, Problem> {
        let phonebook = work.phonebooks().get(id).await?;
        let phonebook = phonebook.ok_or(NotEditable::NoPhonebook)?;
        let contacts = work.contacts().count(id).await?;
        Ok(Self::of(phonebook, contacts))
    }
}

impl From<NotEditable> for Problem {
    fn from(error: NotEditable) -> Self {
        match error {
            NotEditable::NoPhonebook => Self::new(StatusCode::NOT_FOUND, "no_phonebook", error),
            NotEditable::FilledByCrm { .. } => {
                Self::new(StatusCode::CONFLICT, "filled_by_crm", error)
            }
            NotEditable::Store(error) => error.into(),
        }
    }
}

/// The phonebook of that id. What is no id names none.
pub(super) fn phonebook_id(text: &str) -> Result<PhonebookId, NotEditable> {
    text.parse().map_err(|_| NotEditable::NoPhonebook)
}

fn seen_by(fields: &mut FieldProblems, extensions: Option<Vec<String>>) -> SeenBy {
    let Some(texts) = extensions else {
        return SeenBy::Everyone;
    };
    if texts.len() > MOST_EXTENSIONS {
        fields.add(
            "/extensions",
            "too_many",
            format_args!("There may be at most {MOST_EXTENSIONS} of them."),
        );
        return SeenBy::Everyone;
    }
    let mut some = Vec::with_capacity(texts.len());
    for (place, text) in texts.into_iter().enumerate() {
        let path = format!("/extensions/{place}");
        some.extend(fields.take(&path, "not_an_extension", Extension::try_from(text)));
    }
    some.sort();
    some.dedup();
    SeenBy::Extensions(some)
}

fn name_taken() -> Problem {
    Problem::invalid(vec![FieldProblem {
        path: "/name".to_owned(),
        code: "name_taken",
        detail: "There is a phonebook of that name.".to_owned(),
    }])
}

/// Writes down who changed what, together with the change.
pub(super) async fn write_down(
    work: &mut UnitOfWork,
    account: &Account,
    kind: AuditKind,
    subject: impl Into<String>,
    amount: Option<u64>,
) -> Result<(), StoreError> {
    let deed = Deed {
        account: account.id,
        kind,
        subject: subject.into(),
        amount,
    };
    work.audit().done(&deed).await
}
