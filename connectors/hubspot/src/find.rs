//! Who calls: one search of contacts and one of companies, at the same time.
//!
//! HubSpot's index makes candidates only, see [`crate::candidate`]. It lags behind by seconds;
//! who was created moments ago is known to Linecard, which created them.

use linecard_crm::{Failure, Module, Record};
use linecard_http::Purpose;
use linecard_number::{Phone, Plan};
use serde_json::Value;

use crate::api::Api;
use crate::candidate::{ranked, verified};
use crate::kind::Kind;
use crate::known::{Known, Lacking};
use crate::leads;
use crate::record::{COMPANY, CONTACT, Found};
use crate::refusal::Refusal;
use crate::search;

/// Every record that holds `phone`, the best match first.
pub(crate) async fn find(
    api: &Api,
    known: &Known,
    plan: &Plan,
    phone: &Phone,
) -> Result<Vec<Record>, Failure> {
    let contacts = either(
        api,
        Kind::Contact,
        &known.calculated_of_contacts,
        |calculated| search::contacts(phone, calculated),
    );
    let companies = either(
        api,
        Kind::Company,
        &known.calculated_of_companies,
        |calculated| search::companies(phone, calculated),
    );
    let (contacts, companies) = futures_util::try_join!(contacts, companies)?;
    let pages = api.pages();
    let verify = |found: &Found, module| -> Vec<Record> {
        found
            .results
            .iter()
            .filter_map(|object| verified(object, module, plan, phone, &pages))
            .collect()
    };
    let mut people = ranked(verify(&contacts, Module::Contact));
    let mut leads = Vec::new();
    if !people.is_empty() {
        let has_leads = known.has_leads(api, Purpose::Call).await?;
        leads = leads::of(api, has_leads, &mut people).await?;
    }
    let companies = verify(&companies, Module::Account);
    Ok(ranked([people, leads, companies].concat()))
}

/// Records whose name, company or number begins like `text`; people first.
pub(crate) async fn beginning(
    api: &Api,
    known: &Known,
    text: &str,
    limit: usize,
) -> Result<Vec<Record>, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let mut records = Vec::new();
    for (module, lacking, properties) in [
        (Module::Contact, &known.calculated_of_contacts, &CONTACT[..]),
        (
            Module::Account,
            &known.calculated_of_companies,
            &COMPANY[..],
        ),
    ] {
        let room = limit.saturating_sub(records.len());
        if room == 0 {
            break;
        }
        let found = either(api, module.into(), lacking, |calculated| {
            search::typed(text, properties, calculated, room)
        });
        let pages = api.pages();
        records.extend(found.await?.results.iter().filter_map(|object| {
            let number = object.text("phone").or_else(|| object.text("mobilephone"));
            object.record(module, number.unwrap_or_default(), &pages)
        }));
    }
    Ok(records)
}

/// Searches by the calculated properties, and without them where the account lacks them: that
/// answer is a 400 without a reason.
async fn either(
    api: &Api,
    kind: Kind,
    lacking: &Lacking,
    body: impl Fn(bool) -> Value + Sync,
) -> Result<Found, Failure> {
    if lacking.may_be_there(api.now()) {
        match api.search(Purpose::Call, kind, &body(true)).await {
            Err(Refusal::Unexplained { .. } | Refusal::Properties { .. }) => {
                lacking.is_missing(api.now());
            }
            answer => return Ok(answer?),
        }
    }
    Ok(api.search(Purpose::Call, kind, &body(false)).await?)
}
