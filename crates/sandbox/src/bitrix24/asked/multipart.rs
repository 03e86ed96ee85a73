//! A form that came in parts (RFC 7578), as some clients send it.

use super::nesting::{insert, keys};
use super::param::Param;

/// Reads the parts; what a part says about itself beyond its name does not matter.
pub(crate) fn read(content_type: &str, body: &[u8]) -> Param {
    let mut entries = Vec::new();
    let Some((_, boundary)) = content_type.split_once("boundary=") else {
        return Param::Map(entries);
    };
    let boundary = format!("--{}", boundary.trim_matches('"'));
    let text = String::from_utf8_lossy(body);
    for part in text.split(boundary.as_str()).skip(1) {
        let Some((head, value)) = part.split_once("\r\n\r\n") else {
            continue;
        };
        if let Some(name) = name(head) {
            let value = value.strip_suffix("\r\n").unwrap_or(value);
            insert(&mut entries, &keys(name), value);
        }
    }
    Param::Map(entries)
}

fn name(head: &str) -> Option<&str> {
    let (_, after) = head.split_once("; name=\"")?;
    after.split_once('"').map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parts_are_read_with_their_nesting() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"fields[NAME]\"\r\n\r\nAda\r\n\
                    --x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n7\r\n--x--\r\n";
        let read = read("multipart/form-data; boundary=x", body.as_bytes());
        assert_eq!(
            read.to_json(),
            json!({"fields": {"NAME": "Ada"}, "id": "7"})
        );
    }
}
