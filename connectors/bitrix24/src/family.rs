//! The two families of methods for records: `crm.item.*`, and `crm.contact.*` and its like on
//! self-hosted portals that are too old for the first.

use std::sync::atomic::{AtomicBool, Ordering};

use linecard_crm::{AdviceCode, Failure, Module};
use linecard_http::Purpose;
use serde_json::{Map, Value, json};

use crate::api::{Api, Given};
use crate::command::Command;
use crate::php;
use crate::refusal::Refusal;

/// Which methods a portal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Item,
    Classic,
}

/// `entityTypeId` and `OWNER_TYPE_ID`.
pub(crate) fn number(module: Module) -> u64 {
    match module {
        Module::Lead => 1,
        Module::Contact => 3,
        Module::Account => 4,
    }
}

/// A field's name in both families.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    item: &'static str,
    classic: &'static str,
}

pub(crate) const ID: Field = Field::new("id", "ID");
pub(crate) const NAME: Field = Field::new("name", "NAME");
pub(crate) const SECOND_NAME: Field = Field::new("secondName", "SECOND_NAME");
pub(crate) const LAST_NAME: Field = Field::new("lastName", "LAST_NAME");
pub(crate) const TITLE: Field = Field::new("title", "TITLE");
pub(crate) const COMPANY_TITLE: Field = Field::new("companyTitle", "COMPANY_TITLE");
pub(crate) const COMPANY: Field = Field::new("companyId", "COMPANY_ID");
pub(crate) const OWNER: Field = Field::new("assignedById", "ASSIGNED_BY_ID");
pub(crate) const MODIFIED: Field = Field::new("updatedTime", "DATE_MODIFY");
pub(crate) const ACTIVE: Field = Field::new("lastActivityTime", "LAST_ACTIVITY_TIME");
pub(crate) const STATUS: Field = Field::new("stageId", "STATUS_ID");

impl Field {
    const fn new(item: &'static str, classic: &'static str) -> Self {
        Self { item, classic }
    }

    pub(crate) fn of(self, family: Family) -> &'static str {
        match family {
            Family::Item => self.item,
            Family::Classic => self.classic,
        }
    }
}

/// One condition of a filter: a prefix such as `>`, a field, and what it is compared with.
pub(crate) type Condition = (&'static str, Field, Value);

/// A page of records by their ids, upwards.
#[derive(Debug, Clone)]
pub(crate) struct List {
    pub(crate) module: Module,
    pub(crate) filter: Vec<Condition>,
    /// Only the ids, not the records.
    pub(crate) ids_only: bool,
    /// Says how many there are in all, which costs the portal work.
    pub(crate) counts: bool,
}

impl List {
    pub(crate) fn new(module: Module, filter: Vec<Condition>) -> Self {
        Self {
            module,
            filter,
            ids_only: false,
            counts: false,
        }
    }
}

impl Family {
    /// The command that gives a page.
    pub(crate) fn list(self, list: &List) -> Command {
        let filter: Map<String, Value> = list
            .filter
            .iter()
            .map(|(prefix, field, value)| (format!("{prefix}{}", field.of(self)), value.clone()))
            .collect();
        self.page(list, &Value::Object(filter))
    }

    /// The same with a filter that is written already.
    pub(crate) fn page(self, list: &List, filter: &Value) -> Command {
        let select = match (self, list.ids_only) {
            (_, true) => json!([ID.of(self)]),
            (Self::Item, false) => json!(["*"]),
            // No mask covers the multiple fields.
            (Self::Classic, false) => json!(["*", "PHONE", "EMAIL"]),
        };
        let mut params = json!({
            "filter": filter, "select": select,
            "order": {ID.of(self): "ASC"},
            "start": if list.counts { 0 } else { -1 }
        });
        match self {
            Self::Item => {
                params["entityTypeId"] = number(list.module).into();
                Command::new("crm.item.list", params)
            }
            Self::Classic => Command::new(classic_list(list.module), params),
        }
    }

    /// The records of a page.
    pub(crate) fn rows(self, given: &Given) -> Result<Vec<Value>, Failure> {
        let list = match self {
            Self::Item => given.result.get("items"),
            Self::Classic => Some(&given.result),
        };
        // One without records is odd, not empty: a record must not pass for one that is gone.
        match list {
            Some(list @ (Value::Array(_) | Value::Object(_))) => {
                Ok(php::values(list).into_iter().cloned().collect())
            }
            _ => Err(Failure::retry(AdviceCode::AnswerUnclear)),
        }
    }

    /// Where a field of the record at `place` stands in a page, for a reference to it.
    pub(crate) fn path(self, place: usize, field: Field) -> Vec<String> {
        let place = place.to_string();
        let field = field.of(self).to_owned();
        match self {
            Self::Item => vec!["items".to_owned(), place, field],
            Self::Classic => vec![place, field],
        }
    }
}

fn classic_list(module: Module) -> &'static str {
    match module {
        Module::Contact => "crm.contact.list",
        Module::Lead => "crm.lead.list",
        Module::Account => "crm.company.list",
    }
}

/// Which family a portal has, found out by asking.
#[derive(Default)]
pub(crate) struct Families {
    has_no_items: AtomicBool,
}

impl Families {
    pub(crate) fn current(&self) -> Family {
        if self.has_no_items.load(Ordering::Relaxed) {
            Family::Classic
        } else {
            Family::Item
        }
    }

    /// Asks with one batch, and once more in the older way where the newer methods are missing.
    /// Tells the family of the answers.
    pub(crate) async fn batch(
        &self,
        api: &Api,
        purpose: Purpose,
        commands: impl Fn(Family) -> Vec<Command>,
    ) -> Result<(Family, Vec<Result<Given, Refusal>>), Failure> {
        let family = self.current();
        let fates = api.batch(purpose, &commands(family)).await?;
        let is_missing = fates
            .iter()
            .any(|fate| matches!(fate, Err(Refusal::NoSuchMethod { .. })));
        if family == Family::Classic || !is_missing {
            return Ok((family, fates));
        }
        self.has_no_items.store(true, Ordering::Relaxed);
        let fates = api.batch(purpose, &commands(Family::Classic)).await?;
        Ok((Family::Classic, fates))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_asked_for_in_either_familys_words() {
        let list = List::new(Module::Contact, vec![(">", ID, json!(7))]);
        let item = Family::Item.list(&list);
        assert_eq!(item.method, "crm.item.list");
        assert_eq!(
            item.params,
            json!({"entityTypeId": 3, "filter": {">id": 7}, "select": ["*"],
                   "order": {"id": "ASC"}, "start": -1})
        );
        let classic = Family::Classic.list(&list);
        assert_eq!(classic.method, "crm.contact.list");
        assert_eq!(classic.params["filter"], json!({">ID": 7}));
        assert_eq!(classic.params["select"], json!(["*", "PHONE", "EMAIL"]));
    }

    #[test]
    fn an_answer_without_records_is_no_empty_page() {
        let given = |result: Value| Given {
            result,
            ..Given::default()
        };
        assert_eq!(
            Family::Item.rows(&given(json!({"items": []}))),
            Ok(Vec::new())
        );
        assert!(Family::Item.rows(&given(json!([]))).is_err());
        assert!(Family::Classic.rows(&given(json!(null))).is_err());
    }
}
