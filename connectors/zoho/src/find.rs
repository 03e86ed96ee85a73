//! Who calls: one question for each module, at the same time.
//!
//! With COQL the question is for the last digits, which finds a number however its beginning was
//! typed and is answered from the records themselves. Where the consent does not cover COQL, or
//! the admin switched it off, the search is asked for the spellings that occur. Either way a
//! record counts only when one of its numbers, read with the company's plan, is the very number
//! that was asked for.

use futures_util::future::join_all;
use linecard_crm::{Failure, Module, Record};
use linecard_http::Purpose;
use linecard_number::{Phone, Plan};
use serde_json::{Map, Value};

use crate::api::Api;
use crate::ask::Ask;
use crate::layout::{Layout, Layouts};
use crate::listing::{Listing, PAGE};
use crate::refusal::Refusal;
use crate::row::Row;
use crate::spellings::{endings, spellings};
use crate::{candidate, coql, criteria, modules};

/// What a look-up needs to know.
pub(crate) struct Finder<'a> {
    pub(crate) api: &'a Api,
    pub(crate) layouts: &'a Layouts,
    pub(crate) plan: &'a Plan,
    /// Whether COQL may be asked.
    pub(crate) deep: bool,
}

impl Finder<'_> {
    /// Every record that holds `phone`, the best match first.
    pub(crate) async fn find(&self, phone: &Phone) -> Result<Vec<Record>, Failure> {
        let found = join_all(modules::PEOPLE.map(|module| self.within(module, phone))).await;
        Ok(candidate::ranked(seen(found)?))
    }

    /// What [`Finder::find`] asks for. Where a module has many phone fields it leaves out the last
    /// of the endings.
    pub(crate) fn spellings(&self, phone: &Phone) -> Vec<String> {
        if self.deep {
            let endings = endings(phone, coql::MOST_CONDITIONS);
            endings.iter().map(|ending| format!("*{ending}")).collect()
        } else {
            spellings(phone)
        }
    }

    /// Those of one module.
    pub(crate) async fn within(
        &self,
        module: Module,
        phone: &Phone,
    ) -> Result<Vec<Record>, Refusal> {
        let name = modules::name(module);
        let layout = self.layouts.of(self.api, name, Purpose::Call).await?;
        let phones = layout.phones(module);
        if phones.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.rows(module, &layout, phone).await?;
        let home = self.api.home();
        let mut found = Vec::new();
        for row in &rows {
            let row = Row(row);
            let Some(record) = candidate::matching(row, module, &layout, self.plan, phone, &home)
            else {
                continue;
            };
            if module == Module::Lead && self.is_converted(&record.at.id).await? {
                continue;
            }
            found.push(record);
        }
        Ok(found)
    }

    async fn rows(
        &self,
        module: Module,
        layout: &Layout,
        phone: &Phone,
    ) -> Result<Vec<Map<String, Value>>, Refusal> {
        if self.deep {
            match self.by_ending(module, layout, phone).await {
                Err(Refusal::Scope { .. }) => {}
                answer => return answer,
            }
        }
        self.by_spelling(module, layout, phone).await
    }

    async fn by_ending(
        &self,
        module: Module,
        layout: &Layout,
        phone: &Phone,
    ) -> Result<Vec<Map<String, Value>>, Refusal> {
        let phones = layout.phones(module);
        let most = coql::MOST_CONDITIONS.checked_div(phones.len()).unwrap_or(1);
        let endings = endings(phone, most);
        let mut fields = vec!["id"];
        fields.extend(layout.of_people(module));
        let condition = coql::ends(&phones, &endings);
        let name = modules::name(module);
        let found = coql::select(self.api, Purpose::Call, name, &fields, &condition).await?;
        Ok(found.rows)
    }

    async fn by_spelling(
        &self,
        module: Module,
        layout: &Layout,
        phone: &Phone,
    ) -> Result<Vec<Map<String, Value>>, Refusal> {
        let spellings = spellings(phone);
        let conditions = layout
            .phones(module)
            .into_iter()
            .map(|field| criteria::is_one_of(field, &spellings))
            .collect();
        let Some(criteria) = criteria::any(conditions) else {
            return Ok(Vec::new());
        };
        let ask = search(module, layout, &criteria, PAGE);
        let found = self.api.read::<Listing>(&ask).await?;
        Ok(found.map(|page| page.data).unwrap_or_default())
    }

    /// A lead that was converted lives on as contact and account. COQL does not tell.
    async fn is_converted(&self, id: &str) -> Result<bool, Refusal> {
        let ask = Ask::get(Purpose::Call, format!("Leads/{id}"));
        let lead = self.api.read::<Listing>(&ask).await?;
        Ok(lead
            .and_then(|page| page.data.first().map(|row| Row(row).is_true("$converted")))
            .unwrap_or(true))
    }
}

/// What the modules brought. One that the user who gave consent may not see is passed over, unless
/// it is every one.
pub(crate) fn seen(found: Vec<Result<Vec<Record>, Refusal>>) -> Result<Vec<Record>, Failure> {
    let mut records = Vec::new();
    let (mut is_seen, mut forbidden) = (false, None);
    for answer in found {
        match answer {
            Ok(some) => {
                is_seen = true;
                records.extend(some);
            }
            Err(Refusal::Forbidden { words }) => forbidden = Some(Refusal::Forbidden { words }),
            Err(refusal) => return Err(refusal.into()),
        }
    }
    match forbidden {
        Some(refusal) if !is_seen => Err(refusal.into()),
        _ => Ok(records),
    }
}

/// The search of one module, open leads only.
pub(crate) fn search(module: Module, layout: &Layout, criteria: &str, limit: usize) -> Ask {
    let ask = Ask::get(Purpose::Call, format!("{}/search", modules::name(module)))
        .with("criteria", criteria)
        .with("fields", layout.of_people(module).join(","))
        .with("per_page", limit.to_string());
    match module {
        Module::Lead => ask.with("converted", "false"),
        Module::Contact | Module::Account => ask,
    }
}
