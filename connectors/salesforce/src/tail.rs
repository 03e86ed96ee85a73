//! What the search index does not hold yet (SOQL and SOSL Reference: it lags minutes behind).
//!
//! The database itself is always up to date, but compares numbers as they were typed and would
//! read every record. So only what changed within the last day is asked for, by a pattern that
//! has the number's digits with anything between them.

use jiff::{SignedDuration, Timestamp};
use linecard_crm::Module;
use linecard_number::Phone;

use crate::describe::Layouts;
use crate::row::Row;
use crate::{links, search};

/// How far back the index may lag, after a bulk load too.
const LAG: SignedDuration = SignedDuration::from_hours(24);

/// The most records asked for of each object.
const MOST: usize = 50;

/// One query for each object that the user may see.
pub(crate) fn queries(layouts: &Layouts, phone: &Phone, now: Timestamp) -> Vec<String> {
    let pattern = pattern(&phone.national);
    let since = written(now.checked_sub(LAG).unwrap_or(Timestamp::MIN));
    [Module::Contact, Module::Lead, Module::Account]
        .into_iter()
        .filter_map(|module| query(layouts, module, &pattern, &since))
        .collect()
}

fn query(layouts: &Layouts, module: Module, pattern: &str, since: &str) -> Option<String> {
    let fields = Row::fields(module, layouts)?.join(",");
    let holds: Vec<String> = layouts
        .of(module)?
        .phones
        .iter()
        .map(|field| format!("{field} LIKE '{pattern}'"))
        .collect();
    if holds.is_empty() {
        return None;
    }
    let also = search::condition(module, layouts)
        .map(|condition| format!(" AND {condition}"))
        .unwrap_or_default();
    Some(format!(
        "SELECT {fields} FROM {} WHERE SystemModstamp >= {since} AND ({}){also} LIMIT {MOST}",
        links::object(module),
        holds.join(" OR ")
    ))
}

/// The digits with anything before, between and after them.
fn pattern(digits: &str) -> String {
    digits.chars().fold(String::from("%"), |mut all, digit| {
        all.extend([digit, '%']);
        all
    })
}

/// A moment as SOQL wants it.
pub(crate) fn written(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use linecard_number::{Plan, Reading};

    use super::*;
    use crate::describe::Layout;

    #[test]
    fn only_the_last_day_is_asked_for_by_the_numbers_digits() {
        let layouts = Layouts {
            contact: Some(Layout::of(&["Id"], &["Phone", "MobilePhone"])),
            lead: Some(Layout::of(&["Id", "IsConverted"], &["Phone"])),
            account: Some(Layout::of(&["Id"], &[])),
        };
        let plan = Plan::of("US".parse().unwrap());
        let Reading::Phone(phone) = plan.read("+14155550134") else {
            panic!("not read");
        };
        let now = "2026-05-02T07:25:37Z".parse().unwrap();
        let like = "LIKE '%4%1%5%5%5%5%0%1%3%4%'";
        assert_eq!(
            queries(&layouts, &phone, now),
            [
                format!(
                    "SELECT Id,Phone,MobilePhone FROM Contact WHERE SystemModstamp >= \
                     2026-05-01T07:25:37.000Z AND (Phone {like} OR MobilePhone {like}) LIMIT 50"
                ),
                format!(
                    "SELECT Id,Phone FROM Lead WHERE SystemModstamp >= 2026-05-01T07:25:37.000Z \
                     AND (Phone {like}) AND IsConverted=false LIMIT 50"
                ),
            ]
        );
    }
}
