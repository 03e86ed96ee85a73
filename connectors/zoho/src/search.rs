//! Dial search: records whose name, company or number begins like what an agent types (F14).

use futures_util::future::join_all;
use linecard_crm::{Failure, Module, Record};
use linecard_http::Purpose;

use crate::api::Api;
use crate::layout::Layouts;
use crate::listing::Listing;
use crate::refusal::Refusal;
use crate::row::Row;
use crate::{candidate, criteria, find, modules};

/// The shortest text that is searched for; one letter would bring half of everybody.
const SHORTEST: usize = 2;

/// At most `limit` records whose name, company or number begins like `text`.
pub(crate) async fn search(
    api: &Api,
    layouts: &Layouts,
    text: &str,
    limit: usize,
) -> Result<Vec<Record>, Failure> {
    let text = text.trim();
    if text.chars().count() < SHORTEST {
        return Ok(Vec::new());
    }
    let found = join_all(modules::PEOPLE.map(|module| within(api, layouts, module, text, limit)));
    let mut records = candidate::ranked(find::seen(found.await)?);
    records.truncate(limit);
    Ok(records)
}

async fn within(
    api: &Api,
    layouts: &Layouts,
    module: Module,
    text: &str,
    limit: usize,
) -> Result<Vec<Record>, Refusal> {
    let layout = layouts
        .of(api, modules::name(module), Purpose::Call)
        .await?;
    let phones = layout.phones(module);
    let fields: Vec<&str> = if looks_like_number(text) {
        phones.clone()
    } else {
        layout.known(match module {
            Module::Contact => &["Full_Name", "First_Name", "Last_Name"],
            Module::Lead => &["Full_Name", "First_Name", "Last_Name", "Company"],
            Module::Account => &["Account_Name"],
        })
    };
    let conditions = fields
        .into_iter()
        .map(|field| criteria::starts_with(field, text))
        .collect();
    let Some(criteria) = criteria::any(conditions) else {
        return Ok(Vec::new());
    };
    let ask = find::search(module, &layout, &criteria, limit.clamp(1, 50));
    let page = api.read::<Listing>(&ask).await?;
    let home = api.home();
    let rows = page.map(|page| page.data).unwrap_or_default();
    let record = |row| {
        let row = Row(row);
        let number = phones.iter().find_map(|field| row.text(field));
        candidate::record(row, module, number.unwrap_or_default(), &home)
    };
    Ok(rows.iter().filter_map(record).collect())
}

fn looks_like_number(text: &str) -> bool {
    text.chars().any(|one| one.is_ascii_digit())
        && text
            .chars()
            .all(|one| one.is_ascii_digit() || "+-. ()/".contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_searched_for_as_a_number() {
        assert!(looks_like_number("+49 (30)"));
        for name in ["Maya", "3M", "-", ""] {
            assert!(!looks_like_number(name), "{name}");
        }
    }
}
