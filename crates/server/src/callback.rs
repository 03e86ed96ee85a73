//! Where the CRM's consent page sends the browser back to: `/integration/callback/api/crm/{kind}/`.
//!
//! The answer is a small page in the reader's language that says what happened (A11); the
//! Console page that waits in the other tab shows the same by itself. Nothing that came in the
//! address is shown except as text, and a `state` works once, for the admin it was made for.

mod page;
mod texts;

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use axum::routing::get;
use linecard_crm::Consent;
use linecard_flow::{AuthorizeError, ConsentAnswer};
use serde::Deserialize;

use crate::api::Language;
use crate::session;
use crate::state::App;
pub(crate) use page::Page;
use texts::Outcome;
pub(crate) use texts::Texts;

pub(crate) fn router() -> Router<App> {
    Router::new().route("/integration/callback/api/crm/{kind}/", get(finish))
}

/// What the CRM put into the address (RFC 6749, 4.1.2 and 4.1.2.1).
#[derive(Deserialize)]
struct Answer {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
    /// What else the CRM tells: Zoho its data centre, Bitrix24 its portal.
    #[serde(flatten)]
    extra: BTreeMap<String, String>,
}

async fn finish(
    State(app): State<App>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    answer: Result<Query<Answer>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let (account, outcome) = match session::find(&app, &headers).await {
        Ok(found) => {
            let account = found.map(|(_, account)| account);
            let id = account.as_ref().map(|account| account.id);
            let outcome = match answer.ok().and_then(|Query(answer)| read(answer)) {
                Some((state, answer)) => {
                    match app.flow.connections().finish(&state, id, answer).await {
                        Ok(_) => Outcome::Succeeded,
                        Err(error) => outcome(error),
                    }
                }
                None => Outcome::Incomplete,
            };
            (account, outcome)
        }
        Err(error) => {
            tracing::error!(%error, "the store failed at the end of a sign-in at a CRM");
            (None, Outcome::NotKept(error.to_string()))
        }
    };
    let language = account
        .and_then(|account| account.language)
        .as_deref()
        .and_then(Language::from_tag)
        .unwrap_or_else(|| accepted(&headers));
    let is_known = app
        .flow
        .connections()
        .connectors()
        .iter()
        .any(|connector| connector.info().kind == kind);
    let back = if is_known {
        format!("/integrations/crm/{kind}")
    } else {
        "/".to_owned()
    };
    Page {
        language,
        texts: Texts::of(&outcome, language),
        words: outcome.words(),
        is_good: matches!(outcome, Outcome::Succeeded),
        back: &back,
    }
    .respond(&**app.flow.entropy())
}

/// The state, and what the CRM says; `None` when either is missing.
fn read(answer: Answer) -> Option<(String, ConsentAnswer)> {
    let said = match (answer.error, answer.code) {
        (Some(error), _) => ConsentAnswer::Error {
            error,
            description: answer.error_description,
        },
        (None, Some(code)) => ConsentAnswer::Given(Consent {
            code,
            extra: answer.extra,
        }),
        (None, None) => return None,
    };
    Some((answer.state?, said))
}

fn outcome(error: AuthorizeError) -> Outcome {
    tracing::info!(code = error.code(), "a sign-in at a CRM did not succeed");
    match error {
        AuthorizeError::UnknownState => Outcome::UnknownState,
        AuthorizeError::Denied { words } => Outcome::Denied(words),
        AuthorizeError::OtherOrganisation {
            connected,
            signed_in,
        } => Outcome::OtherOrganisation {
            connected,
            signed_in,
        },
        AuthorizeError::Failed(failure) => Outcome::Failed(failure.words().to_owned()),
        AuthorizeError::NoConnector => Outcome::Gone,
        AuthorizeError::Store(error) => {
            tracing::error!(%error, "the store failed at the end of a sign-in at a CRM");
            Outcome::NotKept(error.to_string())
        }
    }
}

/// The browser's language, for somebody without a session: Chinese when it asks for Chinese
/// before English.
pub(crate) fn accepted(headers: &HeaderMap) -> Language {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .into_iter()
        .flat_map(|list| list.split(','))
        .find_map(|tag| {
            let tag = tag.trim().to_ascii_lowercase();
            if tag.starts_with("zh") {
                Some(Language::Chinese)
            } else if tag.starts_with("en") {
                Some(Language::English)
            } else {
                None
            }
        })
        .unwrap_or(Language::English)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_first_language_that_is_offered_is_taken() {
        let language = |list: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(list));
            accepted(&headers)
        };
        assert_eq!(language("zh-CN,zh;q=0.9,en;q=0.8"), Language::Chinese);
        assert_eq!(language("en-US,en;q=0.9,zh;q=0.8"), Language::English);
        assert_eq!(language("fr,de"), Language::English);
    }
}
