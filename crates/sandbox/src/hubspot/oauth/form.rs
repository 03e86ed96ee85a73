//! Fields of a form or of an address.

use url::form_urlencoded;

/// Names and values; of a repeated name the first counts.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn read(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The value; an empty one counts as absent.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(one, _)| one == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }
}
