//! Keeps what an admin filled in for a CRM.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Path;
use linecard_crm::{ConnectorInfo, SettingKind};
use linecard_store::{AuditKind, NewConnection};
use serde::Deserialize;
use url::Url;
use utoipa::ToSchema;

use super::asked::failed;
use super::connection::CrmConnection;
use super::fields::secret_names;
use super::{HOME_ADDRESS, connector};
use crate::access::Admin;
use crate::api::change;
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// What an admin filled in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangedCrm {
    /// By name.
    settings: BTreeMap<String, String>,
    /// By name; a secret that is absent or empty stays as it is.
    #[serde(default)]
    secrets: BTreeMap<String, String>,
    /// One of the organisation's home addresses.
    home_address: Url,
    /// The version that was read; absent or `null` for the first save.
    version: Option<i64>,
}

/// Keeps what an admin filled in for a CRM. Sign in at the CRM afterwards. A connection that is
/// joined stays as it is where it could not be opened with this; nothing is kept then.
#[utoipa::path(
    put,
    path = "/crm/{kind}",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    request_body = ChangedCrm,
    responses((status = 200, description = "Kept", body = CrmConnection)),
)]
pub(super) async fn put_crm(
    admin: Admin,
    Path(kind): Path<String>,
    Body(wanted): Body<ChangedCrm>,
) -> Result<Json<CrmConnection>, Problem> {
    let flow = admin.flow();
    let info = connector(flow, &kind)?.info();
    let homes = flow.organisation().await?.home_addresses;
    let mut work = flow.store().begin().await?;
    let stored = work.connections().by_kind(&kind).await?;
    let known = match &stored {
        Some(stored) => work.connections().secrets(stored.id).await?,
        None => BTreeMap::new(),
    };
    let (mut settings, secrets) = check(info, &wanted.settings, wanted.secrets, known, |fields| {
        if !homes.contains(&wanted.home_address) {
            fields.add(
                "/home_address",
                "unknown",
                "This is none of the organisation's home addresses. Add it there first.",
            );
        }
    })?;
    settings.insert(HOME_ADDRESS.to_owned(), wanted.home_address.to_string());
    let mut changed = Ok(());
    let id = match (stored, wanted.version) {
        (None, None) => {
            work.connections()
                .create(NewConnection {
                    kind: kind.clone(),
                    settings,
                    secrets,
                })
                .await?
                .id
        }
        (Some(stored), Some(version)) => {
            flow.connections()
                .could_open(&stored, &settings, &secrets)
                .map_err(|failure| failed(&failure))?;
            changed = work
                .connections()
                .update(stored.id, version, &settings, &secrets)
                .await;
            stored.id
        }
        (None, Some(_)) | (Some(_), None) => {
            let last = work.audit().last(AuditKind::CrmChange, &kind).await?;
            return Err(Problem::changed_meanwhile(last));
        }
    };
    change::noted(&mut work, &admin, AuditKind::CrmChange, &kind, changed).await?;
    work.commit().await?;
    flow.connections().reload(id).await?;
    Ok(Json(CrmConnection::read(flow, &kind).await?))
}

type Named = BTreeMap<String, String>;

/// What is to be kept, or every field that cannot be.
fn check(
    info: &ConnectorInfo,
    settings: &Named,
    secrets: Named,
    mut known: Named,
    more: impl FnOnce(&mut FieldProblems),
) -> Result<(Named, Named), Problem> {
    let mut fields = FieldProblems::default();
    let not_secret = |name: &str| {
        info.settings
            .iter()
            .any(|setting| setting.name == name && setting.kind != SettingKind::Secret)
    };
    for name in settings.keys().filter(|name| !not_secret(name)) {
        fields.add(
            format!("/settings/{name}"),
            "unknown",
            "This CRM has no such setting.",
        );
    }
    for name in secrets.keys() {
        if !secret_names(info).any(|known| known == name) {
            fields.add(
                format!("/secrets/{name}"),
                "unknown",
                "This CRM has no such secret.",
            );
        }
    }
    known.extend(secrets.into_iter().filter(|(_, it)| !it.trim().is_empty()));
    let mut kept = Named::new();
    for setting in &info.settings {
        let is_secret = setting.kind == SettingKind::Secret;
        let (of, room) = if is_secret {
            (&known, "secrets")
        } else {
            (settings, "settings")
        };
        let path = format!("/{room}/{}", setting.name);
        let value = of.get(setting.name).map_or("", |value| value.trim());
        if value.is_empty() {
            if setting.default.is_none() {
                fields.add(path, "required", "This is needed.");
            }
        } else if setting.kind == SettingKind::Url && !is_web_address(value) {
            fields.add(
                path,
                "address_invalid",
                "This is no address such as https://example.com.",
            );
        } else if let SettingKind::Choice(words) = setting.kind
            && !words.contains(&value)
        {
            fields.add(
                path,
                "unknown",
                format_args!("Choose one of {}.", words.join(", ")),
            );
        } else if !is_secret {
            kept.insert(setting.name.to_owned(), value.to_owned());
        }
    }
    more(&mut fields);
    fields.finish()?;
    Ok((kept, known))
}

fn is_web_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests {
    use linecard_crm::Setting;

    use super::*;

    fn info() -> ConnectorInfo {
        let setting = |name, kind, default| Setting {
            name,
            kind,
            default,
        };
        ConnectorInfo {
            kind: "crm",
            name: "CRM",
            settings: vec![
                setting("login_url", SettingKind::Url, Some("https://login.example")),
                setting("client_id", SettingKind::Text, None),
                setting("client_secret", SettingKind::Secret, None),
                setting("place", SettingKind::Choice(&["us", "eu"]), Some("us")),
            ],
            scopes: vec![],
        }
    }

    fn named(pairs: &[(&str, &str)]) -> Named {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn at_fault(
        settings: &[(&str, &str)],
        secrets: &[(&str, &str)],
        known: &[(&str, &str)],
    ) -> String {
        let checked = check(
            &info(),
            &named(settings),
            named(secrets),
            named(known),
            |_| {},
        );
        match checked {
            Ok(_) => String::new(),
            Err(problem) => serde_json::to_value(problem).unwrap()["fields"]
                .as_array()
                .unwrap()
                .iter()
                .map(|field| field["path"].as_str().unwrap())
                .collect::<Vec<_>>()
                .join(" "),
        }
    }

    #[test]
    fn a_secret_that_is_left_out_stays_as_it_is() {
        let known = [("client_secret", "old")];
        assert_eq!(at_fault(&[("client_id", "x")], &[], &known), "");
        let (_, kept) = check(
            &info(),
            &named(&[("client_id", "x")]),
            named(&[("client_secret", "")]),
            named(&known),
            |_| {},
        )
        .ok()
        .unwrap();
        assert_eq!(kept, named(&known));
    }

    #[test]
    fn what_is_missing_unknown_or_no_address_is_named() {
        assert_eq!(
            at_fault(&[], &[], &[]),
            "/settings/client_id /secrets/client_secret"
        );
        assert_eq!(
            at_fault(
                &[
                    ("client_id", "x"),
                    ("login_url", "javascript:alert(1)"),
                    ("place", "moon"),
                    ("a", "b")
                ],
                &[("client_secret", "s"), ("c", "d")],
                &[]
            ),
            "/settings/a /secrets/c /settings/login_url /settings/place"
        );
    }
}
