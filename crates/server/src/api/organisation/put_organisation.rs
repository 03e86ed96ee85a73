//! Changes the company's settings.

use axum::Json;
use linecard_flow::{DialGuards, DialPrefix};
use linecard_number::{Country, Extension, ExtensionRange};

use super::{Organisation, is_home_address};
use crate::access::Admin;
use crate::body::Body;
use crate::problem::{FieldProblems, Problem};

/// More ranges than any company has reason to list.
const MOST_PREFIXES: usize = 1_000;

/// Changes the company's settings, for calls from now on.
#[utoipa::path(
    put,
    path = "/organisation",
    tag = "organisation",
    request_body = Organisation,
    responses((status = 200, description = "The settings as they are now", body = Organisation)),
)]
pub(super) async fn put_organisation(
    admin: Admin,
    Body(wanted): Body<Organisation>,
) -> Result<Json<Organisation>, Problem> {
    let before = admin.flow().organisation().await?;
    let masked = before.masks_numbers;
    let organisation = check(wanted, before)?;
    let masks = organisation.masks_numbers;
    admin
        .flow()
        .change_organisation(admin.account.id, organisation)
        .await?;
    if masks != masked {
        // Desks that are open show what was told them before.
        admin.app().doors.knock_at_all();
    }
    Ok(Json(admin.flow().organisation().await?.into()))
}

fn check(
    wanted: Organisation,
    before: linecard_flow::Organisation,
) -> Result<linecard_flow::Organisation, Problem> {
    let mut fields = FieldProblems::default();
    let country = fields.take("/country", "unknown", wanted.country.parse::<Country>());
    let mut extension_ranges = Vec::with_capacity(wanted.extension_ranges.len());
    for (index, range) in wanted.extension_ranges.into_iter().enumerate() {
        let path = format!("/extension_ranges/{index}");
        let from = fields.take(
            &format!("{path}/from"),
            "not_an_extension",
            Extension::try_from(range.from),
        );
        let to = fields.take(
            &format!("{path}/to"),
            "not_an_extension",
            Extension::try_from(range.to),
        );
        if let (Some(from), Some(to)) = (from, to) {
            extension_ranges.push(ExtensionRange { from, to });
        }
    }
    for (index, address) in wanted.home_addresses.iter().enumerate() {
        if !is_home_address(address) {
            fields.add(
                format!("/home_addresses/{index}"),
                "address_invalid",
                "A home address is like https://linecard.example.com, without path or password.",
            );
        }
    }
    let dial = DialGuards {
        denied: prefixes(&mut fields, "denied_prefixes", wanted.denied_prefixes)
            .unwrap_or(before.dial.denied),
        allowed: prefixes(&mut fields, "allowed_prefixes", wanted.allowed_prefixes)
            .unwrap_or(before.dial.allowed),
    };
    let exclusions = match wanted.exclusions {
        Some(exclusions) => exclusions.check(&mut fields),
        None => before.exclusions,
    };
    let habits = match wanted.number_habits {
        Some(habits) => habits.check(&mut fields),
        None => before.habits,
    };
    let country = fields.finish_with(country)?;
    Ok(linecard_flow::Organisation {
        country,
        time_zone: wanted.time_zone,
        extension_ranges,
        home_addresses: wanted.home_addresses,
        habits,
        masks_numbers: wanted.masks_numbers.unwrap_or(before.masks_numbers),
        dial,
        exclusions,
        version: wanted.version,
    })
}

fn prefixes(
    fields: &mut FieldProblems,
    name: &str,
    texts: Option<Vec<String>>,
) -> Option<Vec<DialPrefix>> {
    let texts = texts?;
    if texts.len() > MOST_PREFIXES {
        fields.add(
            format!("/{name}"),
            "too_many",
            format_args!("There may be at most {MOST_PREFIXES} of them."),
        );
        return None;
    }
    let mut taken = Vec::with_capacity(texts.len());
    for (index, text) in texts.into_iter().enumerate() {
        let prefix = DialPrefix::try_from(text.trim().to_owned());
        taken.extend(fields.take(&format!("/{name}/{index}"), "not_a_prefix", prefix));
    }
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_at_fault_is_named_at_once() {
        let wanted = serde_json::from_value(serde_json::json!({
            "country": "Mars",
            "time_zone": "UTC",
            "extension_ranges": [{"from": "100", "to": "1x9"}],
            "home_addresses": ["https://linecard.example/sub"],
            "denied_prefixes": ["+882", "900"],
            "exclusions": {
                "own": [], "never_looked_up": [], "never_logged": ["+1900*", "911#"],
                "business_hours": [],
            },
            "number_habits": {
                "area_code": "+1", "outside_prefix": "", "short_codes": ["10086", "x"],
                "trunks": [{
                    "name": "", "country": "XX", "plain": "national", "strip": "0", "add": null,
                }],
            },
            "version": 0,
        }))
        .unwrap();
        let before = linecard_flow::Organisation {
            country: Country::UNITED_STATES,
            time_zone: "UTC".to_owned(),
            extension_ranges: Vec::new(),
            home_addresses: Vec::new(),
            habits: linecard_number::Habits::default(),
            masks_numbers: false,
            dial: DialGuards::default(),
            exclusions: linecard_flow::Exclusions::default(),
            version: 0,
        };
        let refused = check(wanted, before);
        let problem = serde_json::to_value(refused.unwrap_err()).unwrap();
        let paths: Vec<_> = problem["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["path"].as_str().unwrap())
            .collect();
        assert_eq!(
            paths,
            [
                "/country",
                "/extension_ranges/0/to",
                "/home_addresses/0",
                "/denied_prefixes/1",
                "/exclusions/never_logged/1",
                "/number_habits/short_codes/1",
                "/number_habits/trunks/0/name",
                "/number_habits/trunks/0/country",
                "/number_habits/area_code",
            ]
        );
    }
}
