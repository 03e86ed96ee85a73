//! Takes extensions over from a spreadsheet.

use std::collections::HashMap;

use axum::Json;
use linecard_number::Extension as Number;
use linecard_store::{AuditKind, ExtensionEntry};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::list_file::{List, Row};
use crate::access::Admin;
use crate::api::change;
use crate::body::Body;
use crate::problem::{FieldProblem, Problem};

/// Extensions to take over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExtensionImport {
    /// Lines of CSV; the first names the columns `extension`, `name` and `email`. An empty cell
    /// leaves what is known as it is.
    #[schema(example = "extension,name,email\n101,Alice Adams,alice@example.com\n")]
    csv: String,
    /// Only tells what would change.
    #[serde(default)]
    preview: bool,
}

/// What an import changes, or would change.
#[derive(Serialize, ToSchema)]
pub(super) struct ImportedExtensions {
    /// The lines that are taken.
    lines: Vec<ImportedLine>,
    /// The lines that are left out.
    left_out: Vec<LeftOutLine>,
}

/// A line that is taken.
#[derive(Serialize, ToSchema)]
struct ImportedLine {
    /// Its place in the file, from 1.
    line: u64,
    /// The extension.
    number: String,
    /// Who sits there, after the import.
    name: String,
    /// That person's e-mail address, after the import.
    #[schema(required)]
    email: Option<String>,
    /// What becomes of it.
    change: ImportedChange,
}

/// What becomes of an extension in an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ImportedChange {
    /// It is new.
    Added,
    /// Its name or address changes.
    Changed,
    /// It is known as it is.
    Unchanged,
}

/// A line that is left out.
#[derive(Serialize, ToSchema)]
struct LeftOutLine {
    /// Its place in the file, from 1.
    line: u64,
    /// Why: `not_an_extension`, `twice`, `invalid`, `email_invalid`.
    code: &'static str,
    /// Why, in English.
    detail: String,
}

/// Takes extensions over from a spreadsheet, or tells what that would change. Lines that cannot
/// be used are left out and told; the others are taken.
#[utoipa::path(
    post,
    path = "/extensions/import",
    tag = "extensions",
    request_body = ExtensionImport,
    responses((status = 200, description = "What changed", body = ImportedExtensions)),
)]
pub(super) async fn import_extensions(
    admin: Admin,
    Body(wanted): Body<ExtensionImport>,
) -> Result<Json<ImportedExtensions>, Problem> {
    let list = List::read(&wanted.csv).map_err(|error| {
        Problem::invalid(vec![FieldProblem {
            path: "/csv".to_owned(),
            code: "no_header",
            detail: format!("{error}."),
        }])
    })?;
    let mut work = admin.flow().store().begin().await?;
    let known = work.extensions().list().await?;
    let mut known: HashMap<Number, ExtensionEntry> = known
        .into_iter()
        .map(|entry| (entry.number.clone(), entry))
        .collect();
    let mut lines = Vec::new();
    for row in list.rows {
        let line = row.line;
        let before = known.remove(&row.number);
        let (entry, change) = merged(before, row);
        if !wanted.preview && change != ImportedChange::Unchanged {
            work.extensions().put(&entry).await?;
        }
        lines.push(ImportedLine {
            line,
            number: entry.number.into(),
            name: entry.name,
            email: entry.email,
            change,
        });
    }
    if !wanted.preview {
        let amount = lines.len().to_string();
        let done = AuditKind::ExtensionsImport;
        change::noted(&mut work, &admin, done, &amount, Ok(())).await?;
        work.commit().await?;
        admin.flow().directory_changed().await?;
    }
    let left_out = list.wrong.into_iter().map(|wrong| LeftOutLine {
        line: wrong.line,
        code: wrong.code,
        detail: wrong.detail,
    });
    Ok(Json(ImportedExtensions {
        lines,
        left_out: left_out.collect(),
    }))
}

fn merged(before: Option<ExtensionEntry>, row: Row) -> (ExtensionEntry, ImportedChange) {
    let Some(before) = before else {
        let entry = ExtensionEntry {
            number: row.number,
            name: row.name.unwrap_or_default(),
            email: row.email,
        };
        return (entry, ImportedChange::Added);
    };
    let entry = ExtensionEntry {
        number: row.number,
        name: row.name.unwrap_or_else(|| before.name.clone()),
        email: row.email.or_else(|| before.email.clone()),
    };
    let change = if entry == before {
        ImportedChange::Unchanged
    } else {
        ImportedChange::Changed
    };
    (entry, change)
}
