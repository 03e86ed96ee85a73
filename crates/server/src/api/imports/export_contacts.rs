//! Writes a phonebook into a file.

use std::fmt::Write as _;

use axum::body::Body;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use linecard_book::exchange::vcard::Version;
use linecard_book::exchange::{Draft, csv, vcard};
use linecard_flow::Flow;
use linecard_store::{Contact, ContactId, NotEditable, PhonebookId, StoreError};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::access::Admin;
use crate::api::phonebooks::phonebook_id;
use crate::problem::Problem;

/// How many contacts are read at once.
const PIECE: usize = 500;

/// How the file is written.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct How {
    /// As a table, or as cards.
    #[param(inline)]
    format: ExportFormat,
}

/// How contacts are written.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ExportFormat {
    /// A table that is safe in a spreadsheet.
    Csv,
    /// Cards of version 3.0.
    Vcard3,
    /// Cards of version 4.0.
    Vcard4,
}

/// All contacts of a phonebook, by name, as a file. Cells that a spreadsheet would take for a formula
/// have an apostrophe before them, which an import takes away again. Only admins have it: the
/// numbers are not hidden in it (F17).
#[utoipa::path(
    get,
    path = "/phonebooks/{id}/export",
    tag = "imports",
    params(("id" = String, Path, description = "The phonebook"), How),
    responses((
        status = 200,
        description = "The file",
        content((String = "text/csv"), (String = "text/vcard")),
    )),
)]
pub(super) async fn export_contacts(
    admin: Admin,
    Path(id): Path<String>,
    Query(how): Query<How>,
) -> Result<Response, Problem> {
    let id = phonebook_id(&id)?;
    let flow = admin.flow().clone();
    let mut work = flow.store().read().await?;
    let phonebook = work.phonebooks().get(id).await?;
    let name = phonebook.ok_or(NotEditable::NoPhonebook)?.name;
    drop(work);
    let start = Some(None::<(String, ContactId)>);
    let contacts = stream::try_unfold(start, move |after| {
        let flow = flow.clone();
        async move {
            match after {
                Some(after) => some(&flow, id, after, how.format).await,
                None => Ok(None),
            }
        }
    });
    let (ending, media) = match how.format {
        ExportFormat::Csv => ("csv", "text/csv"),
        ExportFormat::Vcard3 | ExportFormat::Vcard4 => ("vcf", "text/vcard"),
    };
    Ok(download(&name, ending, media, Body::from_stream(contacts)))
}

type After = Option<(String, ContactId)>;

/// The contacts after `after`, and after which one the others come.
async fn some(
    flow: &Flow,
    phonebook: PhonebookId,
    after: After,
    format: ExportFormat,
) -> Result<Option<(String, Option<After>)>, StoreError> {
    let mut work = flow.store().read().await?;
    let place = after.as_ref().map(|(name, id)| (name.as_str(), *id));
    let contacts = work.contacts().page(phonebook, place, PIECE).await?;
    let mut text = String::new();
    if after.is_none() && matches!(format, ExportFormat::Csv) {
        csv::write_header(&mut text);
    }
    let last = contacts
        .last()
        .map(|contact| Some((contact.name.clone(), contact.id)));
    for contact in contacts {
        let contact = draft(contact);
        match format {
            ExportFormat::Csv => csv::write_contact(&mut text, &contact),
            ExportFormat::Vcard3 => vcard::write_contact(&mut text, &contact, Version::V3),
            ExportFormat::Vcard4 => vcard::write_contact(&mut text, &contact, Version::V4),
        }
    }
    Ok(Some((text, last)))
}

fn draft(contact: Contact) -> Draft {
    let number = |number: linecard_book::Number| (number.slot, number.written);
    Draft {
        name: contact.name,
        company: contact.company,
        email: contact.email,
        remark: contact.remark,
        numbers: contact.numbers.into_iter().map(number).collect(),
    }
}

/// A file that a browser keeps under this name.
pub(in crate::api) fn download(name: &str, ending: &str, media: &str, body: Body) -> Response {
    // RFC 6266, 5: what is not a plain letter or digit is written as its bytes.
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    let disposition = format!("attachment; filename*=UTF-8''{encoded}.{ending}");
    let mut response = body.into_response();
    let headers = response.headers_mut();
    let media = format!("{media}; charset=utf-8");
    for (name, value) in [
        (header::CONTENT_TYPE, media),
        (header::CONTENT_DISPOSITION, disposition),
    ] {
        // Both are plain ASCII.
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_phonebooks_name_in_every_language() {
        let response = download("客户 \"A\"\r\n", "csv", "text/csv", Body::empty());
        let name = response.headers()[header::CONTENT_DISPOSITION].to_str();
        assert_eq!(
            name.unwrap(),
            "attachment; filename*=UTF-8''%E5%AE%A2%E6%88%B7%20%22A%22%0D%0A.csv"
        );
    }
}
