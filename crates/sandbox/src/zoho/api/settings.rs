//! `GET /crm/v8/settings/fields` and `/modules`: what the organisation is like.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::query::Query;
use crate::zoho::errors::{ApiError, answer};
use crate::zoho::schema::{Field, Kind, Module};
use crate::zoho::stand_in::StandIn;
use crate::zoho::switches::Switches;

pub(super) async fn fields(
    State(stand_in): State<StandIn>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = Query::read(query.as_deref());
    let name = query
        .get("module")
        .ok_or_else(|| ApiError::missing_parameter("module"))?;
    let module = Module::named(name).ok_or_else(|| ApiError::invalid_module(name))?;
    let switches = stand_in.switches();
    let mut fields: Vec<Value> = module
        .fields()
        .filter(|field| !Switches::names(&switches.hidden, name, field.name))
        .map(|field| described(field, &switches, name))
        .collect();
    if let Some(own) = &switches.own_phone_field
        && module == Module::Contacts
    {
        fields.push(json!({
            "api_name": own, "field_label": own.replace('_', " "), "data_type": "phone",
            "json_type": "string", "length": 30, "custom_field": true, "read_only": false,
            "system_mandatory": false, "pick_list_values": []
        }));
    }
    Ok(answer(StatusCode::OK, &json!({"fields": fields})))
}

fn described(field: Field, switches: &Switches, module: &str) -> Value {
    let choices: Vec<Value> = match field.kind {
        Kind::Picklist(choices) => choices
            .iter()
            .map(|choice| json!({"display_value": choice, "actual_value": choice}))
            .collect(),
        _ => Vec::new(),
    };
    let mandatory = field.mandatory || Switches::names(&switches.mandatory, module, field.name);
    json!({
        "api_name": field.name, "field_label": field.name.replace('_', " "),
        "data_type": field.kind.data_type(), "json_type": json_type(field.kind),
        "length": field.kind.length(), "custom_field": false, "read_only": field.read_only,
        "system_mandatory": mandatory, "pick_list_values": choices
    })
}

fn json_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Lookup(_) | Kind::Owner | Kind::Anything => "jsonobject",
        _ => "string",
    }
}

pub(super) async fn modules(State(stand_in): State<StandIn>) -> Response {
    let read_only = stand_in.switches().read_only;
    let modules: Vec<Value> = Module::ALL
        .iter()
        .map(|module| {
            let name = module.name();
            let writable = !read_only.iter().any(|one| one == name);
            json!({
                "api_name": name, "module_name": name, "plural_label": name, "viewable": true,
                "creatable": writable, "editable": writable, "deletable": writable,
                "api_supported": true
            })
        })
        .collect();
    answer(StatusCode::OK, &json!({"modules": modules}))
}
