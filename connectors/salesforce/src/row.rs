//! One record as Salesforce answers it, read into Linecard's terms.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use linecard_crm::{LabelledNumber, Module, NumberLabel, Person, Record, RecordRef};
use linecard_number::{Phone, Plan};
use serde_json::{Map, Value};
use url::Url;

use crate::describe::{Layout, Layouts};
use crate::{escape, links};

/// What a record of Salesforce is to a call, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    Contact,
    PersonAccount,
    Lead,
    Account,
}

/// A record whose object and id are known.
pub(crate) struct Row<'a> {
    fields: &'a Map<String, Value>,
    module: Module,
    layout: &'a Layout,
    id: &'a str,
}

impl<'a> Row<'a> {
    /// Reads one record of an answer; nothing if it is none that a call can be with.
    pub(crate) fn read(fields: &'a Map<String, Value>, layouts: &'a Layouts) -> Option<Self> {
        let object = fields.get("attributes")?.get("type")?.as_str()?;
        let module = links::module(object)?;
        Some(Self {
            fields,
            module,
            layout: layouts.of(module)?,
            id: id(fields, "Id")?,
        })
    }

    /// The fields to ask for.
    pub(crate) fn fields(module: Module, layouts: &'a Layouts) -> Option<Vec<&'a str>> {
        let layout = layouts.of(module)?;
        let wanted: &[&str] = match module {
            Module::Contact => &[
                "Name",
                "Email",
                "AccountId",
                "IsPersonAccount",
                "OwnerId",
                "LastActivityDate",
                "SystemModstamp",
            ],
            Module::Lead => &[
                "Name",
                "Email",
                "Company",
                "OwnerId",
                "LastActivityDate",
                "SystemModstamp",
            ],
            Module::Account => &[
                "Name",
                "OwnerId",
                "LastActivityDate",
                "SystemModstamp",
                "IsPersonAccount",
                "PersonContactId",
                "PersonEmail",
            ],
        };
        let known = wanted.iter().copied().filter(|field| layout.has(field));
        let phones = layout.phones.iter().map(String::as_str);
        let mut fields: Vec<&str> = ["Id"].into_iter().chain(known).chain(phones).collect();
        if module == Module::Contact && layout.has("AccountId") && layouts.account.is_some() {
            fields.push("Account.Name");
        }
        Some(fields)
    }

    /// What stands in the phone fields, fax excluded, in Salesforce's order.
    fn phones(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.layout
            .phones
            .iter()
            .filter_map(|field| Some((field.as_str(), text(self.fields, field)?)))
    }

    /// The number of this record that is `phone`, as it stands there.
    pub(crate) fn number(&self, plan: &Plan, phone: &Phone) -> Option<&'a str> {
        self.phones()
            .map(|(_, number)| number)
            .find(|number| plan.is_number_of(number, phone))
    }

    /// The first number there is.
    pub(crate) fn first_number(&self) -> Option<&'a str> {
        self.phones().map(|(_, number)| number).next()
    }

    /// A person account is an account and a contact in one; tasks link its contact.
    fn person(&self) -> Option<&'a str> {
        let is_person = self.is_person_account() && self.module == Module::Account;
        is_person
            .then(|| id(self.fields, "PersonContactId"))
            .flatten()
    }

    fn is_person_account(&self) -> bool {
        self.fields.get("IsPersonAccount").and_then(Value::as_bool) == Some(true)
    }

    /// What it is worth.
    pub(crate) fn rank(&self) -> Rank {
        match (self.module, self.person()) {
            (Module::Account, Some(_)) => Rank::PersonAccount,
            (Module::Account, None) => Rank::Account,
            (Module::Contact, _) => Rank::Contact,
            (Module::Lead, _) => Rank::Lead,
        }
    }

    /// The record, found by `number`.
    pub(crate) fn record(&self, number: &str, base: &Url) -> Record {
        let fields = self.fields;
        let at = match self.person() {
            Some(person) => reference(Module::Contact, person),
            None => reference(self.module, self.id),
        };
        let account = match self.module {
            Module::Contact => id(fields, "AccountId"),
            Module::Lead | Module::Account => None,
        };
        let company = match self.module {
            // A person is not their own company.
            Module::Contact if self.is_person_account() => None,
            Module::Contact => fields
                .get("Account")
                .and_then(|account| account.get("Name")?.as_str()),
            Module::Lead => text(fields, "Company"),
            Module::Account => None,
        };
        // People use the page of the account.
        let page = match account {
            Some(account) if self.is_person_account() => links::page(base, "Account", account),
            _ => links::page(base, links::object(self.module), self.id),
        };
        Record {
            at,
            name: text(fields, "Name").unwrap_or_default().to_owned(),
            company: company.map(str::to_owned),
            owner: id(fields, "OwnerId").map(str::to_owned),
            number: number.to_owned(),
            account: account.map(|id| reference(Module::Account, id)),
            modified: self.modified(),
            last_activity: text(fields, "LastActivityDate").and_then(day),
            page,
        }
    }

    /// The record with all its numbers.
    pub(crate) fn whole(&self, base: &Url) -> Person {
        let numbers = self.phones().map(|(field, number)| LabelledNumber {
            label: label(field),
            number: number.to_owned(),
        });
        let email = text(self.fields, "Email").or_else(|| text(self.fields, "PersonEmail"));
        Person {
            record: self.record(self.first_number().unwrap_or_default(), base),
            numbers: numbers.collect(),
            email: email.map(str::to_owned),
        }
    }

    /// When the record last changed.
    pub(crate) fn modified(&self) -> Option<Timestamp> {
        text(self.fields, "SystemModstamp").and_then(moment)
    }

    /// Salesforce's id of it.
    pub(crate) fn id(&self) -> &'a str {
        self.id
    }
}

fn reference(module: Module, id: &str) -> RecordRef {
    RecordRef {
        module,
        id: id.to_owned(),
    }
}

/// What a phone field is for; those that an organisation added are something else.
fn label(field: &str) -> NumberLabel {
    match field {
        "Phone" => NumberLabel::Work,
        "MobilePhone" | "PersonMobilePhone" => NumberLabel::Mobile,
        "HomePhone" | "PersonHomePhone" => NumberLabel::Home,
        _ => NumberLabel::Other,
    }
}

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    fields.get(name)?.as_str()
}

fn id<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    text(fields, name).filter(|id| escape::is_id(id))
}

/// Salesforce writes the offset without a colon: `2026-05-01T07:25:37.000+0000`.
pub(crate) fn moment(text: &str) -> Option<Timestamp> {
    Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text).ok()
}

/// The day on which somebody last dealt with a record; Salesforce tells no more.
fn day(text: &str) -> Option<Timestamp> {
    let day: Date = text.parse().ok()?;
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use linecard_number::Reading;
    use serde_json::json;

    use super::*;

    fn layouts() -> Layouts {
        Layouts {
            contact: Some(Layout::of(&["Id"], &["Phone", "MobilePhone"])),
            lead: Some(Layout::of(&["Id"], &["Phone"])),
            account: Some(Layout::of(&["Id"], &["Phone"])),
        }
    }

    /// The record that holds +1 415 555 0134, if this one does.
    fn found(fields: &Value) -> Option<(Rank, Record)> {
        let plan = Plan::of("US".parse().unwrap());
        let Reading::Phone(phone) = plan.read("+14155550134") else {
            panic!("not read");
        };
        let base = "https://acme.my.salesforce.com/".parse().unwrap();
        let layouts = layouts();
        let row = Row::read(fields.as_object()?, &layouts)?;
        let number = row.number(&plan, &phone)?;
        Some((row.rank(), row.record(number, &base)))
    }

    fn contact(phone: &str) -> Value {
        json!({
            "attributes": {"type": "Contact"}, "Id": "003000000000001AAA",
            "Name": "Ada Byron", "Phone": null, "MobilePhone": phone,
            "AccountId": "001000000000001AAA", "Account": {"Name": "Acme"},
            "OwnerId": "005000000000001AAA", "LastActivityDate": "2026-04-30",
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
            let (_, record) = found(&contact(typed)).unwrap_or_else(|| panic!("{typed}"));
            assert_eq!(record.number, typed);
        }
    }

    #[test]
    fn a_number_that_only_ends_the_same_does_not_count() {
        for other in ["555-0134", "+44 415 555 0134", "415 555 01345", "", "?"] {
            assert!(found(&contact(other)).is_none(), "{other}");
        }
    }

    #[test]
    fn x3_a_contact_brings_its_company_and_when_it_changed_and_was_dealt_with() {
        let (_, record) = found(&contact("4155550134")).unwrap();
        assert_eq!(record.name, "Ada Byron");
        assert_eq!(record.company.as_deref(), Some("Acme"));
        assert_eq!(record.owner.as_deref(), Some("005000000000001AAA"));
        assert_eq!(record.account.unwrap().id, "001000000000001AAA");
        let at = |text: &str| Some(text.parse().unwrap());
        assert_eq!(record.modified, at("2026-05-01T07:25:37Z"));
        assert_eq!(record.last_activity, at("2026-04-30T00:00:00Z"));
    }

    #[test]
    fn a_person_account_is_linked_as_a_contact_and_shown_as_an_account() {
        let (rank, record) = found(&json!({
            "attributes": {"type": "Account"}, "Id": "001000000000001AAA",
            "Phone": "4155550134", "IsPersonAccount": true,
            "PersonContactId": "003000000000009AAA"
        }))
        .unwrap();
        assert_eq!(rank, Rank::PersonAccount);
        assert_eq!(record.at.module, Module::Contact);
        assert_eq!(record.at.id, "003000000000009AAA");
        assert_eq!(
            record.page.path(),
            "/lightning/r/Account/001000000000001AAA/view"
        );
    }

    #[test]
    fn the_contact_of_a_person_account_has_the_accounts_page_and_no_company() {
        let mut person = contact("4155550134");
        person["IsPersonAccount"] = true.into();
        let (_, record) = found(&person).unwrap();
        assert_eq!(record.company, None);
        assert_eq!(
            record.page.path(),
            "/lightning/r/Account/001000000000001AAA/view"
        );
    }

    #[test]
    fn f5_a_whole_record_brings_every_number_with_its_label() {
        let mut both = contact("4155550134");
        both["Phone"] = "415 555 0100".into();
        both["Email"] = "ada@acme.example".into();
        let layouts = layouts();
        let row = Row::read(both.as_object().unwrap(), &layouts).unwrap();
        let person = row.whole(&"https://acme.my.salesforce.com/".parse().unwrap());
        assert_eq!(person.record.number, "415 555 0100");
        assert_eq!(person.email.as_deref(), Some("ada@acme.example"));
        let numbers: Vec<_> = person
            .numbers
            .iter()
            .map(|number| (number.label, number.number.as_str()))
            .collect();
        let expected = [
            (NumberLabel::Work, "415 555 0100"),
            (NumberLabel::Mobile, "4155550134"),
        ];
        assert_eq!(numbers, expected);
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
            assert!(found(&odd).is_none(), "{odd}");
        }
    }
}
