//! Creating a contact or lead, finding one that an attempt left, and taking it back (G).

use std::slice;

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Advice, AdviceCode, Created, Failure, Module, NewRecord, Record, RecordRef};
use linecard_http::Purpose;
use serde_json::{Map, Value, json};

use crate::api::Api;
use crate::ask::Ask;
use crate::call::reference;
use crate::find::Finder;
use crate::layout::Layout;
use crate::listing::Listing;
use crate::log::body;
use crate::modules::{self, is_id};
use crate::refusal::Refusal;
use crate::row::Row;
use crate::written::{Turned, Written};
use crate::{candidate, links, text};

/// How many characters a name takes where the organisation does not tell.
const NAME_LENGTH: usize = 80;
/// The same for a company.
const COMPANY_LENGTH: usize = 200;

/// How far our clock and Zoho's may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// Creates the record. One that the organisation takes for a duplicate is a match: an upsert
/// would write a name made of a number over a real one.
pub(crate) async fn create(
    finder: &Finder<'_>,
    new: &NewRecord,
    workflows: bool,
) -> Result<Created, Failure> {
    let api = finder.api;
    let module = modules::name(new.module);
    let layout = finder.layouts.of(api, module, Purpose::Call).await?;
    let mut fields = fields(new, &layout)?;
    loop {
        let records = body(slice::from_ref(&fields), workflows);
        let written = api
            .read::<Written>(&Ask::post(Purpose::Call, module, &records)?)
            .await?;
        let item = written.and_then(|mut written| written.data.pop());
        let item = item.ok_or_else(|| Failure::unknown(AdviceCode::AnswerUnclear))?;
        match item.result() {
            Ok(id) => {
                return Ok(Created {
                    record: made(api, new, &fields, id),
                    existed: false,
                });
            }
            Err(Turned::Duplicate { id, words }) => {
                let record = existing(finder, new, &layout, id.as_deref()).await?;
                return record
                    .map(|record| Created {
                        record,
                        existed: true,
                    })
                    .ok_or(Failure::refused(words));
            }
            // An owner who is gone does not keep the record from being created.
            Err(Turned::Field { name, .. })
                if name == "Owner" && fields.remove("Owner").is_some() => {}
            Err(turned) => return Err(turned.into()),
        }
    }
}

/// The record that an attempt at or after `since` left: looked for among the newest, because a
/// search may not know it yet.
pub(crate) async fn find_created(
    finder: &Finder<'_>,
    new: &NewRecord,
    since: Timestamp,
) -> Result<Option<Record>, Failure> {
    let api = finder.api;
    let module = modules::name(new.module);
    let layout = finder.layouts.of(api, module, Purpose::Call).await?;
    let ask = Ask::get(Purpose::Call, module)
        .with(
            "fields",
            format!("{},Created_Time", layout.of_people(new.module).join(",")),
        )
        .with("sort_by", "Created_Time")
        .with("sort_order", "desc")
        .with("per_page", "200");
    let page = api.read::<Listing>(&ask).await?;
    let home = api.home();
    let earliest = since.saturating_sub(SKEW).unwrap_or(since);
    let rows = page.map(|page| page.data).unwrap_or_default();
    Ok(rows
        .iter()
        .map(Row)
        .filter(|row| row.moment("Created_Time").is_some_and(|at| at >= earliest))
        .find_map(|row| {
            candidate::matching(row, new.module, &layout, finder.plan, &new.phone, &home)
        }))
}

/// Deletes a record that was created. It goes to Zoho's recycle bin.
pub(crate) async fn remove(api: &Api, at: &RecordRef) -> Result<(), Failure> {
    if !is_id(&at.id) {
        return Err(Failure::refused(Advice::about(
            AdviceCode::ForeignId,
            at.id.as_str(),
        )));
    }
    let ask = Ask::delete(
        Purpose::Call,
        format!("{}/{}", modules::name(at.module), at.id),
    );
    let Some(written) = api.read::<Written>(&ask).await? else {
        return Ok(());
    };
    match written.data.first() {
        // Nothing but the id was sent: what is wrong with it is that it is gone.
        Some(item) if !item.is_gone() => item.result().map(|_| ()).map_err(Failure::from),
        _ => Ok(()),
    }
}

fn fields(new: &NewRecord, layout: &Layout) -> Result<Map<String, Value>, Failure> {
    let mut fields = Map::new();
    let mut set = |name: &str, value: &str, usual: usize| {
        if !value.is_empty() {
            let longest = layout.length(name, usual);
            fields.insert(name.to_owned(), text::cut(value, longest).into());
        }
    };
    set("First_Name", &new.first_name, NAME_LENGTH);
    set("Last_Name", &new.last_name, NAME_LENGTH);
    if new.module == Module::Lead {
        set("Company", &new.company, COMPANY_LENGTH);
    }
    fields.insert("Phone".to_owned(), json!(new.phone.e164.as_str()));
    if let Some(owner) = &new.owner {
        fields.insert("Owner".to_owned(), reference(owner)?);
    }
    Ok(fields)
}

fn made(api: &Api, new: &NewRecord, fields: &Map<String, Value>, id: String) -> Record {
    let home = api.home();
    let row = Row(fields);
    let name: Vec<&str> = ["First_Name", "Last_Name"]
        .into_iter()
        .filter_map(|field| row.text(field))
        .collect();
    let tab = modules::name(new.module);
    Record {
        name: name.join(" "),
        company: row.text("Company").map(str::to_owned),
        owner: row.referred("Owner").map(str::to_owned),
        number: new.phone.e164.to_string(),
        account: None,
        modified: Some(api.now()),
        last_activity: None,
        page: links::page(&home.crm, home.zgid.as_deref(), tab, &id),
        at: RecordRef {
            module: new.module,
            id,
        },
    }
}

/// The record that the organisation has already: the one it named, if it holds the very number,
/// or another that does.
async fn existing(
    finder: &Finder<'_>,
    new: &NewRecord,
    layout: &Layout,
    id: Option<&str>,
) -> Result<Option<Record>, Failure> {
    if let Some(id) = id {
        let module = modules::name(new.module);
        let ask = Ask::get(Purpose::Call, format!("{module}/{id}"));
        let page = match finder.api.read::<Listing>(&ask).await {
            Ok(page) => page,
            Err(Refusal::Failed(Failure::Refused { .. })) => None,
            Err(refusal) => return Err(refusal.into()),
        };
        let rows = page.map(|page| page.data).unwrap_or_default();
        let home = finder.api.home();
        let named = rows.first().map(Row).and_then(|row| {
            candidate::matching(row, new.module, layout, finder.plan, &new.phone, &home)
        });
        if named.is_some() {
            return Ok(named);
        }
    }
    let found = finder.within(new.module, &new.phone).await?;
    Ok(found.into_iter().next())
}
