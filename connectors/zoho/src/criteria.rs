//! Conditions of a search: `((Phone:equals:415 555 0134)or(Mobile:starts_with:+1))`.

/// The most conditions of one search.
pub(crate) const MOST: usize = 10;

/// `field` holds one of `values`.
pub(crate) fn is_one_of(field: &str, values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| escaped(value)).collect();
    format!("({field}:in:{})", values.join(","))
}

/// `field` begins like `text`.
pub(crate) fn starts_with(field: &str, text: &str) -> String {
    format!("({field}:starts_with:{})", escaped(text))
}

/// One of them holds; of more than [`MOST`] the first count.
pub(crate) fn any(mut conditions: Vec<String>) -> Option<String> {
    conditions.truncate(MOST);
    match conditions.len() {
        0 => None,
        1 => conditions.pop(),
        _ => Some(format!("({})", conditions.join("or"))),
    }
}

/// A value without meaning of its own: brackets and commas are part of the language.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, character| {
        if matches!(character, '\\' | '(' | ')' | ',') {
            escaped.push('\\');
        }
        escaped.push(character);
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_types_stays_a_value() {
        assert_eq!(
            starts_with("Last_Name", "x)or(Phone:equals:1"),
            "(Last_Name:starts_with:x\\)or\\(Phone:equals:1)"
        );
        assert_eq!(
            is_one_of("Phone", &["(415) 555-0134".to_owned(), "1,2".to_owned()]),
            "(Phone:in:\\(415\\) 555-0134,1\\,2)"
        );
    }

    #[test]
    fn conditions_are_joined_and_bounded() {
        assert_eq!(any(Vec::new()), None);
        assert_eq!(
            any(vec!["(a:in:b)".to_owned()]).as_deref(),
            Some("(a:in:b)")
        );
        let many = vec!["(a:in:b)".to_owned(); 12];
        assert_eq!(any(many).map(|all| all.matches("or").count()), Some(9));
    }
}
