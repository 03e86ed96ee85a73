//! Which form of a file a browser is sent: the build lays a compressed one beside each that is
//! worth it, made once and with more patience than an answer has.

use axum::http::{HeaderMap, header};
use rust_embed::EmbeddedFile;

/// The encodings that the build makes (RFC 9110, 8.4.1; RFC 7932), the smallest first, and how their
/// files' names end.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// The file at `path` as the browser takes it, and in which encoding; `None`: as it is.
pub(super) fn find(
    path: &str,
    asked: &HeaderMap,
    file: impl Fn(&str) -> Option<EmbeddedFile>,
) -> Option<(EmbeddedFile, Option<&'static str>)> {
    ENCODINGS
        .into_iter()
        .filter(|(encoding, _)| accepts(asked, encoding))
        .find_map(|(encoding, ending)| Some((file(&format!("{path}.{ending}"))?, Some(encoding))))
        .or_else(|| Some((file(path)?, None)))
}

/// Whether the browser takes `encoding`. One that it names with the weight 0 it does not take.
fn accepts(asked: &HeaderMap, encoding: &str) -> bool {
    asked
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| {
            let (name, weight) = one.split_once(';').unwrap_or((one, ""));
            let is_refused = weight
                .trim()
                .strip_prefix("q=")
                .and_then(|weight| weight.parse::<f32>().ok())
                .is_some_and(|weight| weight <= 0.0);
            name.trim().eq_ignore_ascii_case(encoding) && !is_refused
        })
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use axum::http::HeaderValue;
    use rust_embed::Metadata;

    use super::*;

    /// What is found of `built`, and how it is encoded.
    fn found(accepted: &'static str, built: &[&str]) -> (String, Option<&'static str>) {
        let mut asked = HeaderMap::new();
        asked.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
        let file = |path: &str| {
            built.contains(&path).then(|| EmbeddedFile {
                data: Cow::Owned(path.as_bytes().to_vec()),
                metadata: Metadata::__rust_embed_new([0; 32], None, None),
            })
        };
        let (file, encoding) = find("a.js", &asked, file).unwrap();
        (String::from_utf8(file.data.into_owned()).unwrap(), encoding)
    }

    #[test]
    fn the_smallest_that_the_browser_takes_is_sent() {
        let built = ["a.js", "a.js.br", "a.js.gz"];
        let br = ("a.js.br".to_owned(), Some("br"));
        let gzip = ("a.js.gz".to_owned(), Some("gzip"));
        let plain = ("a.js".to_owned(), None);
        assert_eq!(found("gzip, deflate, br, zstd", &built), br);
        assert_eq!(found("gzip;q=1.0, br;q=0", &built), gzip);
        assert_eq!(found("identity", &built), plain);
        assert_eq!(found("gzip, br", &["a.js"]), plain);
    }
}
