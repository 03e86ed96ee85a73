//! Who works with which CRM: five departments of ten agents.
//!
//! One works with all four CRMs, one with two, the others with one each. A CRM that takes two
//! requests a second is then not asked about everybody who calls anybody.

use crate::company::AGENTS;

/// The CRMs of each department, by their places: the first is where its strangers are created.
const DEPARTMENTS: [&[usize]; 5] = [&[0, 1, 2, 3], &[0, 1], &[1], &[2], &[3]];

/// Agents in each.
const SIZE: usize = AGENTS / DEPARTMENTS.len();

/// So many of the people of each CRM call the department that works with all.
const COMMON: usize = 4;

/// Whether that agent works with the CRM at `stand`.
pub(super) fn works_with(agent: usize, stand: usize) -> bool {
    let department = DEPARTMENTS.get(agent / SIZE);
    department.is_some_and(|stands| stands.contains(&stand))
}

/// The first of the ten agents whom strangers call that are created in the CRM at `stand`, and the
/// end.
pub(super) fn for_strangers(stand: usize) -> std::ops::Range<usize> {
    agents_of(stand + 1)
}

/// The same for its person `person`.
pub(super) fn for_person(stand: usize, person: usize) -> std::ops::Range<usize> {
    match (stand, person) {
        (_, person) if person < COMMON => agents_of(0),
        (1, person) if person < 2 * COMMON => agents_of(1),
        _ => for_strangers(stand),
    }
}

fn agents_of(department: usize) -> std::ops::Range<usize> {
    department * SIZE..(department + 1) * SIZE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_called_works_with_the_crm_of_the_caller() {
        for stand in 0..4 {
            for person in 0..20 {
                assert!(for_person(stand, person).all(|agent| works_with(agent, stand)));
            }
            for agent in for_strangers(stand) {
                let first = (0..4).find(|stand| works_with(agent, *stand));
                assert_eq!(first, Some(stand));
            }
        }
    }
}
