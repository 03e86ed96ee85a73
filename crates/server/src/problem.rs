//! What went wrong, for a person and for a program (RFC 9457, `application/problem+json`).
//!
//! Every error of every endpoint becomes a [`Problem`]. The web pages show their own text by
//! `code` in the reader's language; `words` are a CRM's or a phone system's own and are shown as
//! they are, as text.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use linecard_crm::Advice;
use linecard_store::{LastChange, StoreError, UpdateError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::crm_advice::CrmAdvice;
use crate::password::PasswordError;
use crate::sight::Sight;

/// The media type of a problem.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// What went wrong, as an answer. Boxed, because it is the error of nearly every function here.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub(crate) struct Problem(Box<Details>);

/// What went wrong, why, and what to do (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct Details {
    /// Always `about:blank`: `code` tells the kinds apart.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    uri: &'static str,
    /// The status in words.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// Which problem it is; stable.
    #[schema(example = "wrong_password")]
    code: &'static str,
    /// What happened, why, and what to do, in English.
    detail: String,
    /// The fields of the request that are at fault.
    fields: Vec<FieldProblem>,
    /// The CRM's or the phone system's own words. Data: to be shown as text.
    #[schema(required)]
    words: Option<String>,
    /// What Linecard knows about a CRM's failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<CrmAdvice>,
    /// Who changed the same thing meanwhile, where that is the problem and it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<Changed>,
    #[serde(skip)]
    retry_after: Option<u64>,
}

/// The change that came in between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Changed {
    /// Whose change it was; `null`: the account is gone.
    #[schema(required)]
    by: Option<String>,
    /// When.
    at: Timestamp,
}

/// What is wrong with one field of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// Which field, as a JSON pointer into the request's body.
    #[schema(example = "/settings/client_id")]
    pub(crate) path: String,
    /// What is wrong with it; stable.
    #[schema(example = "required")]
    pub(crate) code: &'static str,
    /// The same in English.
    pub(crate) detail: String,
}

impl Problem {
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        detail: impl std::fmt::Display,
    ) -> Self {
        Self(Box::new(Details {
            uri: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            code,
            detail: detail.to_string(),
            fields: Vec::new(),
            words: None,
            advice: None,
            changed: None,
            retry_after: None,
        }))
    }

    /// Some fields of the request cannot be taken.
    pub(crate) fn invalid(fields: Vec<FieldProblem>) -> Self {
        let mut problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "Some fields cannot be taken as they are. Correct the fields named and send again.",
        );
        problem.0.fields = fields;
        problem
    }

    /// Somebody else changed the same thing between the caller's reading and writing; who it was,
    /// where the audit log knows.
    pub(crate) fn changed_meanwhile(last: Option<LastChange>) -> Self {
        let mut problem = Self::new(
            StatusCode::CONFLICT,
            "changed_meanwhile",
            "Somebody else changed this meanwhile, so nothing was saved. Reload and change it again.",
        );
        problem.0.changed = last.map(|last| Changed {
            by: last.account_name,
            at: last.at,
        });
        problem
    }

    /// With the other side's own words.
    pub(crate) fn with_words(mut self, words: impl Into<String>) -> Self {
        self.0.words = Some(words.into()).filter(|words| !words.is_empty());
        self
    }

    /// With what Linecard knows about a CRM's failure.
    pub(crate) fn with_advice(mut self, advice: Option<&Advice>) -> Self {
        self.0.advice = advice.map(CrmAdvice::from);
        self
    }

    /// As somebody with this sight may have it (F17).
    pub(crate) fn seen_with(mut self, sight: &Sight) -> Self {
        sight.text(&mut self.0.detail);
        self.0.words.iter_mut().for_each(|it| sight.text(it));
        for field in &mut self.0.fields {
            sight.text(&mut field.detail);
        }
        self
    }

    /// With the number of seconds after which it is worth trying again.
    pub(crate) fn with_retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.0.retry_after;
        let mut response = (status, axum::Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "storage_failed",
            format_args!("Nothing was saved: {error}"),
        )
    }
}

/// Collects what is wrong with the fields of a request, so that a person reads all of it at once.
#[derive(Debug, Default)]
pub(crate) struct FieldProblems(Vec<FieldProblem>);

impl FieldProblems {
    pub(crate) fn add(
        &mut self,
        path: impl Into<String>,
        code: &'static str,
        detail: impl std::fmt::Display,
    ) {
        self.0.push(FieldProblem {
            path: path.into(),
            code,
            detail: detail.to_string(),
        });
    }

    /// Takes the value, or notes why it cannot be taken.
    pub(crate) fn take<T, E: std::fmt::Display>(
        &mut self,
        path: &str,
        code: &'static str,
        result: Result<T, E>,
    ) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(path, code, error);
                None
            }
        }
    }

    /// The value of a field that was taken, unless any field was not.
    pub(crate) fn finish_with<T>(self, taken: Option<T>) -> Result<T, Problem> {
        match taken {
            Some(taken) if self.0.is_empty() => Ok(taken),
            _ => Err(Problem::invalid(self.0)),
        }
    }

    /// The first problem, if there is one.
    pub(crate) fn into_first(self) -> Option<FieldProblem> {
        self.0.into_iter().next()
    }

    /// The problem, if there is one.
    pub(crate) fn finish(self) -> Result<(), Problem> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Problem::invalid(self.0))
        }
    }
}

impl From<PasswordError> for Problem {
    fn from(error: PasswordError) -> Self {
        tracing::error!(%error, "a password could not be worked on");
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "password_failed",
            "The password could not be worked on. Try again in a moment.",
        )
    }
}

impl From<UpdateError> for Problem {
    fn from(error: UpdateError) -> Self {
        match error {
            UpdateError::Conflict => Self::changed_meanwhile(None),
            UpdateError::Store(error) => error.into(),
        }
    }
}
