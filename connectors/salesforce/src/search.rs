//! The SOSL search for a number.

use linecard_number::Phone;

use crate::describe::{Layout, Layouts};
use crate::escape;

/// The most records asked for of each object.
const MOST: usize = 20;

/// The search, or nothing if the user may see none of the objects.
pub(crate) fn search(layouts: &Layouts, phone: &Phone) -> Option<String> {
    let contact = layouts.contact.as_ref().map(|layout| {
        let wanted = ["Name", "AccountId", "OwnerId", "SystemModstamp"];
        let mut fields = fields(layout, &wanted);
        if layout.has("AccountId") && layouts.account.is_some() {
            fields.push("Account.Name");
        }
        returning("Contact", &fields, "")
    });
    let lead = layouts.lead.as_ref().map(|layout| {
        let wanted = ["Name", "Company", "OwnerId", "SystemModstamp"];
        let unconverted = if layout.has("IsConverted") {
            " WHERE IsConverted=false"
        } else {
            ""
        };
        returning("Lead", &fields(layout, &wanted), unconverted)
    });
    let account = layouts.account.as_ref().map(|layout| {
        let wanted = [
            "Name",
            "OwnerId",
            "SystemModstamp",
            "IsPersonAccount",
            "PersonContactId",
        ];
        returning("Account", &fields(layout, &wanted), "")
    });
    let objects: Vec<String> = [contact, lead, account].into_iter().flatten().collect();
    let terms: Vec<String> = phone
        .spellings()
        .iter()
        .map(|spelling| escape::sosl(spelling))
        .collect();
    (!objects.is_empty()).then(|| {
        format!(
            "FIND {{{}}} IN PHONE FIELDS RETURNING {}",
            terms.join(" OR "),
            objects.join(", ")
        )
    })
}

fn fields<'a>(layout: &'a Layout, wanted: &[&'a str]) -> Vec<&'a str> {
    let known = wanted.iter().copied().filter(|field| layout.has(field));
    let phones = layout.phones.iter().map(String::as_str);
    ["Id"].into_iter().chain(known).chain(phones).collect()
}

fn returning(object: &str, fields: &[&str], condition: &str) -> String {
    format!("{object}({}{condition} LIMIT {MOST})", fields.join(","))
}

#[cfg(test)]
mod tests {
    use linecard_number::{Plan, Reading};

    use super::*;

    fn phone(country: &str, text: &str) -> Phone {
        let plan = Plan {
            country: country.parse().unwrap(),
            extensions: Vec::new(),
        };
        match plan.read(text) {
            Reading::Phone(phone) => phone,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_spelling_is_searched_for_in_every_object() {
        let layouts = Layouts {
            contact: Some(Layout::of(
                &["Id", "Name", "AccountId"],
                &["Phone", "MobilePhone"],
            )),
            lead: Some(Layout::of(&["Id", "Name", "IsConverted"], &["Phone"])),
            account: Some(Layout::of(&["Id", "Name", "IsPersonAccount"], &["Phone"])),
        };
        assert_eq!(
            search(&layouts, &phone("GB", "020 7946 0123")).as_deref(),
            Some(
                "FIND {442079460123 OR 2079460123 OR 02079460123} IN PHONE FIELDS RETURNING \
                 Contact(Id,Name,AccountId,Phone,MobilePhone,Account.Name LIMIT 20), \
                 Lead(Id,Name,Phone WHERE IsConverted=false LIMIT 20), \
                 Account(Id,Name,IsPersonAccount,Phone LIMIT 20)"
            )
        );
    }

    #[test]
    fn an_object_that_the_user_may_not_see_is_left_out() {
        let mut layouts = Layouts {
            contact: Some(Layout::of(&["Id", "AccountId"], &["Phone"])),
            ..Layouts::default()
        };
        assert_eq!(
            search(&layouts, &phone("US", "415 555 0134")).as_deref(),
            Some(
                "FIND {14155550134 OR 4155550134} IN PHONE FIELDS RETURNING \
                 Contact(Id,AccountId,Phone LIMIT 20)"
            )
        );
        layouts.contact = None;
        assert_eq!(search(&layouts, &phone("US", "415 555 0134")), None);
    }
}
