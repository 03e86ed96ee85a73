//! The parameters of a request.

use std::collections::BTreeMap;

use crate::zoho::errors::ApiError;

/// How many records a page has at most.
pub(super) const PAGE: usize = 200;

/// The parameters of an address. A stray `&` at its end does no harm.
#[derive(Debug, Default)]
pub(super) struct Query(BTreeMap<String, String>);

impl Query {
    pub(super) fn read(raw: Option<&str>) -> Self {
        // A client that forgets to write `+` as `%2B` in a number means it all the same.
        let raw = raw
            .unwrap_or_default()
            .split('&')
            .map(|pair| match pair.strip_prefix("phone=+") {
                Some(rest) => format!("phone=%2B{rest}"),
                None => pair.to_owned(),
            })
            .collect::<Vec<_>>()
            .join("&");
        Self(
            url::form_urlencoded::parse(raw.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    /// A parameter's value, empty counting as absent.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// The names in `fields`.
    pub(super) fn fields(&self) -> Option<Vec<&str>> {
        self.get("fields").map(|fields| {
            fields
                .split(',')
                .map(str::trim)
                .filter(|field| !field.is_empty())
                .collect()
        })
    }

    pub(super) fn per_page(&self, most: usize) -> Result<usize, ApiError> {
        self.number("per_page", most).and_then(|count| {
            if (1..=most).contains(&count) {
                Ok(count)
            } else {
                Err(invalid("per_page"))
            }
        })
    }

    pub(super) fn page(&self) -> Result<usize, ApiError> {
        self.number("page", 1).map(|page| page.max(1))
    }

    fn number(&self, name: &str, usual: usize) -> Result<usize, ApiError> {
        match self.get(name) {
            Some(text) => text.parse().map_err(|_| invalid(name)),
            None => Ok(usual),
        }
    }
}

pub(super) fn invalid(parameter: &str) -> ApiError {
    ApiError::bad_request(
        "INVALID_DATA",
        "invalid data",
        serde_json::json!({"param_name": parameter}),
    )
}
