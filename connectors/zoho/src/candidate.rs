//! One record that a search brought: is it really the number, and what is it worth?

use linecard_crm::{Module, Record, RecordRef};
use linecard_number::{Phone, Plan};

use crate::api::Home;
use crate::layout::Layout;
use crate::row::Row;
use crate::{links, modules};

/// The record, if one of its numbers is `phone`.
pub(crate) fn matching(
    row: Row<'_>,
    module: Module,
    layout: &Layout,
    plan: &Plan,
    phone: &Phone,
    home: &Home,
) -> Option<Record> {
    let number = layout
        .phones(module)
        .into_iter()
        .filter_map(|field| row.text(field))
        .find(|number| plan.is_number_of(number, phone))?;
    record(row, module, number, home)
}

/// The record with the number to show.
pub(crate) fn record(row: Row<'_>, module: Module, number: &str, home: &Home) -> Option<Record> {
    let id = row.id()?;
    let account = match module {
        Module::Contact => row.referred("Account_Name"),
        Module::Lead | Module::Account => None,
    };
    let company = match module {
        Module::Contact => row.referred_name("Account_Name"),
        Module::Lead => row.text("Company"),
        Module::Account => None,
    };
    Some(Record {
        at: RecordRef {
            module,
            id: id.to_owned(),
        },
        name: row
            .text(modules::name_field(module))
            .unwrap_or_default()
            .to_owned(),
        company: company.map(str::to_owned),
        owner: row.referred("Owner").map(str::to_owned),
        number: number.to_owned(),
        account: account.map(|id| RecordRef {
            module: Module::Account,
            id: id.to_owned(),
        }),
        modified: row.moment("Modified_Time"),
        last_activity: row.moment("Last_Activity_Time"),
        page: links::page(&home.crm, home.zgid.as_deref(), modules::name(module), id),
    })
}

/// Best first: contact, lead, account; among equals the one that changed last.
pub(crate) fn ranked(mut records: Vec<Record>) -> Vec<Record> {
    records.sort_by(|one, other| {
        one.at
            .module
            .cmp(&other.at.module)
            .then_with(|| other.modified.cmp(&one.modified))
            .then_with(|| one.at.id.cmp(&other.at.id))
    });
    records.dedup_by(|one, other| one.at == other.at);
    records
}

#[cfg(test)]
mod tests {
    use linecard_number::Reading;
    use serde_json::{Value, json};

    use super::*;

    fn read(fields: &Value) -> Option<Record> {
        let plan = Plan::of("US".parse().unwrap());
        let Reading::Phone(phone) = plan.read("+14155550134") else {
            panic!("not read");
        };
        let home = Home {
            crm: "https://crm.zoho.com/".parse().unwrap(),
            zgid: Some("1".to_owned()),
        };
        let layout = Layout::default();
        matching(
            Row(fields.as_object()?),
            Module::Contact,
            &layout,
            &plan,
            &phone,
            &home,
        )
    }

    fn contact(number: &str) -> Value {
        json!({
            "id": "7328395000000680155", "Full_Name": "Ada Byron", "Phone": null,
            "Mobile": number, "Account_Name": {"name": "Acme", "id": "7328395000000680100"},
            "Owner": {"name": "Alice", "id": "7328395000000605001", "email": "a@acme.example"},
            "Modified_Time": "2026-05-14T10:00:00+05:30"
        })
    }

    #[test]
    fn a_number_counts_however_it_was_typed() {
        for typed in ["+14155550134", "(415) 555-0134", "415.555.0134"] {
            assert_eq!(read(&contact(typed)).unwrap().number, typed);
        }
        for other in ["555-0134", "+44 415 555 0134", "415 555 01345", "?"] {
            assert_eq!(read(&contact(other)), None, "{other}");
        }
    }

    #[test]
    fn a_contact_brings_its_company_owner_and_times() {
        let record = read(&contact("4155550134")).unwrap();
        assert_eq!(record.name, "Ada Byron");
        assert_eq!(record.company.as_deref(), Some("Acme"));
        assert_eq!(record.owner.as_deref(), Some("7328395000000605001"));
        assert_eq!(record.account.unwrap().id, "7328395000000680100");
        assert_eq!(
            record.modified,
            Some("2026-05-14T04:30:00Z".parse().unwrap())
        );
    }

    #[test]
    fn odd_records_are_passed_over() {
        for odd in [
            json!({}),
            json!({"id": 7, "Phone": "4155550134"}),
            json!({"id": "../evil", "Phone": "4155550134"}),
            json!({"id": "7328395000000680155", "Phone": 4_155_550_134_u64}),
        ] {
            assert_eq!(read(&odd), None, "{odd}");
        }
    }
}
