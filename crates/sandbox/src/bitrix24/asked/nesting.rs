//! PHP's way to write maps in a query or a form: `fields[PHONE][0][VALUE]=..`, `ids[]=7`.

use url::form_urlencoded;

use super::param::Param;

/// Reads what stands after the `?`, or a form. A `+` is a space there.
pub(crate) fn read(text: &str) -> Param {
    let mut entries = Vec::new();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        if !name.is_empty() {
            insert(&mut entries, &keys(&name), &value);
        }
    }
    Param::Map(entries)
}

/// `a[b][]` is `a`, `b` and the next free number.
pub(crate) fn keys(name: &str) -> Vec<&str> {
    let Some((first, mut rest)) = name.split_once('[') else {
        return vec![name];
    };
    let mut keys = vec![first];
    while let Some((key, after)) = rest.split_once(']') {
        keys.push(key);
        match after.strip_prefix('[') {
            Some(next) => rest = next,
            None => break,
        }
    }
    keys
}

/// Puts a text where the keys lead.
pub(crate) fn insert(entries: &mut Vec<(String, Param)>, keys: &[&str], text: &str) {
    let Some((first, rest)) = keys.split_first() else {
        return;
    };
    let key = if first.is_empty() {
        next_number(entries)
    } else {
        (*first).to_owned()
    };
    let known = entries.iter().position(|(known, _)| *known == key);
    let at = known.unwrap_or_else(|| {
        entries.push((key, Param::of("")));
        entries.len() - 1
    });
    let Some((_, place)) = entries.get_mut(at) else {
        return;
    };
    if rest.is_empty() {
        *place = Param::of(text);
        return;
    }
    if !matches!(place, Param::Map(_)) {
        *place = Param::Map(Vec::new());
    }
    if let Param::Map(inner) = place {
        insert(inner, rest, text);
    }
}

fn next_number(entries: &[(String, Param)]) -> String {
    entries
        .iter()
        .filter_map(|(key, _)| key.parse::<u64>().ok())
        .max()
        .map_or(0, |last| last.saturating_add(1))
        .to_string()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_with_brackets_become_maps_and_lists() {
        let read = read(
            "fields[PHONE][0][VALUE]=%2B49&fields[PHONE][0][TYPE]=WORK&ids[]=7&ids[]=8&start=0&",
        );
        assert_eq!(
            read.to_json(),
            json!({
                "fields": {"PHONE": [{"VALUE": "+49", "TYPE": "WORK"}]},
                "ids": ["7", "8"], "start": "0"
            })
        );
    }

    #[test]
    fn a_plus_that_was_not_encoded_is_a_space() {
        assert_eq!(
            read("values[0]=+1555").to_json(),
            json!({"values": [" 1555"]})
        );
    }

    #[test]
    fn odd_names_do_no_harm() {
        for odd in ["[", "a[", "a[b", "]", "a]b[", "=x", "&&", "a[b]c[d]=1"] {
            let _ = read(odd);
        }
    }
}
