//! What a request asks: a method's name and its parameters, in whichever form they came.

mod multipart;
mod nesting;
mod param;
mod reference;

use axum::http::{HeaderMap, Method, header};

pub(crate) use nesting::read as read_query;
pub(crate) use param::{Param, list_or_map};
pub(crate) use reference::resolve;

/// The method's name as it is looked up: without `.json`, in small letters.
pub(crate) fn method_name(text: &str) -> String {
    let name = text.trim_end_matches('/').to_ascii_lowercase();
    for ending in [".json", ".xml"] {
        if let Some(name) = name.strip_suffix(ending) {
            return name.to_owned();
        }
    }
    name
}

/// The parameters: those of the query, and those of the body, which count more. The body of a
/// GET is not read.
pub(crate) fn parameters(method: &Method, query: &str, headers: &HeaderMap, body: &[u8]) -> Param {
    let mut entries = match read_query(query) {
        Param::Map(entries) => entries,
        Param::Scalar(_) => Vec::new(),
    };
    if *method == Method::GET {
        return Param::Map(entries);
    }
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let body = if kind.contains("json") {
        serde_json::from_slice(body).unwrap_or_else(|_| Param::Map(Vec::new()))
    } else if kind.starts_with("multipart/form-data") {
        multipart::read(kind, body)
    } else {
        read_query(&String::from_utf8_lossy(body))
    };
    if let Param::Map(more) = body {
        entries.retain(|(key, _)| !more.iter().any(|(other, _)| other == key));
        entries.extend(more);
    }
    Param::Map(entries)
}
