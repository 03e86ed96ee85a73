//! One record that the search found: is it really the number, and what is it worth?

use jiff::Timestamp;
use linecard_crm::{Module, Record, RecordRef};
use linecard_number::{Phone, Plan, Reading};
use serde_json::{Map, Value};
use url::Url;

use crate::describe::Layouts;
use crate::{escape, links};

/// What a match is worth, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Contact,
    PersonAccount,
    Lead,
    Account,
}

/// A record that holds the number.
pub(crate) struct Candidate {
    pub(crate) rank: Rank,
    pub(crate) record: Record,
}

impl Candidate {
    /// Reads one record of the answer; nothing if its number is another one after all.
    pub(crate) fn read(
        fields: &Map<String, Value>,
        layouts: &Layouts,
        plan: &Plan,
        phone: &Phone,
        base: &Url,
    ) -> Option<Self> {
        let id = id(fields, "Id")?;
        let (module, layout) = match fields.get("attributes")?.get("type")?.as_str()? {
            "Contact" => (Module::Contact, layouts.contact.as_ref()?),
            "Lead" => (Module::Lead, layouts.lead.as_ref()?),
            "Account" => (Module::Account, layouts.account.as_ref()?),
            _ => return None,
        };
        let number = layout
            .phones
            .iter()
            .filter_map(|field| text(fields, field))
            .find(|number| is_same(plan, number, phone))?;
        let person = id_of_person(fields, module);
        let (rank, at) = match (module, person) {
            (Module::Account, Some(person)) => (Rank::PersonAccount, (Module::Contact, person)),
            (Module::Account, None) => (Rank::Account, (module, id)),
            (Module::Contact, _) => (Rank::Contact, (module, id)),
            (Module::Lead, _) => (Rank::Lead, (module, id)),
        };
        let account = match module {
            Module::Contact => self::id(fields, "AccountId"),
            Module::Lead | Module::Account => None,
        };
        let company = match module {
            Module::Contact => fields
                .get("Account")
                .and_then(|account| account.get("Name")?.as_str()),
            Module::Lead => text(fields, "Company"),
            Module::Account => None,
        };
        Some(Self {
            rank,
            record: Record {
                at: RecordRef {
                    module: at.0,
                    id: at.1.to_owned(),
                },
                name: text(fields, "Name").unwrap_or_default().to_owned(),
                company: company.map(str::to_owned),
                owner: self::id(fields, "OwnerId").map(str::to_owned),
                number: number.to_owned(),
                account: account.map(|id| RecordRef {
                    module: Module::Account,
                    id: id.to_owned(),
                }),
                modified: text(fields, "SystemModstamp").and_then(moment),
                last_activity: None,
                page: links::page(base, links::object(module), id),
            },
        })
    }
}

/// A person account is an account and a contact in one; tasks link its contact.
fn id_of_person(fields: &Map<String, Value>, module: Module) -> Option<&str> {
    let is_person = fields.get("IsPersonAccount").and_then(Value::as_bool) == Some(true);
    (module == Module::Account && is_person)
        .then(|| id(fields, "PersonContactId"))
        .flatten()
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    fields.get(name)?.as_str()
}

fn id<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    text(fields, name).filter(|id| escape::is_id(id))
}

fn is_same(plan: &Plan, number: &str, phone: &Phone) -> bool {
    matches!(plan.read(number), Reading::Phone(read) if read.e164 == phone.e164)
}

/// Salesforce writes the offset without a colon: `2026-05-01T07:25:37.000+0000`.
fn moment(text: &str) -> Option<Timestamp> {
    Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::describe::Layout;

    fn read(fields: &Value) -> Option<Candidate> {
        let plan = Plan {
            country: "US".parse().unwrap(),
            extensions: Vec::new(),
        };
        let Reading::Phone(phone) = plan.read("+14155550134") else {
            panic!("not read");
        };
        let layouts = Layouts {
            contact: Some(Layout::of(&["Id"], &["Phone", "MobilePhone"])),
            lead: Some(Layout::of(&["Id"], &["Phone"])),
            account: Some(Layout::of(&["Id"], &["Phone"])),
        };
        let base = "https://acme.my.salesforce.com/".parse().unwrap();
        Candidate::read(fields.as_object()?, &layouts, &plan, &phone, &base)
    }

    fn contact(phone: &str) -> Value {
        json!({
            "attributes": {"type": "Contact"}, "Id": "003000000000001AAA",
            "Name": "Ada Byron", "Phone": null, "MobilePhone": phone,
            "AccountId": "001000000000001AAA", "Account": {"Name": "Acme"},
            "OwnerId": "005000000000001AAA",
            "SystemModstamp": "2026-05-01T07:25:37.000+0000"
        })
    }

    #[test]
    fn a_number_counts_however_it_was_typed() {
        for typed in [
            "+14155550134",
            "(415) 555-0134",
            "415.555.0134",
            "1 415 555 0134 ext. 12",
        ] {
            let found = read(&contact(typed)).unwrap_or_else(|| panic!("{typed}"));
            assert_eq!(found.record.number, typed);
        }
    }

    #[test]
    fn a_number_that_only_ends_the_same_does_not_count() {
        for other in ["555-0134", "+44 415 555 0134", "415 555 01345", "", "?"] {
            assert!(read(&contact(other)).is_none(), "{other}");
        }
    }

    #[test]
    fn a_contact_brings_its_company_and_the_time_it_changed() {
        let record = read(&contact("4155550134")).unwrap().record;
        assert_eq!(record.name, "Ada Byron");
        assert_eq!(record.company.as_deref(), Some("Acme"));
        assert_eq!(record.owner.as_deref(), Some("005000000000001AAA"));
        assert_eq!(record.account.unwrap().id, "001000000000001AAA");
        assert_eq!(
            record.modified,
            Some("2026-05-01T07:25:37Z".parse().unwrap())
        );
    }

    #[test]
    fn a_person_account_is_linked_as_a_contact_and_shown_as_an_account() {
        let found = read(&json!({
            "attributes": {"type": "Account"}, "Id": "001000000000001AAA",
            "Phone": "4155550134", "IsPersonAccount": true,
            "PersonContactId": "003000000000009AAA"
        }))
        .unwrap();
        assert_eq!(found.rank, Rank::PersonAccount);
        assert_eq!(found.record.at.module, Module::Contact);
        assert_eq!(found.record.at.id, "003000000000009AAA");
        assert_eq!(
            found.record.page.path(),
            "/lightning/r/Account/001000000000001AAA/view"
        );
    }

    #[test]
    fn odd_records_are_passed_over() {
        for odd in [
            json!({}),
            json!({"attributes": null, "Id": "003000000000001AAA", "Phone": "4155550134"}),
            json!({"attributes": {"type": "Case"}, "Id": "500000000000001AAA", "Phone": "4155550134"}),
            json!({"attributes": {"type": "Contact"}, "Id": "../evil", "Phone": "4155550134"}),
            json!({"attributes": {"type": "Contact"}, "Id": 7, "Phone": "4155550134"}),
            json!({"attributes": {"type": "Contact"}, "Id": "003000000000001AAA", "Phone": 4_155_550_134_u64}),
        ] {
            assert!(read(&odd).is_none(), "{odd}");
        }
    }
}
