//! An agent says whether a program may act for them.

use axum::Json;
use axum::http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use linecard_store::NewDeviceCode;
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;

use crate::access::AgentInPerson;
use crate::body::Body;
use crate::devices::{ClientError, agreed, name_of, proof};
use crate::problem::{FieldProblem, FieldProblems, Problem};
use crate::session::token_sha256;

/// How long the program may take to exchange the code.
const CODE_LASTS: SignedDuration = SignedDuration::from_secs(60);
/// The most characters of what a program wants back unchanged.
const LONGEST_STATE: usize = 512;

impl From<ClientError> for Problem {
    fn from(error: ClientError) -> Self {
        let (path, code) = match error {
            ClientError::Unknown => ("/client_id", "unknown_program"),
            ClientError::ForeignRedirect => ("/redirect_uri", "foreign_redirect"),
        };
        Self::invalid(vec![FieldProblem {
            path: path.to_owned(),
            code,
            detail: error.to_string(),
        }])
    }
}

/// What the program put into the address of `/authorize` (RFC 6749, 4.1.1; RFC 7636, 4.3), and the
/// agent's word.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Consent {
    /// Which program: `chrome` or `companion`.
    client_id: String,
    /// Where the answer goes: one of the program's own addresses.
    redirect_uri: String,
    /// The S256 challenge of PKCE.
    code_challenge: String,
    /// Always `S256`.
    code_challenge_method: String,
    /// What the program wants back unchanged.
    state: String,
    /// Whether the agent allows it.
    allow: bool,
}

/// Where the browser goes now.
#[derive(Serialize, ToSchema)]
pub(super) struct Onward {
    /// The program's own address, with the code or the refusal in it.
    redirect: Url,
}

/// Allows a program to act for the agent at whose page this was asked, or refuses it.
#[utoipa::path(
    post,
    path = "/devices/consent",
    tag = "devices",
    request_body = Consent,
    responses((status = 200, description = "Where the browser goes now", body = Onward)),
)]
pub(super) async fn agree(
    AgentInPerson(agent): AgentInPerson,
    headers: HeaderMap,
    Body(consent): Body<Consent>,
) -> Result<Json<Onward>, Problem> {
    let app = agent.app();
    let client = agreed(app, &consent.client_id, &consent.redirect_uri)?;
    let mut fields = FieldProblems::default();
    if consent.code_challenge_method != "S256" || !proof::is_challenge(&consent.code_challenge) {
        let path = "/code_challenge";
        fields.add(path, "challenge_invalid", "An S256 challenge is needed.");
    }
    if consent.state.chars().count() > LONGEST_STATE {
        fields.add("/state", "too_long", "The state is too long.");
    }
    let redirect = Url::parse(&consent.redirect_uri);
    let mut redirect = redirect.map_err(|_| ClientError::ForeignRedirect)?;
    fields.finish()?;
    if consent.allow {
        let code = app.flow.entropy().token();
        let now = agent.now();
        let new = NewDeviceCode {
            account: agent.account.id,
            client,
            name: name_of(client, &headers),
            redirect: consent.redirect_uri,
            challenge: consent.code_challenge,
            expires: now.saturating_add(CODE_LASTS).unwrap_or(Timestamp::MAX),
        };
        let mut work = app.flow.store().begin().await?;
        work.device_codes()
            .create(&token_sha256(&code), &new)
            .await?;
        work.commit().await?;
        redirect.query_pairs_mut().append_pair("code", &code);
    } else {
        redirect
            .query_pairs_mut()
            .append_pair("error", "access_denied");
    }
    redirect
        .query_pairs_mut()
        .append_pair("state", &consent.state);
    Ok(Json(Onward { redirect }))
}
