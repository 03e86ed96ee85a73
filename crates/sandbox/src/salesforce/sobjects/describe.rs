//! What a client can learn about the objects before it uses them.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::schema::{Field, Kind, Object};
use crate::salesforce::errors::{ApiError, json_answer};
use crate::salesforce::setup::Setup;
use crate::salesforce::stand_in::StandIn;

/// `GET {v}/sobjects`.
pub(super) async fn global(
    State(stand_in): State<StandIn>,
    Path(version): Path<String>,
) -> Response {
    let setup = stand_in.setup();
    let objects: Vec<Value> = Object::ALL
        .into_iter()
        .filter(|object| setup.sees(*object))
        .map(|object| summary(object, &version, stand_in.base_url(), &setup))
        .collect();
    let body = json!({"encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects});
    json_answer(StatusCode::OK, &body)
}

/// `GET {v}/sobjects/{object}/describe`.
pub(super) async fn object(
    State(stand_in): State<StandIn>,
    Path((version, object)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let setup = stand_in.setup();
    let object = Object::named(&object)
        .filter(|object| setup.sees(*object))
        .ok_or_else(ApiError::not_found)?;
    let fields: Vec<Value> = object
        .schema()
        .fields()
        .filter(|field| setup.shows(object, field))
        .map(|field| describe(object, field))
        .collect();
    let mut body = summary(object, &version, stand_in.base_url(), &setup);
    body["fields"] = fields.into();
    body["childRelationships"] = json!([]);
    body["recordTypeInfos"] = json!([]);
    Ok(json_answer(StatusCode::OK, &body))
}

fn summary(object: Object, version: &str, base_url: &str, setup: &Setup) -> Value {
    let (name, schema) = (object.name(), object.schema());
    let address = format!("/services/data/{version}/sobjects/{name}");
    json!({
        "name": name,
        "label": schema.label,
        "labelPlural": schema.label_plural,
        "keyPrefix": schema.prefix,
        "custom": false,
        "createable": setup.writes(object),
        "updateable": setup.writes(object),
        "deletable": setup.writes(object),
        "queryable": true,
        "retrieveable": true,
        "searchable": schema.searchable,
        "urls": {
            "sobject": address,
            "describe": format!("{address}/describe"),
            "rowTemplate": format!("{address}/{{ID}}"),
            "uiDetailTemplate": format!("{base_url}/{{ID}}"),
        },
    })
}

fn describe(object: Object, field: &Field) -> Value {
    let (kind, soap) = types(field.kind);
    let (values, restricted) = match field.kind {
        Kind::Picklist(values) => (values, false),
        Kind::RestrictedPicklist(values) => (values, true),
        _ => (&[][..], false),
    };
    let values: Vec<Value> = values
        .iter()
        .map(|value| json!({"value": value, "label": value, "active": true, "defaultValue": false}))
        .collect();
    let to: Vec<&str> = match field.kind {
        Kind::Reference { to, .. } => to.iter().map(|object| object.name()).collect(),
        _ => Vec::new(),
    };
    let length = match field.kind {
        Kind::Id | Kind::Reference { .. } => 18,
        kind => kind.length().unwrap_or(0),
    };
    let digits = match field.kind {
        Kind::Integer(digits) => digits,
        _ => 0,
    };
    let writable = object.schema().writable;
    json!({
        "name": field.name,
        "label": field.label,
        "type": kind,
        "soapType": soap,
        "length": length,
        "byteLength": length * 3,
        "digits": digits,
        "createable": writable && field.createable(),
        "updateable": writable && field.updateable(),
        "nillable": field.nillable(),
        "defaultedOnCreate": field.defaulted() || matches!(field.kind, Kind::Id),
        "filterable": field.filterable,
        "sortable": field.filterable,
        "groupable": field.filterable,
        "nameField": field.name == "Name",
        "idLookup": matches!(field.kind, Kind::Id) || field.is_external_id(),
        "externalId": field.is_external_id(),
        "unique": field.is_external_id(),
        "custom": field.is_custom(),
        "calculated": false,
        "restrictedPicklist": restricted,
        "picklistValues": values,
        "referenceTo": to,
        "relationshipName": field.relationship(),
    })
}

/// A field's type in the describe and in the vendor's XML.
fn types(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Id => ("id", "tns:ID"),
        Kind::Text(_) => ("string", "xsd:string"),
        Kind::LongText(_) => ("textarea", "xsd:string"),
        Kind::Phone => ("phone", "xsd:string"),
        Kind::Email => ("email", "xsd:string"),
        Kind::Url => ("url", "xsd:string"),
        Kind::Combobox(_) => ("combobox", "xsd:string"),
        Kind::Picklist(_) | Kind::RestrictedPicklist(_) => ("picklist", "xsd:string"),
        Kind::Reference { .. } => ("reference", "tns:ID"),
        Kind::Boolean => ("boolean", "xsd:boolean"),
        Kind::Integer(_) => ("int", "xsd:int"),
        Kind::Date => ("date", "xsd:date"),
        Kind::DateTime => ("datetime", "xsd:dateTime"),
    }
}
