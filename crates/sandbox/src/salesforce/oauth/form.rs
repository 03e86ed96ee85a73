//! Form fields, from a body or from a query.

use std::collections::BTreeMap;

/// The fields of a form. Of a field given twice the first counts.
pub(super) struct Form(BTreeMap<String, String>);

impl Form {
    pub(super) fn read(encoded: &[u8]) -> Self {
        let mut fields = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(encoded) {
            fields
                .entry(name.into_owned())
                .or_insert_with(|| value.into_owned());
        }
        Self(fields)
    }

    /// The field's value, empty counting as absent.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}
