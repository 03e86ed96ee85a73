//! Form fields: from a query, from an urlencoded body, from a multipart body.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, header};

/// The fields of a form. Of a field given twice the first counts.
#[derive(Debug, Default)]
pub(super) struct Form(BTreeMap<String, String>);

impl Form {
    pub(super) fn read(encoded: &[u8]) -> Self {
        let mut form = Self::default();
        for (name, value) in url::form_urlencoded::parse(encoded) {
            form.0
                .entry(name.into_owned())
                .or_insert_with(|| value.into_owned());
        }
        form
    }

    /// Reads a body of either kind: Zoho's own clients send both.
    pub(super) fn of_body(headers: &HeaderMap, body: &[u8]) -> Self {
        let kind = headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        match kind.split_once("boundary=") {
            Some((_, boundary)) if kind.starts_with("multipart/form-data") => {
                Self::multipart(boundary.trim_matches('"'), &String::from_utf8_lossy(body))
            }
            _ => Self::read(body),
        }
    }

    fn multipart(boundary: &str, body: &str) -> Self {
        let mut form = Self::default();
        for part in body.split(&format!("--{boundary}")) {
            let Some((head, value)) = part.split_once("\r\n\r\n") else {
                continue;
            };
            let name = head
                .split_once("name=\"")
                .and_then(|(_, rest)| rest.split_once('"'));
            if let Some((name, _)) = name {
                let value = value.strip_suffix("\r\n").unwrap_or(value);
                form.0
                    .entry(name.to_owned())
                    .or_insert_with(|| value.to_owned());
            }
        }
        form
    }

    /// The field's value, empty counting as absent.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_kinds_of_body_are_read() {
        let mut headers = HeaderMap::new();
        assert_eq!(Form::of_body(&headers, b"a=1%202&b=").get("a"), Some("1 2"));
        let kind = "multipart/form-data; boundary=xyz".parse().unwrap();
        headers.insert(header::CONTENT_TYPE, kind);
        let body = "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1 2\r\n\
                    --xyz\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n3\r\n--xyz--\r\n";
        let form = Form::of_body(&headers, body.as_bytes());
        assert_eq!((form.get("a"), form.get("b")), (Some("1 2"), Some("3")));
    }
}
