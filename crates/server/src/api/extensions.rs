//! The company's extensions: who sits at which phone.

mod delete_extension;
mod discover_extensions;
mod get_pop_default;
mod get_pops;
mod import_extensions;
mod list_extensions;
mod list_file;
mod manner;
mod put_extension;
mod put_pop_default;
mod put_pops;

use std::collections::HashMap;
use std::time::Duration;

use axum::http::StatusCode;
use linecard_flow::Flow;
use linecard_number::{Extension as Number, ExtensionError};
use linecard_pbx::{Device, Whose};
use linecard_store::{ReplaceBindingsError, StoreError};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use self::manner::PopMode;
use crate::problem::Problem;
use crate::state::App;

/// How long the phone systems may take to list their phones.
const DEVICES_WITHIN: Duration = Duration::from_secs(3);

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_extensions::list_extensions))
        .routes(routes!(put_extension::put_extension))
        .routes(routes!(delete_extension::delete_extension))
        .routes(routes!(discover_extensions::discover_extensions))
        .routes(routes!(import_extensions::import_extensions))
        .routes(routes!(get_pops::get_pops))
        .routes(routes!(put_pops::put_pops))
        .routes(routes!(get_pop_default::get_pop_default))
        .routes(routes!(put_pop_default::put_pop_default))
}

/// What can go wrong with an extension that is named.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{0}.")]
    NotAnExtension(#[from] ExtensionError),
    #[error("There is no such extension; somebody may have removed it.")]
    Unknown,
    #[error("The extension's binding could not be removed: {0}.")]
    Bindings(#[from] ReplaceBindingsError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotAnExtension(_) => Self::new(StatusCode::NOT_FOUND, "not_an_extension", error),
            Error::Bindings(ReplaceBindingsError::Store(error)) => error.into(),
            Error::Bindings(ReplaceBindingsError::ExtensionTwice(_)) => {
                Self::new(StatusCode::CONFLICT, "extension_taken", error)
            }
            Error::Unknown => Self::new(StatusCode::NOT_FOUND, "not_found", error),
        }
    }
}

/// An extension.
#[derive(Serialize, ToSchema)]
struct Extension {
    /// What is dialled.
    #[schema(example = "101")]
    number: String,
    /// Who sits there.
    name: String,
    /// That person's e-mail address, by which CRM users are proposed.
    #[schema(required)]
    email: Option<String>,
    /// The phone system's names for its phones; empty: the phone system does not list any.
    #[schema(example = json!(["PJSIP/101", "PJSIP/101-web"]))]
    devices: Vec<String>,
    /// The account whose Desk it is.
    #[schema(required)]
    account_id: Option<String>,
    /// Whether somebody is on duty there: without it no page is opened.
    on_duty: bool,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

/// The phones that the phone systems know of, as far as they answer in time: a list of
/// extensions without devices is better than none.
async fn devices(flow: &Flow) -> Vec<Device> {
    tokio::time::timeout(DEVICES_WITHIN, flow.phone_systems().devices())
        .await
        .unwrap_or_else(|_| {
            tracing::warn!("the phone systems did not list their phones in time");
            Vec::new()
        })
}

async fn all(flow: &Flow, devices: Vec<Device>) -> Result<Vec<Extension>, StoreError> {
    let (entries, accounts, versions) = {
        let mut work = flow.store().read().await?;
        (
            work.extensions().list().await?,
            work.accounts().list().await?,
            work.extensions().versions().await?,
        )
    };
    let mut phones: HashMap<Number, Vec<String>> = HashMap::new();
    for device in devices {
        if let Whose::Extension(extension) = device.whose {
            phones.entry(extension).or_default().push(device.device);
        }
    }
    let accounts: HashMap<Number, String> = accounts
        .into_iter()
        .filter_map(|account| Some((account.extension?, account.id.to_string())))
        .collect();
    let on_duty = flow.desk().on_duty();
    Ok(entries
        .into_iter()
        .map(|entry| Extension {
            name: entry.name,
            email: entry.email,
            devices: phones.remove(&entry.number).unwrap_or_default(),
            account_id: accounts.get(&entry.number).cloned(),
            on_duty: on_duty.contains(&entry.number),
            version: versions.get(&entry.number).copied().unwrap_or_default(),
            number: entry.number.into(),
        })
        .collect())
}
