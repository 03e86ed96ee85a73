//! One request to the REST API, before it has a token.

use http::Method;
use jiff::Timestamp;
use linecard_crm::{Advice, AdviceCode, Failure};
use linecard_http::{Effect, Purpose};
use serde::Serialize;
use url::Url;

/// The newest version of the API, and the only one whose names are used here.
const VERSION: &str = "v8";

/// What is asked, for what purpose, and whether asking twice changes anything.
pub(crate) struct Ask {
    pub(crate) purpose: Purpose,
    pub(crate) method: Method,
    pub(crate) effect: Effect,
    pub(crate) body: Vec<u8>,
    /// Only what was changed after that.
    pub(crate) since: Option<Timestamp>,
    path: String,
    query: Vec<(&'static str, String)>,
}

impl Ask {
    /// Reads `path`, such as `Contacts/search`.
    pub(crate) fn get(purpose: Purpose, path: impl Into<String>) -> Self {
        Self {
            purpose,
            method: Method::GET,
            effect: Effect::Read,
            body: Vec::new(),
            since: None,
            path: path.into(),
            query: Vec::new(),
        }
    }

    /// Creates records.
    pub(crate) fn post(
        purpose: Purpose,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Self, Failure> {
        Self::sending(purpose, Method::POST, Effect::Write, path, body)
    }

    /// Changes records. The same change twice is the same as once, so a lost answer does no harm.
    pub(crate) fn put(
        purpose: Purpose,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Self, Failure> {
        Self::sending(purpose, Method::PUT, Effect::Read, path, body)
    }

    /// Asks a question that is too long for an address.
    pub(crate) fn question(
        purpose: Purpose,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Self, Failure> {
        Self::sending(purpose, Method::POST, Effect::Read, path, body)
    }

    /// Deletes a record. What is gone already stays gone.
    pub(crate) fn delete(purpose: Purpose, path: impl Into<String>) -> Self {
        Self {
            method: Method::DELETE,
            ..Self::get(purpose, path)
        }
    }

    fn sending(
        purpose: Purpose,
        method: Method,
        effect: Effect,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Self, Failure> {
        let body = serde_json::to_vec(body).map_err(|error| {
            Failure::refused(Advice::about(AdviceCode::NotSendable, error.to_string()))
        })?;
        Ok(Self {
            method,
            effect,
            body,
            ..Self::get(purpose, path)
        })
    }

    /// Adds a parameter.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    /// Asks only for what was changed after `since`.
    pub(crate) fn since(self, since: Option<Timestamp>) -> Self {
        Self { since, ..self }
    }

    /// The whole address below `base`. A plus becomes `%2B`: in Zoho's queries a bare one is a
    /// space.
    pub(crate) fn url(&self, base: &Url) -> Result<Url, Failure> {
        let mut url = base
            .join(&format!("/crm/{VERSION}/{}", self.path))
            .map_err(|_| {
                Failure::refused(Advice::about(AdviceCode::NotSendable, self.path.as_str()))
            })?;
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plus_in_a_number_does_not_become_a_space() {
        let base: Url = "https://www.zohoapis.eu/".parse().unwrap();
        let ask = Ask::get(Purpose::Call, "Contacts/search").with("phone", "+49 (30)");
        assert_eq!(
            ask.url(&base).unwrap().as_str(),
            "https://www.zohoapis.eu/crm/v8/Contacts/search?phone=%2B49+%2830%29"
        );
    }
}
