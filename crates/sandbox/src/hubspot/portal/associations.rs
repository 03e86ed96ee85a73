//! How records are associated, and the numbers of the types of association.

use super::Kind;

/// One association, kept once for both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Association {
    pub(crate) from: (Kind, u64),
    pub(crate) to: (Kind, u64),
    /// The number of the type, seen from `from`.
    pub(crate) type_id: u32,
}

/// From, to, type that way, type the other way.
const TYPES: [(Kind, Kind, u32, u32); 10] = [
    (Kind::Call, Kind::Contact, 194, 193),
    (Kind::Call, Kind::Company, 182, 181),
    (Kind::Task, Kind::Contact, 204, 203),
    (Kind::Task, Kind::Company, 192, 191),
    (Kind::Task, Kind::Lead, 646, 647),
    (Kind::Contact, Kind::Company, 279, 280),
    (Kind::Contact, Kind::Company, 1, 2),
    (Kind::Lead, Kind::Contact, 578, 579),
    (Kind::Lead, Kind::Company, 610, 611),
    (Kind::Contact, Kind::Contact, 449, 449),
];

/// The types that lead from one kind to another, the usual one first; `call_lead` is that of a
/// call to a lead.
pub(crate) fn types_between(from: Kind, to: Kind, call_lead: u32) -> Vec<u32> {
    if (from, to) == (Kind::Call, Kind::Lead) {
        return vec![call_lead];
    }
    if (from, to) == (Kind::Lead, Kind::Call) {
        return vec![call_lead + 1];
    }
    TYPES
        .iter()
        .filter_map(|&(one, other, there, back)| match (from, to) {
            pair if pair == (one, other) => Some(there),
            pair if pair == (other, one) => Some(back),
            _ => None,
        })
        .collect()
}

/// The usual type from one kind to another.
pub(crate) fn type_between(from: Kind, to: Kind, call_lead: u32) -> Option<u32> {
    types_between(from, to, call_lead).into_iter().next()
}

/// The type of the same association seen from its other end.
pub(crate) fn reverse_type(type_id: u32, call_lead: u32) -> u32 {
    if type_id == call_lead {
        return call_lead + 1;
    }
    TYPES
        .iter()
        .find_map(|&(_, _, there, back)| match type_id {
            id if id == there => Some(back),
            id if id == back => Some(there),
            _ => None,
        })
        .unwrap_or(type_id)
}

/// The kind that an association of this type leads to, from `from`.
pub(crate) fn kind_of_type(from: Kind, type_id: u32, call_lead: u32) -> Option<Kind> {
    Kind::ALL
        .into_iter()
        .find(|to| types_between(from, *to, call_lead).contains(&type_id))
}
