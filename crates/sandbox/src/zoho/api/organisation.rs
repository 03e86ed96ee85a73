//! `GET /crm/v8/org`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::zoho::errors::answer;
use crate::zoho::organisation::{ID, ZGID};
use crate::zoho::stand_in::StandIn;

pub(super) async fn organisation(State(stand_in): State<StandIn>) -> Response {
    let switches = stand_in.switches();
    let organisation = stand_in.organisation();
    let body = json!({"org": [{
        "id": ID, "zgid": ZGID, "company_name": organisation.name,
        "domain_name": format!("org{ZGID}"), "currency": "Euro", "time_zone": switches.org_timezone,
        "license_details": {"paid_type": switches.edition, "paid": true}
    }]});
    answer(StatusCode::OK, &body)
}
