//! A contact or lead for a number that nobody has (G).
//!
//! The older methods create: every portal has them. `ORIGINATOR_ID` and `ORIGIN_ID` tie an attempt
//! to its record. A portal has no rule against duplicates, so none is ever told of.

use linecard_crm::text::{fit, one};
use linecard_crm::{Advice, AdviceCode, Created, Failure, Module, NewRecord, Record, RecordRef};
use linecard_http::Purpose;
use serde_json::{Value, json};
use url::Url;

use crate::activity::ORIGINATOR;
use crate::api::Api;
use crate::command::Command;
use crate::family::{COMPANY_TITLE, Family, NAME, TITLE};
use crate::log::new_id;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::{links, php};

/// The length of names and titles.
const LONGEST: usize = 255;

pub(crate) async fn create(
    api: &Api,
    portal: &Url,
    has_leads: bool,
    new: &NewRecord,
) -> Result<Created, Failure> {
    let method = match new.module {
        Module::Contact => "crm.contact.add",
        Module::Lead if has_leads => "crm.lead.add",
        Module::Lead => {
            return Err(Failure::refused(AdviceCode::NoLeads));
        }
        Module::Account => return Err(Failure::not_offered("creation of companies")),
    };
    let command = Command::new(
        method,
        json!({"fields": fields(new)?, "params": {"REGISTER_SONET_EVENT": "N"}}),
    );
    let given = api.call(Purpose::Call, &command).await?;
    let id = new_id(&given.result)?.to_string();
    Ok(Created {
        record: Record {
            name: name(new),
            company: Some(new.company.clone())
                .filter(|company| new.module == Module::Lead && !company.is_empty()),
            owner: new.owner.clone(),
            number: new.phone.e164.as_str().to_owned(),
            account: None,
            modified: given.at,
            last_activity: None,
            page: links::page(portal, new.module, &id),
            at: RecordRef {
                module: new.module,
                id,
            },
        },
        existed: false,
    })
}

fn name(new: &NewRecord) -> String {
    format!("{} {}", new.first_name, new.last_name)
        .trim()
        .to_owned()
}

fn fields(new: &NewRecord) -> Result<Value, Failure> {
    let mut fields = json!({
        NAME.of(Family::Classic): fit(&new.first_name, LONGEST, one),
        "LAST_NAME": fit(&new.last_name, LONGEST, one),
        "PHONE": [{"VALUE": new.phone.e164.as_str(), "VALUE_TYPE": "WORK"}],
        "ORIGINATOR_ID": ORIGINATOR,
        "ORIGIN_ID": new.key.as_str(),
    });
    if let Some(owner) = &new.owner {
        let owner: u64 = owner
            .parse()
            .map_err(|_| Failure::refused(Advice::about(AdviceCode::ForeignId, owner)))?;
        fields["ASSIGNED_BY_ID"] = owner.into();
    }
    if new.module == Module::Lead {
        fields[TITLE.of(Family::Classic)] = fit(&name(new), LONGEST, one).into();
        if !new.company.is_empty() {
            fields[COMPANY_TITLE.of(Family::Classic)] = fit(&new.company, LONGEST, one).into();
        }
    }
    Ok(fields)
}

/// The record that an earlier attempt left.
pub(crate) async fn find(
    api: &Api,
    portal: &Url,
    new: &NewRecord,
) -> Result<Option<Record>, Failure> {
    let method = match new.module {
        Module::Contact => "crm.contact.list",
        Module::Lead => "crm.lead.list",
        Module::Account => return Ok(None),
    };
    let command = Command::new(
        method,
        json!({
            "filter": {"ORIGINATOR_ID": ORIGINATOR, "ORIGIN_ID": new.key.as_str()},
            "select": ["*", "PHONE", "EMAIL"], "order": {"ID": "ASC"}, "start": -1
        }),
    );
    let given = api.call(Purpose::Call, &command).await?;
    // A filter that is not known is dropped, and everything is listed.
    let ours = |fields: &&Value| {
        fields.get("ORIGINATOR_ID").and_then(Value::as_str) == Some(ORIGINATOR)
            && fields.get("ORIGIN_ID").and_then(Value::as_str) == Some(new.key.as_str())
    };
    Ok(php::values(&given.result)
        .into_iter()
        .find(ours)
        .and_then(|fields| Row::read(new.module, Family::Classic, fields))
        .map(|row| {
            let number = row.numbers().into_iter().next().map(|one| one.number);
            row.record(number.unwrap_or_default(), None, portal)
        }))
}

/// Removes a record that was made (G11). One that is gone counts as removed.
pub(crate) async fn remove(api: &Api, at: &RecordRef) -> Result<(), Failure> {
    let method = match at.module {
        Module::Contact => "crm.contact.delete",
        Module::Lead => "crm.lead.delete",
        Module::Account => return Err(Failure::not_offered("removal of companies")),
    };
    let command = Command::new(method, json!({"id": crate::activity::id(at)?}));
    match api.call(Purpose::Call, &command).await {
        Ok(_) | Err(Refusal::NotFound { .. }) => Ok(()),
        Err(refusal) => Err(refusal.into()),
    }
}

#[cfg(test)]
mod tests {
    use linecard_crm::EntryKey;
    use linecard_number::{Plan, Reading};

    use super::*;

    fn new(module: Module) -> NewRecord {
        let plan = Plan::of("US".parse().unwrap());
        let Reading::Phone(phone) = plan.read("(415) 555-0134") else {
            panic!("no number");
        };
        NewRecord {
            key: EntryKey::new("create-1"),
            module,
            first_name: "Automatic New Contact".to_owned(),
            last_name: "-5550134".to_owned(),
            company: "Unknown".to_owned(),
            phone,
            owner: Some("4".to_owned()),
        }
    }

    #[test]
    fn g6_g10_a_contact_has_the_number_at_work_and_the_agent_as_its_owner() {
        assert_eq!(
            fields(&new(Module::Contact)),
            Ok(json!({
                "NAME": "Automatic New Contact", "LAST_NAME": "-5550134", "ASSIGNED_BY_ID": 4,
                "PHONE": [{"VALUE": "+14155550134", "VALUE_TYPE": "WORK"}],
                "ORIGINATOR_ID": "linecard", "ORIGIN_ID": "create-1"
            }))
        );
    }

    #[test]
    fn g3_a_lead_has_a_title_and_a_company_too() {
        let fields = fields(&new(Module::Lead)).unwrap();
        assert_eq!(fields["TITLE"], "Automatic New Contact -5550134");
        assert_eq!(fields["COMPANY_TITLE"], "Unknown");
    }
}
