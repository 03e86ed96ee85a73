//! Shows what an import would do.

use axum::Json;
use axum::extract::Path;
use linecard_book::exchange::encoding::CHOICES;
use linecard_flow::{Preview, SampleRow};
use linecard_store::{ContactDetails, ImportFormat as Format};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::plan::ImportPlan;
use super::{fault_words, import_id};
use crate::access::Admin;
use crate::body::Body;
use crate::problem::Problem;

/// What is to be shown.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PreviewWish {
    /// What is chosen; `null`: what can be guessed is.
    plan: Option<ImportPlan>,
}

/// What an import would do. Nothing is written.
#[derive(Serialize, ToSchema)]
pub(super) struct ImportPreview {
    /// How contacts are written in the file.
    format: ImportFormat,
    /// What the rows that are not UTF-8 seem to be in; `null`: all are.
    #[schema(required)]
    guessed_encoding: Option<String>,
    /// The encodings that may be chosen.
    encodings: Vec<&'static str>,
    /// What is chosen, or guessed.
    plan: ImportPlan,
    /// Why it cannot be started so: `no_name_column`, `no_number_column`, `column_twice`, `unknown`.
    #[schema(required)]
    fault: Option<&'static str>,
    /// The columns of a table.
    columns: Vec<PreviewColumn>,
    /// The first rows; 20 at most.
    rows: Vec<PreviewRow>,
    /// How many rows were looked at; 1,000 at most.
    looked_at: usize,
    /// How many of those are contacts.
    good: usize,
    /// How many of the contacts are like one that is there already.
    alike: usize,
    /// How many of those cannot be taken.
    bad: usize,
    /// About how many rows the file has.
    about: u64,
}

/// How contacts are written in a file.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ImportFormat {
    /// A table.
    Csv,
    /// Cards.
    Vcard,
}

/// A column of a table.
#[derive(Serialize, ToSchema)]
struct PreviewColumn {
    /// Its name; empty where the table names none.
    name: String,
    /// What stands in it, in the first rows.
    samples: Vec<String>,
}

/// A row as it would be taken.
#[derive(Serialize, ToSchema)]
struct PreviewRow {
    /// Which row, from 1, as a spreadsheet counts.
    row: u64,
    /// The contact; `null`: it is none.
    #[schema(required)]
    contact: Option<PreviewContact>,
    /// The column that is at fault, from 1.
    #[schema(required)]
    column: Option<usize>,
    /// Why it is not taken; stable. `number_there` and `name_there`: a contact like it is there.
    #[schema(required)]
    code: Option<&'static str>,
    /// The row's beginning.
    shown: String,
}

/// A contact as a row has it.
#[derive(Serialize, ToSchema)]
struct PreviewContact {
    /// The name.
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
    /// The numbers.
    numbers: Vec<PreviewNumber>,
}

/// A number of a row.
#[derive(Serialize, ToSchema)]
struct PreviewNumber {
    /// What it is for: `business`, `business2`, `business_fax`, `mobile`, `mobile2`, `home`,
    /// `home2`, `home_fax`, `other`.
    slot: &'static str,
    /// As it stands in the file.
    written: String,
    /// What callers are matched by; `null`: it is no number of the public network.
    #[schema(required)]
    international: Option<String>,
}

/// What an import would do with its file. Nothing is written.
#[utoipa::path(
    post,
    path = "/imports/{id}/preview",
    tag = "imports",
    params(("id" = String, Path, description = "The import")),
    request_body = PreviewWish,
    responses((status = 200, description = "What it would do", body = ImportPreview)),
)]
pub(super) async fn preview_import(
    admin: Admin,
    Path(id): Path<String>,
    Body(wish): Body<PreviewWish>,
) -> Result<Json<ImportPreview>, Problem> {
    let imports = admin.flow().imports();
    let plan = wish.plan.map(Into::into);
    let preview = imports.preview(import_id(&id)?, plan).await?;
    Ok(Json(preview.into()))
}

impl From<Preview> for ImportPreview {
    fn from(preview: Preview) -> Self {
        let columns = preview.columns.into_iter().map(|column| PreviewColumn {
            name: column.name,
            samples: column.samples,
        });
        Self {
            format: match preview.file.format {
                Format::Csv => ImportFormat::Csv,
                Format::Vcard => ImportFormat::Vcard,
            },
            guessed_encoding: preview.file.encoding,
            encodings: CHOICES.to_vec(),
            plan: preview.plan.into(),
            fault: preview.fault.map(|fault| fault_words(&fault).1),
            columns: columns.collect(),
            rows: preview.rows.into_iter().map(PreviewRow::from).collect(),
            looked_at: preview.looked_at,
            good: preview.good,
            alike: preview.alike,
            bad: preview.bad,
            about: preview.about,
        }
    }
}

impl From<SampleRow> for PreviewRow {
    fn from(row: SampleRow) -> Self {
        let like = row.like.map(|like| match like.number {
            Some(_) => "number_there",
            None => "name_there",
        });
        let (contact, column, code) = match row.contact {
            Ok(contact) => (Some(contact.into()), None, like),
            Err(fault) => (None, fault.column, Some(fault.fault.code())),
        };
        Self {
            row: row.at.row,
            contact,
            column,
            code,
            shown: row.shown,
        }
    }
}

impl From<ContactDetails> for PreviewContact {
    fn from(contact: ContactDetails) -> Self {
        let numbers = contact.numbers.into_iter().map(|number| PreviewNumber {
            slot: number.slot.code(),
            written: number.written,
            international: number.e164.map(|e164| e164.as_str().to_owned()),
        });
        Self {
            name: contact.name,
            company: contact.company,
            email: contact.email,
            remark: contact.remark,
            numbers: numbers.collect(),
        }
    }
}
