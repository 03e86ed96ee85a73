//! How records are associated, and the numbers of the types of association.

use std::collections::{BTreeMap, BTreeSet};

use super::Kind;

/// A record.
type End = (Kind, u64);

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
fn reverse_type(type_id: u32, call_lead: u32) -> u32 {
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

/// All associations, each kept at both of its ends.
#[derive(Debug, Default)]
pub(crate) struct Associations(BTreeMap<End, BTreeSet<Other>>);

/// The other end, and the type as the association's `from` sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Other {
    end: End,
    type_id: u32,
    /// Whether the other end is `to`.
    is_to: bool,
}

impl Associations {
    /// Adds one; whether it was not there.
    pub(super) fn add(&mut self, association: Association) -> bool {
        let Association { from, to, type_id } = association;
        let other = |end, is_to| Other {
            end,
            type_id,
            is_to,
        };
        self.0.entry(to).or_default().insert(other(from, false));
        self.0.entry(from).or_default().insert(other(to, true))
    }

    /// Ends all of a record.
    pub(super) fn end_all(&mut self, end: End) {
        for other in self.0.remove(&end).unwrap_or_default() {
            if let Some(back) = self.0.get_mut(&other.end) {
                back.retain(|one| one.end != end);
            }
        }
    }

    /// Ends all between two records.
    pub(super) fn end_between(&mut self, one: End, other: End) {
        for (here, there) in [(one, other), (other, one)] {
            if let Some(others) = self.0.get_mut(&here) {
                others.retain(|other| other.end != there);
            }
        }
    }

    /// What stood at `merged` stands at `primary`.
    pub(super) fn move_all(&mut self, merged: End, primary: End) {
        let moved = self.0.get(&merged).cloned().unwrap_or_default();
        self.end_all(merged);
        for Other {
            end,
            type_id,
            is_to,
        } in moved
        {
            let (from, to) = if is_to {
                (primary, end)
            } else {
                (end, primary)
            };
            self.add(Association { from, to, type_id });
        }
    }

    /// The records of `to` at `from`, by id, with the type seen from `from`.
    pub(super) fn of(&self, from: End, to: Kind, call_lead: u32) -> Vec<(u64, u32)> {
        let others = self.0.get(&from).into_iter().flatten();
        let mut found: Vec<(u64, u32)> = others
            .filter(|other| other.end.0 == to)
            .map(|other| {
                let type_id = if other.is_to {
                    other.type_id
                } else {
                    reverse_type(other.type_id, call_lead)
                };
                (other.end.1, type_id)
            })
            .collect();
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_association_is_seen_from_both_ends_and_moves_with_a_merge() {
        let call = (Kind::Call, 9);
        let (grace, twin) = ((Kind::Contact, 1), (Kind::Contact, 2));
        let association = Association {
            from: call,
            to: twin,
            type_id: 194,
        };
        let mut all = Associations::default();
        assert!(all.add(association));
        assert!(!all.add(association), "once is enough");
        assert_eq!(all.of(twin, Kind::Call, 596), [(9, 193)]);
        all.move_all(twin, grace);
        assert_eq!(all.of(twin, Kind::Call, 596), []);
        assert_eq!(all.of(call, Kind::Contact, 596), [(1, 194)]);
        all.end_all(call);
        assert_eq!(all.of(grace, Kind::Call, 596), []);
    }
}
