//! A whole filter: conditions that all hold, and groups that are joined by `OR`.

use super::condition::{Condition, split};
use crate::bitrix24::asked::Param;

/// A filter over fields `F`.
#[derive(Debug, Clone)]
pub(crate) enum Filter<F> {
    /// All of these hold.
    All(Vec<Filter<F>>),
    /// At least one does.
    Any(Vec<Filter<F>>),
    One(Condition<F>),
}

/// Reads a filter. `field` finds a field by its name; `None` there drops the condition, an error
/// refuses the request.
pub(crate) fn read<F, E>(
    filter: Option<&Param>,
    field: &impl Fn(&str) -> Result<Option<F>, E>,
) -> Result<Filter<F>, E> {
    let mut parts = Vec::new();
    let mut is_any = false;
    for (key, value) in filter.map_or(&[][..], Param::entries) {
        if key.eq_ignore_ascii_case("logic") {
            is_any = value
                .text()
                .is_some_and(|logic| logic.eq_ignore_ascii_case("or"));
        } else if key.parse::<u32>().is_ok() {
            parts.push(read(Some(value), field)?);
        } else {
            let (how, name) = split(key);
            if let Some(field) = field(name)? {
                parts.push(Filter::One(Condition::new(how, field, value)));
            }
        }
    }
    Ok(if is_any {
        Filter::Any(parts)
    } else {
        Filter::All(parts)
    })
}

impl<F> Filter<F> {
    /// Whether a record passes, each condition being put to `holds`.
    pub(crate) fn passes(&self, holds: &impl Fn(&Condition<F>) -> bool) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.passes(holds)),
            Self::Any(parts) => parts.iter().any(|part| part.passes(holds)),
            Self::One(condition) => holds(condition),
        }
    }

    /// The id that every record that passes exceeds; 0 where nothing says so.
    pub(crate) fn after(&self, is_id: &impl Fn(&F) -> bool) -> u64 {
        match self {
            Self::One(condition) if is_id(&condition.field) => condition.lower_bound().unwrap_or(0),
            Self::All(parts) => parts
                .iter()
                .map(|part| part.after(is_id))
                .max()
                .unwrap_or(0),
            Self::Any(_) | Self::One(_) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::bitrix24::listing::Cell;
    use crate::bitrix24::records::Holds;

    fn passes(filter: &str, id: u64) -> bool {
        let filter: Param = serde_json::from_str(filter).unwrap();
        let known = |name: &str| Ok::<_, Infallible>((name == "id").then_some("id"));
        let Ok(filter) = read(Some(&filter), &known);
        let cell = Cell::One(id.to_string());
        filter.passes(&|condition| condition.holds(&cell, Holds::Integer, &jiff::tz::TimeZone::UTC))
    }

    #[test]
    fn groups_are_joined_by_or_and_everything_else_by_and() {
        let either = r#"{"0":{"logic":"OR","0":{"id":1},"1":{"id":2}},">id":1}"#;
        assert!(!passes(either, 1));
        assert!(passes(either, 2));
        assert!(!passes(either, 3));
    }

    #[test]
    fn a_condition_on_an_unknown_field_can_be_dropped() {
        assert!(passes(r#"{"shoe":44}"#, 1));
    }
}
