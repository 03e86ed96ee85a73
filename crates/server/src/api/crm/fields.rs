//! What a CRM asks the admin to fill in, and which way of signing in follows from it.

use std::collections::BTreeMap;

use linecard_crm::{Connector, ConnectorInfo, Setting, SettingKind, Settings, SignIn};
use serde::Serialize;
use utoipa::ToSchema;

/// One thing to fill in.
#[derive(Serialize, ToSchema)]
pub(super) struct CrmField {
    /// Its name.
    #[schema(example = "login_url")]
    name: &'static str,
    /// What it holds.
    kind: CrmFieldKind,
    /// What stands there at first; `null`: nothing, and it must be filled in. An empty text may
    /// stay empty.
    #[schema(required)]
    default: Option<&'static str>,
    /// What there is to choose from, where it is a choice.
    choices: Vec<CrmChoice>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CrmFieldKind {
    /// An address.
    Url,
    /// A text.
    Text,
    /// A text that is never shown again.
    Secret,
    /// One of some words.
    Choice,
}

/// One word of a choice.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
struct CrmChoice {
    /// The word.
    #[schema(example = "eu")]
    value: &'static str,
    /// How consent is given once it is chosen.
    sign_in: CrmSignIn,
}

/// How consent is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum CrmSignIn {
    /// On a page of the CRM, which sends the browser back.
    Consent,
    /// What is filled in is enough; the CRM is asked at once whether it is right.
    Settings,
}

impl From<SignIn> for CrmSignIn {
    fn from(sign_in: SignIn) -> Self {
        match sign_in {
            SignIn::Consent => Self::Consent,
            SignIn::Settings => Self::Settings,
        }
    }
}

/// The fields of a CRM. `filled_in` is what stands in them now, secrets included.
pub(super) fn fields(connector: &dyn Connector, filled_in: &Settings) -> Vec<CrmField> {
    let field = |setting: &Setting| CrmField {
        name: setting.name,
        kind: match setting.kind {
            SettingKind::Url => CrmFieldKind::Url,
            SettingKind::Text => CrmFieldKind::Text,
            SettingKind::Secret => CrmFieldKind::Secret,
            SettingKind::Choice(_) => CrmFieldKind::Choice,
        },
        default: setting.default,
        choices: choices(connector, setting, filled_in),
    };
    connector.info().settings.iter().map(field).collect()
}

fn choices(connector: &dyn Connector, setting: &Setting, filled_in: &Settings) -> Vec<CrmChoice> {
    let SettingKind::Choice(words) = setting.kind else {
        return Vec::new();
    };
    words
        .iter()
        .map(|word| {
            let mut chosen = filled_in.clone();
            chosen.0.insert(setting.name.to_owned(), (*word).to_owned());
            CrmChoice {
                value: word,
                sign_in: connector.sign_in(&chosen).into(),
            }
        })
        .collect()
}

/// What stands in a CRM's fields: what was kept, else what stands there at first.
pub(super) fn filled_in(info: &ConnectorInfo, kept: &BTreeMap<String, String>) -> Settings {
    let values = info.settings.iter().map(|setting| {
        let value = kept
            .get(setting.name)
            .cloned()
            .or_else(|| setting.default.map(str::to_owned))
            .unwrap_or_default();
        (setting.name.to_owned(), value)
    });
    Settings(values.collect())
}

/// The names of a CRM's secrets.
pub(super) fn secret_names(info: &ConnectorInfo) -> impl Iterator<Item = &'static str> {
    info.settings
        .iter()
        .filter(|setting| setting.kind == SettingKind::Secret)
        .map(|setting| setting.name)
}
