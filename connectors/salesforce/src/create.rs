//! A contact or lead for a number that nobody has (G).

use jiff::{SignedDuration, Timestamp};
use linecard_crm::text::fit;
use linecard_crm::{Advice, AdviceCode, Created, Failure, Module, NewRecord, Record, RecordRef};
use linecard_http::Purpose;
use linecard_number::Plan;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::api::Api;
use crate::describe::{Layout, Layouts};
use crate::find::{Error, Fields};
use crate::refusal::{Refusal, Rejection};
use crate::row::Row;
use crate::{duplicates, escape, links, tail};

const FIRST_NAME_LENGTH: usize = 40;
const LAST_NAME_LENGTH: usize = 80;
const COMPANY_LENGTH: usize = 255;

/// What Salesforce itself writes for a company that nobody knows.
const NO_COMPANY: &str = "[not provided]";

/// Leads go to whom we say, not to whom an assignment rule says.
const NO_ASSIGNMENT: (&str, &str) = ("sforce-auto-assign", "FALSE");

/// Saves the record although a rule of kind Alert found another one; Block stays a block.
const SAVE_ANYWAY: (&str, &str) = ("sforce-duplicate-rule-header", "allowSave=true");

/// By how much our clock and Salesforce's may differ.
const CLOCKS: SignedDuration = SignedDuration::from_mins(5);

#[derive(Deserialize)]
struct Answer {
    id: String,
}

/// Creates the record, or gives the one that is the same.
pub(crate) async fn create(
    api: &Api,
    layouts: &Layouts,
    plan: &Plan,
    new: &NewRecord,
) -> Result<Created, Error> {
    let layout = layout(layouts, new.module)?;
    let mut fields = fields(new, layout);
    complete(new.module, layout, &fields)?;
    let object = links::object(new.module);
    let resource = format!("sobjects/{object}");
    let mut headers = vec![NO_ASSIGNMENT];
    // Once without its owner, once although there is another one.
    for _ in 0..3 {
        let answer: Result<Answer, Refusal> =
            api.post(Purpose::Call, &resource, &fields, &headers).await;
        let rejection = match answer {
            Ok(answer) => return Ok(created(api, new, &fields, answer.id)),
            Err(Refusal::Rejected(rejection)) => rejection,
            Err(refusal) => return Err(refusal.into()),
        };
        if let Some(found) = &rejection.duplicates {
            let same = duplicates::same(api, layouts, plan, &new.phone, found).await?;
            if let Some(record) = same {
                return Ok(Created {
                    record,
                    existed: true,
                });
            }
            if !found.allow_save || headers.contains(&SAVE_ANYWAY) {
                return Err(refused(rejection));
            }
            headers.push(SAVE_ANYWAY);
        } else if rejection.code != "INACTIVE_OWNER_OR_USER" || fields.remove("OwnerId").is_none() {
            return Err(refused(rejection));
        }
    }
    Err(Error::Failed(Failure::refused(AdviceCode::KeepsRefusing)))
}

fn refused(rejection: Rejection) -> Error {
    Refusal::Rejected(rejection).into()
}

fn layout(layouts: &Layouts, module: Module) -> Result<&Layout, Failure> {
    let object = links::object(module);
    layouts
        .of(module)
        .filter(|layout| layout.createable && module != Module::Account)
        .ok_or_else(|| Failure::refused(Advice::about(AdviceCode::RightCreate, object)))
}

fn fields(new: &NewRecord, layout: &Layout) -> Map<String, Value> {
    let company = match new.company.trim() {
        "" => NO_COMPANY,
        company => company,
    };
    let cut = |text: &str, length: usize| fit(text, length, char::len_utf16).to_owned();
    let company = (new.module == Module::Lead).then(|| cut(company, COMPANY_LENGTH));
    let owner = new.owner.clone().filter(|owner| escape::is_id(owner));
    let first_name = cut(&new.first_name, FIRST_NAME_LENGTH);
    [
        (
            "FirstName",
            Some(first_name).filter(|name| !name.is_empty()),
        ),
        ("LastName", Some(cut(&new.last_name, LAST_NAME_LENGTH))),
        ("Company", company),
        ("Phone", Some(new.phone.e164.as_str().to_owned())),
        ("OwnerId", owner),
    ]
    .into_iter()
    .filter(|(field, _)| layout.takes(field))
    .filter_map(|(field, value)| Some((field.to_owned(), Value::from(value?))))
    .collect()
}

/// Says which fields an admin has made required, before Salesforce does.
fn complete(module: Module, layout: &Layout, fields: &Map<String, Value>) -> Result<(), Failure> {
    let missing: Vec<String> = layout
        .required
        .iter()
        .filter(|(field, _)| !fields.contains_key(field))
        .map(|(field, label)| format!("{label} ({field})"))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure::refused(Advice::about(
        AdviceCode::FieldRequired,
        format!("{}: {}", links::object(module), missing.join(", ")),
    )))
}

/// The record as it was just written; a look at it would cost a request.
fn created(api: &Api, new: &NewRecord, fields: &Map<String, Value>, id: String) -> Created {
    let text = |field: &str| fields.get(field).and_then(Value::as_str);
    let name = [text("FirstName"), text("LastName")];
    let name: Vec<&str> = name.into_iter().flatten().collect();
    Created {
        record: Record {
            page: links::page(&api.base(), links::object(new.module), &id),
            at: RecordRef {
                module: new.module,
                id,
            },
            name: name.join(" "),
            company: text("Company").map(str::to_owned),
            owner: text("OwnerId").map(str::to_owned),
            number: text("Phone").unwrap_or_default().to_owned(),
            account: None,
            modified: Some(api.now()),
            last_activity: None,
        },
        existed: false,
    }
}

/// The record that an attempt at or after `since` left. A create has no key, but nobody else
/// writes this number and this name as this user at this time.
pub(crate) async fn find_created(
    api: &Api,
    layouts: &Layouts,
    new: &NewRecord,
    since: Timestamp,
) -> Result<Option<Record>, Error> {
    let layout = layout(layouts, new.module)?;
    let wanted = fields(new, layout);
    let Some(asked) = Row::fields(new.module, layouts) else {
        return Ok(None);
    };
    let holds: Vec<String> = ["LastName", "Phone"]
        .into_iter()
        .filter_map(|field| Some((field, wanted.get(field)?.as_str()?)))
        .map(|(field, value)| format!(" AND {field}='{}'", escape::soql(value)))
        .collect();
    let since = since.checked_sub(CLOCKS).unwrap_or(Timestamp::MIN);
    let soql = format!(
        "SELECT {} FROM {} WHERE CreatedById='{}' AND CreatedDate >= {}{} \
         ORDER BY CreatedDate LIMIT 1",
        asked.join(","),
        links::object(new.module),
        escape::id(&api.grant().await?.user)?,
        tail::written(since),
        holds.concat(),
    );
    let page = api.query::<Fields>(Purpose::Call, &soql).await?;
    let base = api.base();
    Ok(page.records.iter().find_map(|fields| {
        let row = Row::read(fields, layouts)?;
        Some(row.record(row.first_number().unwrap_or_default(), &base))
    }))
}

/// Removes a record. One that is gone counts as removed.
pub(crate) async fn remove(api: &Api, at: &RecordRef) -> Result<(), Failure> {
    let object = links::object(at.module);
    let resource = format!("sobjects/{object}/{}", escape::id(&at.id)?);
    match api.delete(Purpose::Call, &resource).await {
        Err(Refusal::Rejected(rejection))
            if matches!(rejection.code.as_str(), "NOT_FOUND" | "ENTITY_IS_DELETED") =>
        {
            Ok(())
        }
        other => Ok(other?),
    }
}
