//! Invites the people of a list.

use axum::Json;
use axum::extract::Query;
use axum::http::StatusCode;
use linecard_book::exchange::cell::write_row;
use linecard_store::{AuditKind, UnitOfWork};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::{IntoParams, ToSchema};

use super::people_list::{PeopleList, Person, There};
use super::{Role, deed, must_have_mail};
use crate::access::{Admin, AdminInPerson};
use crate::api::Language;
use crate::body::Piece;
use crate::links;
use crate::problem::Problem;

/// How many bytes a list may have: 200 for each of the most people.
pub(super) const LONGEST: usize = 1_000_000;

/// What is to be done with the list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct How {
    /// Only tells what would be done.
    #[serde(default)]
    preview: bool,
    /// Mails each person the link; without it the links are told.
    #[serde(default)]
    mail: bool,
    /// The language of people whose row names none.
    language: Option<Language>,
}

/// Who of a list is invited, or would be.
#[derive(Serialize, ToSchema)]
pub(super) struct ImportedAccounts {
    /// The people who are invited.
    people: Vec<ImportedAccount>,
    /// The rows that are left out.
    left_out: Vec<LeftOutAccount>,
    /// A table (CSV, safe in a spreadsheet) of the people and their links; each link signs its owner
    /// in once, within a week, and cannot be shown again. `null`: nobody was invited, or by mail.
    #[schema(required)]
    links: Option<String>,
}

/// Somebody who is invited.
#[derive(Serialize, ToSchema)]
struct ImportedAccount {
    /// The row of the list, from 1, as a spreadsheet counts.
    row: u64,
    /// The person's name.
    name: String,
    /// What the person will sign in with.
    email: String,
    /// What the person may do.
    role: Role,
    /// The person's phone.
    #[schema(required, example = "101")]
    extension: Option<String>,
    /// The language of the person's pages and of the mail.
    #[schema(required)]
    language: Option<Language>,
}

/// A row that is left out.
#[derive(Serialize, ToSchema)]
struct LeftOutAccount {
    /// Its place, from 1, as a spreadsheet counts.
    row: u64,
    /// Why: `required`, `invalid`, `email_invalid`, `email_taken`, `unknown_role`,
    /// `unknown_language`, `no_extension`, `not_an_extension`, `unknown_extension`,
    /// `extension_taken`, or what is wrong with the row as CSV.
    #[schema(example = "unknown_role")]
    code: &'static str,
    /// Why, in English.
    detail: String,
}

/// Invites the people of a list, by mail or with links to hand over; or tells what that would do.
/// The list is CSV in UTF-8, GB18030, Windows-1252 or another encoding that can be told, of at most
/// 5,000 people. Its first row names the columns in English or Chinese: `name`, `email`, `role`
/// (`agent` unless said), `extension`, `language`. Rows that cannot be used are left out and told;
/// the others are invited all together, or none of them.
#[utoipa::path(
    post,
    path = "/accounts/import",
    tag = "accounts",
    params(How),
    request_body(content = Option<String>, content_type = "application/octet-stream"),
    responses((status = 200, description = "Who is invited", body = ImportedAccounts)),
)]
pub(super) async fn import_accounts(
    AdminInPerson(admin): AdminInPerson,
    Query(how): Query<How>,
    Piece(file): Piece,
) -> Result<Json<ImportedAccounts>, Problem> {
    let flow = admin.flow();
    let mut work = flow.store().begin().await?;
    if how.mail && !how.preview {
        must_have_mail(&mut work, flow).await?;
    }
    let there = there(&mut work).await?;
    let list = PeopleList::read(&file, how.language, there)
        .map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.code(), error))?;
    let people = list.people.iter().map(ImportedAccount::from).collect();
    let mut links = None;
    if !how.preview && !list.people.is_empty() {
        links = invite(&mut work, &admin, list.people, how.mail).await?;
        work.commit().await?;
        admin.app().invitations.notify_one();
    }
    let left_out = list.wrong.into_iter().map(|wrong| LeftOutAccount {
        row: wrong.row,
        code: wrong.code,
        detail: wrong.detail,
    });
    Ok(Json(ImportedAccounts {
        people,
        left_out: left_out.collect(),
        links,
    }))
}

async fn there(work: &mut UnitOfWork) -> Result<There, Problem> {
    let extensions = work.extensions().list().await?;
    let mut there = There {
        extensions: extensions.into_iter().map(|it| it.number).collect(),
        ..There::default()
    };
    for account in work.accounts().list().await? {
        there.addresses.insert(account.email.to_lowercase());
        there.taken.extend(account.extension);
    }
    Ok(there)
}

/// Makes the accounts and asks for their mails, or makes the table of their links.
async fn invite(
    work: &mut UnitOfWork,
    admin: &Admin,
    people: Vec<Person>,
    mail: bool,
) -> Result<Option<String>, Problem> {
    let flow = admin.flow();
    // The mark by which spreadsheets know UTF-8.
    let mut links = String::from('\u{feff}');
    write_row(&mut links, ["Name", "E-mail", "Extension", "Sign-in link"]);
    for person in people {
        let account = work.accounts().create(person.into()).await?;
        if mail {
            work.invitations().ask(account.id).await?;
        } else {
            let link: Url = links::add_sign_in_link(
                work,
                &**flow.clock(),
                &**flow.entropy(),
                &admin.app().home,
                account.id,
            )
            .await?;
            let extension = account.extension.as_ref().map(ToString::to_string);
            let cells = [
                account.name.as_str(),
                account.email.as_str(),
                extension.as_deref().unwrap_or_default(),
                link.as_str(),
            ];
            write_row(&mut links, cells);
        }
        let done = deed(admin, AuditKind::AccountCreate, &account);
        work.audit().done(&done).await?;
    }
    Ok((!mail).then_some(links))
}

impl From<&Person> for ImportedAccount {
    fn from(person: &Person) -> Self {
        Self {
            row: person.row,
            name: person.name.clone(),
            email: person.email.clone(),
            role: person.role,
            extension: person.extension.as_ref().map(ToString::to_string),
            language: person.language,
        }
    }
}
