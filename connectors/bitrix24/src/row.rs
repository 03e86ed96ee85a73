//! One record as a portal gives it, in either family's words.

use linecard_crm::{LabelledNumber, Module, NumberLabel, Person, Record, RecordRef};
use linecard_number::{Phone, Plan};
use serde_json::Value;
use url::Url;

use crate::family::{
    ACTIVE, COMPANY, COMPANY_TITLE, Family, Field, ID, LAST_NAME, MODIFIED, NAME, OWNER,
    SECOND_NAME, STATUS, TITLE,
};
use crate::{links, php};

/// The status of a lead that became a contact. Every portal has it.
pub(crate) const CONVERTED: &str = "CONVERTED";

/// One record.
pub(crate) struct Row<'a> {
    module: Module,
    family: Family,
    fields: &'a Value,
    id: u64,
}

impl<'a> Row<'a> {
    /// Reads a record; nothing if it has no id.
    pub(crate) fn read(module: Module, family: Family, fields: &'a Value) -> Option<Self> {
        let id = php::id(fields.get(ID.of(family))?)?;
        Some(Self {
            module,
            family,
            fields,
            id,
        })
    }

    pub(crate) fn id(&self) -> u64 {
        self.id
    }

    fn text(&self, field: Field) -> Option<&'a str> {
        php::text(self.fields.get(field.of(self.family))?)
    }

    fn number(&self, field: Field) -> Option<u64> {
        php::id(self.fields.get(field.of(self.family))?)
    }

    pub(crate) fn company_id(&self) -> Option<u64> {
        match self.module {
            Module::Contact => self.number(COMPANY),
            Module::Lead | Module::Account => None,
        }
    }

    /// A lead that became a contact: the contact took its place.
    pub(crate) fn is_converted(&self) -> bool {
        self.module == Module::Lead && self.text(STATUS) == Some(CONVERTED)
    }

    pub(crate) fn name(&self) -> String {
        let person: Vec<&str> = [NAME, SECOND_NAME, LAST_NAME]
            .into_iter()
            .filter_map(|part| self.text(part))
            .collect();
        if person.is_empty() {
            self.text(TITLE).unwrap_or_default().to_owned()
        } else {
            person.join(" ")
        }
    }

    /// The values of a multiple field, each with its purpose.
    fn multiple(&self, type_id: &str) -> Vec<(&'a str, &'a str)> {
        let (list, value_type, value) = match self.family {
            Family::Item => (self.fields.get("fm"), "valueType", "value"),
            Family::Classic => (self.fields.get(type_id), "VALUE_TYPE", "VALUE"),
        };
        list.map(php::values)
            .unwrap_or_default()
            .into_iter()
            .filter(|one| {
                self.family == Family::Classic
                    || one.get("typeId").and_then(Value::as_str) == Some(type_id)
            })
            .filter_map(|one| {
                let purpose = one.get(value_type).and_then(Value::as_str);
                Some((purpose.unwrap_or_default(), php::text(one.get(value)?)?))
            })
            .collect()
    }

    /// The numbers on which somebody can be called. Nobody answers a fax or a pager.
    pub(crate) fn numbers(&self) -> Vec<LabelledNumber> {
        self.multiple("PHONE")
            .into_iter()
            .filter_map(|(purpose, number)| {
                let label = match purpose {
                    "FAX" | "PAGER" => return None,
                    "WORK" => NumberLabel::Work,
                    "MOBILE" => NumberLabel::Mobile,
                    "HOME" => NumberLabel::Home,
                    _ => NumberLabel::Other,
                };
                Some(LabelledNumber {
                    label,
                    number: number.to_owned(),
                })
            })
            .collect()
    }

    /// The number that really is `phone`, as it stands in the portal.
    pub(crate) fn holds(&self, phone: &Phone, plan: &Plan) -> Option<String> {
        self.numbers()
            .into_iter()
            .map(|one| one.number)
            .find(|number| is_same(plan, number, phone))
    }

    /// The record with `number`, and with its company's name where that is known.
    pub(crate) fn record(&self, number: String, company: Option<String>, portal: &Url) -> Record {
        let id = self.id.to_string();
        Record {
            name: self.name(),
            company: match self.module {
                Module::Contact => company,
                Module::Lead => self.text(COMPANY_TITLE).map(str::to_owned),
                Module::Account => None,
            },
            owner: self.number(OWNER).map(|owner| owner.to_string()),
            number,
            account: self.company_id().map(|id| RecordRef {
                module: Module::Account,
                id: id.to_string(),
            }),
            modified: self
                .fields
                .get(MODIFIED.of(self.family))
                .and_then(php::moment),
            last_activity: self
                .fields
                .get(ACTIVE.of(self.family))
                .and_then(php::moment),
            page: links::page(portal, self.module, &id),
            at: RecordRef {
                module: self.module,
                id,
            },
        }
    }

    /// The record as a phonebook wants it.
    pub(crate) fn person(&self, company: Option<String>, portal: &Url) -> Person {
        let numbers = self.numbers();
        let first = numbers.first().map(|one| one.number.clone());
        let email = self.multiple("EMAIL").into_iter().next();
        Person {
            record: self.record(first.unwrap_or_default(), company, portal),
            email: email.map(|(_, address)| address.to_owned()),
            numbers,
        }
    }
}

/// Whether `number`, as somebody typed it, is `phone`. What follows a `#` is an extension.
fn is_same(plan: &Plan, number: &str, phone: &Phone) -> bool {
    let number = number.split('#').next().unwrap_or_default();
    plan.is_number_of(number, phone)
}

#[cfg(test)]
mod tests {
    use linecard_number::Reading;
    use serde_json::json;

    use super::*;

    fn plan() -> Plan {
        Plan::of("DE".parse().unwrap())
    }

    fn phone(text: &str) -> Phone {
        match plan().read(text) {
            Reading::Phone(phone) => phone,
            other => panic!("{other:?}"),
        }
    }

    fn item() -> Value {
        json!({
            "id": 7, "name": "Jürgen", "secondName": null, "lastName": "Müller",
            "companyId": 3, "assignedById": 4, "updatedTime": "2026-05-01T10:25:37+03:00",
            "lastActivityTime": {},
            "fm": [
                {"id": 1, "typeId": "EMAIL", "valueType": "WORK", "value": "j@mueller.example"},
                {"id": 2, "typeId": "PHONE", "valueType": "FAX", "value": "030 901821"},
                {"id": 3, "typeId": "PHONE", "valueType": "WORK", "value": "030 901820#12"},
                {"id": 4, "typeId": "PHONE", "valueType": "MOBILE", "value": "0171 2345678"}
            ]
        })
    }

    fn classic() -> Value {
        json!({
            "ID": "7", "NAME": "Jürgen", "SECOND_NAME": "", "LAST_NAME": "Müller",
            "COMPANY_ID": "3", "ASSIGNED_BY_ID": "4", "DATE_MODIFY": "2026-05-01T10:25:37+03:00",
            "EMAIL": [{"ID": "1", "VALUE_TYPE": "WORK", "VALUE": "j@mueller.example"}],
            "PHONE": [
                {"ID": "2", "VALUE_TYPE": "FAX", "VALUE": "030 901821"},
                {"ID": "3", "VALUE_TYPE": "WORK", "VALUE": "030 901820#12"},
                {"ID": "4", "VALUE_TYPE": "MOBILE", "VALUE": "0171 2345678"}
            ]
        })
    }

    #[test]
    fn both_families_say_the_same_of_a_contact() {
        let portal: Url = "https://acme.bitrix24.com/".parse().unwrap();
        let (item, classic) = (item(), classic());
        let read = |family, fields| {
            let row = Row::read(Module::Contact, family, fields).unwrap();
            row.person(Some("Müller & Söhne".to_owned()), &portal)
        };
        let person = read(Family::Item, &item);
        assert_eq!(person, read(Family::Classic, &classic));
        assert_eq!(person.record.name, "Jürgen Müller");
        assert_eq!(person.record.owner.as_deref(), Some("4"));
        assert_eq!(
            person.record.account.as_ref().map(|at| at.id.as_str()),
            Some("3")
        );
        assert_eq!(person.record.modified, "2026-05-01T07:25:37Z".parse().ok());
        assert_eq!(person.email.as_deref(), Some("j@mueller.example"));
        assert_eq!(person.record.page.path(), "/crm/contact/details/7/");
    }

    #[test]
    fn a_number_counts_however_it_was_typed_and_a_fax_does_not() {
        let fields = item();
        let row = Row::read(Module::Contact, Family::Item, &fields).unwrap();
        assert_eq!(
            row.holds(&phone("+4930901820"), &plan()).as_deref(),
            Some("030 901820#12")
        );
        assert_eq!(row.holds(&phone("+4930901821"), &plan()), None);
        assert_eq!(row.holds(&phone("+4940901820"), &plan()), None);
    }

    #[test]
    fn odd_records_are_passed_over() {
        for odd in [
            json!({}),
            json!({"id": 0}),
            json!({"id": "../x"}),
            json!([]),
            json!(null),
        ] {
            assert!(
                Row::read(Module::Lead, Family::Item, &odd).is_none(),
                "{odd}"
            );
        }
        let bare = json!({"id": 1, "fm": {}, "name": 7});
        let row = Row::read(Module::Contact, Family::Item, &bare).unwrap();
        assert_eq!((row.name(), row.numbers()), (String::new(), Vec::new()));
    }
}
