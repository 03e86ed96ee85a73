//! What is sent becomes what is kept: types, lengths, references, mandatory fields.
//!
//! A field that does not exist is forgotten without a word, as Zoho does.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{body, calls};
use crate::zoho::errors::Problem;
use crate::zoho::organisation::Organisation;
use crate::zoho::phones;
use crate::zoho::records::Record;
use crate::zoho::schema::{Field, Kind, Module};
use crate::zoho::switches::{PhoneMatch, Switches};
use crate::zoho::times;

/// The modules that a call or task can be about.
const ABOUT: [Module; 3] = [Module::Accounts, Module::Deals, Module::Leads];

/// Where a record is to be written.
pub(super) struct Place<'a> {
    pub(super) organisation: &'a Organisation,
    pub(super) switches: &'a Switches,
    pub(super) module: Module,
    /// The record as it is, when it is changed.
    pub(super) existing: Option<&'a Record>,
    /// The record's place in the request.
    pub(super) index: usize,
    pub(super) now: Timestamp,
}

impl Place<'_> {
    /// The fields as they are then kept.
    pub(super) fn prepare(
        &self,
        input: &Map<String, Value>,
    ) -> Result<Map<String, Value>, Problem> {
        let mut fields = self
            .existing
            .map(|record| record.fields.clone())
            .unwrap_or_default();
        let name = self.module.name();
        for (field, value) in input {
            if Switches::names(&self.switches.hidden, name, field) {
                continue;
            }
            if let Some(field) = self.module.field(field).filter(|field| !field.read_only) {
                let kept = self.kept(field, value, input)?;
                fields.insert(field.name.to_owned(), kept);
            } else if self.switches.own_phone_field.as_ref() == Some(field) {
                fields.insert(field.clone(), value.clone());
            }
        }
        self.check_mandatory(&fields, input)?;
        if self.module == Module::Calls {
            calls::apply(self, &mut fields)?;
        }
        self.check_unique(&fields)?;
        Ok(fields)
    }

    fn kept(
        &self,
        field: Field,
        value: &Value,
        input: &Map<String, Value>,
    ) -> Result<Value, Problem> {
        if value.is_null() {
            return Ok(Value::Null);
        }
        let wrong = |expected: &str| {
            let mut problem = Problem::invalid(field.name, "invalid data", self.index);
            problem.details["expected_data_type"] = expected.into();
            problem
        };
        let unrelated = || {
            Problem::invalid(
                field.name,
                "the related id given seems to be invalid",
                self.index,
            )
        };
        match field.kind {
            Kind::Owner => {
                let user = body::reference(value)
                    .and_then(|id| self.organisation.user(id))
                    .filter(|user| user.active);
                user.map(|user| user.id.to_string().into()).ok_or_else(|| {
                    Problem::invalid(
                        field.name,
                        "the owner given seems to be invalid or inactive",
                        self.index,
                    )
                })
            }
            Kind::Lookup(module) => body::reference(value)
                .filter(|id| self.organisation.records.there(module, *id).is_some())
                .map(|id| id.to_string().into())
                .ok_or_else(unrelated),
            Kind::Anything => {
                let module = input
                    .get("$se_module")
                    .and_then(Value::as_str)
                    .and_then(Module::named)
                    .filter(|module| ABOUT.contains(module))
                    .ok_or_else(|| Problem::mandatory("$se_module", self.index))?;
                body::reference(value)
                    .filter(|id| self.organisation.records.there(module, *id).is_some())
                    .map(|id| id.to_string().into())
                    .ok_or_else(unrelated)
            }
            Kind::Boolean => value
                .as_bool()
                .map(Value::from)
                .ok_or_else(|| wrong("boolean")),
            Kind::Integer => value
                .as_i64()
                .map(Value::from)
                .ok_or_else(|| wrong("integer")),
            kind => {
                let text = value.as_str().ok_or_else(|| wrong("text"))?;
                self.check_text(field, kind, text)?;
                Ok(value.clone())
            }
        }
    }

    fn check_text(&self, field: Field, kind: Kind, text: &str) -> Result<(), Problem> {
        let wrong = || Problem::invalid(field.name, "invalid data", self.index);
        if let Some(longest) = kind.length()
            && text.encode_utf16().count() > longest
        {
            let mut problem = wrong();
            problem.details["maximum_length"] = longest.into();
            return Err(problem);
        }
        let right = match kind {
            Kind::Email => text.is_empty() || text.contains('@'),
            Kind::Date => text.parse::<Date>().is_ok(),
            Kind::DateTime => times::read(text).is_some(),
            _ => true,
        };
        if right { Ok(()) } else { Err(wrong()) }
    }

    fn check_mandatory(
        &self,
        fields: &Map<String, Value>,
        input: &Map<String, Value>,
    ) -> Result<(), Problem> {
        let is_empty = |value: Option<&Value>| {
            value.is_none_or(|value| value.is_null() || value.as_str() == Some(""))
        };
        let own = self.switches.mandatory.get(self.module.name());
        let own = own.into_iter().flatten().map(String::as_str);
        let standard: Vec<&str> = self
            .module
            .fields()
            .filter(|field| field.mandatory)
            .map(|field| field.name)
            .collect();
        let missing = standard
            .into_iter()
            .chain(own)
            .find(|name| is_empty(fields.get(*name)) && is_empty(input.get(*name)));
        match missing {
            Some(name) => Err(Problem::mandatory(name, self.index)),
            None => Ok(()),
        }
    }

    fn check_unique(&self, fields: &Map<String, Value>) -> Result<(), Problem> {
        let own = self.switches.unique.get(self.module.name());
        for name in own.into_iter().flatten() {
            let Some(value) = fields.get(name).and_then(Value::as_str) else {
                continue;
            };
            let other = self.organisation.records.of(self.module).find(|record| {
                Some(record.id) != self.existing.map(|existing| existing.id)
                    && is_same(record.text(name), value)
            });
            if let Some(other) = other {
                return Err(Problem::new(
                    "DUPLICATE_DATA",
                    "duplicate data",
                    json!({
                        "api_name": name,
                        "json_path": format!("$.data[{}].{name}", self.index),
                        "id": other.id.to_string(),
                        "duplicate_record": {
                            "id": other.id.to_string(), "module": {"api_name": self.module.name()}
                        }
                    }),
                ));
            }
        }
        Ok(())
    }
}

fn is_same(stored: &str, given: &str) -> bool {
    !stored.is_empty()
        && (stored.eq_ignore_ascii_case(given)
            || phones::matches(PhoneMatch::Digits, stored, given))
}
