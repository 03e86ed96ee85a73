//! Reads a request's body; what cannot be read of JSON becomes a problem that names the field.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use crate::problem::{FieldProblem, Problem};

/// The longest body that is read, in bytes. The largest honest one, a list of 1,000 bindings,
/// stays far below.
pub(crate) const LONGEST: usize = 256 * 1024;

/// How long a body may take to arrive.
const WITHIN: Duration = Duration::from_secs(20);

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"));
        if !is_json {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not_json",
                "The body must be JSON: send it with `Content-Type: application/json`.",
            ));
        }
        let bytes = read(request, state).await?;
        parse(&bytes).map(Self)
    }
}

/// A piece of a file. How long it may be is the endpoint's business.
pub(crate) struct Piece(pub(crate) Bytes);

impl<S: Send + Sync> FromRequest<S> for Piece {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        read(request, state).await.map(Self)
    }
}

async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    tokio::time::timeout(WITHIN, Bytes::from_request(request, state))
        .await
        .map_err(|_| {
            Problem::new(
                StatusCode::REQUEST_TIMEOUT,
                "body_too_slow",
                "The body did not arrive in time. Send it again.",
            )
        })?
        .map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "The body is longer than what is accepted here.",
            ),
            _ => Problem::new(
                StatusCode::BAD_REQUEST,
                "body_cut_off",
                "The body broke off before its end. Send it again.",
            ),
        })
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // serde would take a list for an object whose fields come in the order of the program's text.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(Problem::invalid(vec![FieldProblem {
            path: String::new(),
            code: "invalid",
            detail: "The body is a list and must be an object.".to_owned(),
        }]));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        if error.inner().is_data() {
            Problem::invalid(vec![FieldProblem {
                path: pointer(error.path()),
                code: "invalid",
                detail: error.inner().to_string(),
            }])
        } else {
            malformed(error.inner())
        }
    })?;
    json.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

fn malformed(error: &serde_json::Error) -> Problem {
    Problem::new(
        StatusCode::BAD_REQUEST,
        "malformed_json",
        format_args!("The body is not JSON: {error}."),
    )
}

/// RFC 6901.
fn pointer(path: &serde_path_to_error::Path) -> String {
    path.iter().fold(String::new(), |mut text, segment| {
        text.push('/');
        match segment {
            Segment::Map { key } => text.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Segment::Seq { index } => text.push_str(&index.to_string()),
            other => text.push_str(&other.to_string()),
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read by serde")]
    struct Outer {
        inner: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read by serde")]
    struct Inner {
        port: u16,
    }

    fn fields(json: &str) -> serde_json::Value {
        serde_json::to_value(parse::<Outer>(json.as_bytes()).unwrap_err()).unwrap()
    }

    #[test]
    fn a_wrong_type_names_the_field_it_is_in() {
        let problem = fields(r#"{"inner":[{"port":1},{"port":"x"}]}"#);
        assert_eq!(problem["status"], 422);
        assert_eq!(problem["fields"][0]["path"], "/inner/1/port");
    }

    #[test]
    fn a_list_is_no_object_whose_names_were_left_out() {
        let problem = fields(" [[]]");
        assert_eq!(problem["status"], 422);
        assert_eq!(problem["fields"][0]["path"], "");
    }

    #[test]
    fn a_text_that_is_no_json_is_told_apart_from_a_wrong_field() {
        assert_eq!(fields("{")["code"], "malformed_json");
        assert_eq!(fields(r#"{"inner":[]} x"#)["code"], "malformed_json");
    }
}
