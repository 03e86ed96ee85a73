//! `GET /crm/v8/{module}/search`: by criteria, e-mail address, number or word.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::condition::{Condition, Held};
use super::criteria;
use super::list::is_of;
use super::query::{PAGE, Query, invalid};
use super::shown::{View, readable, shown, value};
use crate::zoho::errors::{ApiError, answer, nothing};
use crate::zoho::phones;
use crate::zoho::records::Record;
use crate::zoho::schema::{Kind, Module};
use crate::zoho::stand_in::StandIn;
use crate::zoho::switches::PhoneMatch;

/// How many records a search leads to.
const MOST: usize = 2_000;

/// What is searched for.
enum Sought<'a> {
    Criteria(Condition),
    Email(&'a str),
    Phone(&'a str),
    Word(String),
}

pub(super) async fn search(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let module = readable(&stand_in.switches(), &name)?;
    let query = Query::read(query.as_deref());
    let switches = stand_in.switches();
    let sought = Sought::read(&query, module, switches.own_phone_field.as_deref())?;
    let (per_page, page) = (query.per_page(PAGE)?, query.page()?);
    if per_page.saturating_mul(page) > MOST {
        return Err(ApiError::bad_request(
            "LIMIT_REACHED",
            "Only the first 2000 records can be searched",
            json!({"limit": MOST}),
        ));
    }
    let now = stand_in.now().as_millisecond();
    let lag = i64::try_from(switches.search_lag_ms).unwrap_or(i64::MAX);
    let organisation = stand_in.organisation();
    let view = View {
        organisation: &organisation,
        switches: &switches,
        zone: stand_in.zone(),
    };
    let found: Vec<&Record> = organisation
        .records
        .of(module)
        .rev()
        .filter(|record| record.modified.as_millisecond().saturating_add(lag) <= now)
        .filter(|record| is_of(&query, record))
        .filter(|record| sought.is(&view, record, switches.phone_match))
        .collect();
    let start = (page - 1) * per_page;
    let fields = query.fields();
    let data: Vec<Value> = found
        .iter()
        .skip(start)
        .take(per_page)
        .map(|record| shown(&view, record, fields.as_deref()))
        .collect();
    if data.is_empty() {
        return Ok(nothing());
    }
    let info = json!({
        "per_page": per_page, "count": data.len(), "page": page,
        "more_records": found.len() > start + data.len()
    });
    Ok(answer(StatusCode::OK, &json!({"data": data, "info": info})))
}

impl<'a> Sought<'a> {
    fn read(query: &'a Query, module: Module, own: Option<&str>) -> Result<Self, ApiError> {
        if let Some(text) = query.get("criteria") {
            let condition = criteria::read(text).ok_or_else(|| {
                ApiError::bad_request(
                    "INVALID_QUERY",
                    "Invalid query formed",
                    json!({"api_name": "criteria", "reason": "the criteria cannot be read"}),
                )
            })?;
            if condition.count() > criteria::TOO_MANY {
                return Err(ApiError::bad_request(
                    "CRITERIA_LIMIT_EXCEEDED",
                    "too many criteria",
                    json!({"limit": criteria::TOO_MANY}),
                ));
            }
            let known = condition
                .fields()
                .iter()
                .all(|name| *name == "id" || module.field(name).is_some() || own == Some(*name));
            if condition.count() > criteria::MOST || !known {
                return Err(ApiError::bad_request(
                    "INVALID_QUERY",
                    "Invalid query formed",
                    json!({"reason": "the field is not available for search"}),
                ));
            }
            return Ok(Self::Criteria(condition));
        }
        if let Some(email) = query.get("email") {
            return Ok(Self::Email(email));
        }
        if let Some(phone) = query.get("phone") {
            return Ok(Self::Phone(phone.trim()));
        }
        match query.get("word") {
            Some(word) if word.chars().count() >= 2 => Ok(Self::Word(word.to_lowercase())),
            Some(_) => Err(invalid("word")),
            None => Err(ApiError::missing_parameter("criteria")),
        }
    }

    fn is(&self, view: &View<'_>, record: &Record, manner: PhoneMatch) -> bool {
        let any = |fits: &dyn Fn(Kind, &str) -> bool| {
            record
                .module
                .fields()
                .any(|field| fits(field.kind, record.text(field.name)))
        };
        match self {
            Self::Criteria(condition) => condition.holds(manner, &|name| held(view, record, name)),
            Self::Email(email) => {
                any(&|kind, text| kind == Kind::Email && text.eq_ignore_ascii_case(email))
            }
            Self::Phone(phone) => any(&|kind, text| {
                kind == Kind::Phone && !text.is_empty() && phones::matches(manner, text, phone)
            }),
            Self::Word(word) => any(&|kind, text| {
                matches!(kind, Kind::Text(_) | Kind::Email | Kind::Phone)
                    && text.to_lowercase().contains(word)
            }),
        }
    }
}

/// A field's value, for a condition on it.
pub(super) fn held(view: &View<'_>, record: &Record, name: &str) -> Held {
    if name == "id" {
        return Held {
            text: Some(record.id.to_string()),
            is_phone: false,
        };
    }
    let Some(field) = record.module.field(name) else {
        let own = view.switches.own_phone_field.as_deref() == Some(name);
        return Held {
            text: own.then(|| record.text(name).to_owned()),
            is_phone: own,
        };
    };
    let value = value(view, record, field);
    let text = match &value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Object(reference) => reference
            .get("id")
            .and_then(|id| id.as_str().map(str::to_owned)),
        _ => None,
    };
    Held {
        text,
        is_phone: field.kind == Kind::Phone,
    }
}
