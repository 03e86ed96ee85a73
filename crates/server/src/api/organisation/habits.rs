//! How numbers are written, beyond what the country says.

use linecard_number::{Country, Digits, Habits, PlainNumber, Trunk, TrunkName};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::FieldProblems;

/// More than any company has.
const MOST_TRUNKS: usize = 200;
const MOST_SHORT_CODES: usize = 500;

/// How numbers are written, beyond what the country says.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NumberHabits {
    /// The company's area code, with or without trunk prefix: a local number is read with it.
    #[schema(required, example = "415")]
    #[serde(deserialize_with = "Option::deserialize")]
    area_code: Option<String>,
    /// What is dialled before an outside number.
    #[schema(required, example = "9")]
    #[serde(deserialize_with = "Option::deserialize")]
    outside_prefix: Option<String>,
    /// Short codes beside those of three to six digits.
    #[schema(example = json!(["1069010086"]))]
    short_codes: Vec<String>,
    /// The trunks that write numbers in a way of their own.
    trunks: Vec<TrunkHabits>,
}

/// How one trunk writes numbers.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TrunkHabits {
    /// Its name on the phone system.
    #[schema(example = "PJSIP/provider")]
    name: String,
    /// Where a number without country code belongs, ISO 3166-1 in two letters; `null`: where the
    /// company is.
    #[schema(required, example = "NL")]
    #[serde(deserialize_with = "Option::deserialize")]
    country: Option<String>,
    /// What a number is that has neither `+` nor an international prefix.
    plain: PlainNumberMeans,
    /// Taken off every number that begins with it.
    #[schema(required, example = "0")]
    #[serde(deserialize_with = "Option::deserialize")]
    strip: Option<String>,
    /// Put before every number then that has no `+`.
    #[schema(required)]
    #[serde(deserialize_with = "Option::deserialize")]
    add: Option<String>,
}

/// What a number is that has neither `+` nor an international prefix.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PlainNumberMeans {
    /// As people of the country dial it, or an international one that lost its `+`.
    AsDialled,
    /// A number of the country.
    National,
    /// An international number without its `+`.
    International,
}

impl From<Habits> for NumberHabits {
    fn from(habits: Habits) -> Self {
        Self {
            area_code: habits.area_code.map(String::from),
            outside_prefix: habits.outside_prefix.map(String::from),
            short_codes: habits.short_codes.into_iter().map(String::from).collect(),
            trunks: habits.trunks.into_iter().map(TrunkHabits::from).collect(),
        }
    }
}

impl From<Trunk> for TrunkHabits {
    fn from(trunk: Trunk) -> Self {
        Self {
            name: trunk.name.into(),
            country: trunk.country.map(String::from),
            plain: match trunk.plain {
                PlainNumber::AsDialled => PlainNumberMeans::AsDialled,
                PlainNumber::National => PlainNumberMeans::National,
                PlainNumber::International => PlainNumberMeans::International,
            },
            strip: trunk.strip.map(String::from),
            add: trunk.add.map(String::from),
        }
    }
}

impl NumberHabits {
    /// What is to be kept; what cannot be is named in `fields`, under `/number_habits`.
    pub(in crate::api) fn check(self, fields: &mut FieldProblems) -> Habits {
        let path = "/number_habits";
        too_many(
            fields,
            path,
            "short_codes",
            self.short_codes.len(),
            MOST_SHORT_CODES,
        );
        too_many(fields, path, "trunks", self.trunks.len(), MOST_TRUNKS);
        let mut short_codes = Vec::with_capacity(self.short_codes.len());
        for (index, code) in self.short_codes.into_iter().enumerate() {
            let path = format!("{path}/short_codes/{index}");
            short_codes.extend(fields.take(&path, "not_digits", Digits::try_from(code)));
        }
        let mut trunks = Vec::with_capacity(self.trunks.len());
        for (index, trunk) in self.trunks.into_iter().enumerate() {
            trunks.extend(trunk.check(fields, &format!("{path}/trunks/{index}")));
        }
        Habits {
            area_code: digits(fields, &format!("{path}/area_code"), self.area_code),
            outside_prefix: digits(
                fields,
                &format!("{path}/outside_prefix"),
                self.outside_prefix,
            ),
            short_codes,
            trunks,
        }
    }
}

impl TrunkHabits {
    fn check(self, fields: &mut FieldProblems, path: &str) -> Option<Trunk> {
        let name = TrunkName::try_from(self.name);
        let name = fields.take(&format!("{path}/name"), "not_a_trunk", name);
        let country = self
            .country
            .filter(|it| !it.is_empty())
            .and_then(|country| {
                let country = country.parse::<Country>();
                fields.take(&format!("{path}/country"), "unknown", country)
            });
        let strip = digits(fields, &format!("{path}/strip"), self.strip);
        let add = digits(fields, &format!("{path}/add"), self.add);
        Some(Trunk {
            name: name?,
            country,
            plain: match self.plain {
                PlainNumberMeans::AsDialled => PlainNumber::AsDialled,
                PlainNumberMeans::National => PlainNumber::National,
                PlainNumberMeans::International => PlainNumber::International,
            },
            strip,
            add,
        })
    }
}

/// What was typed, if anything.
fn digits(fields: &mut FieldProblems, path: &str, text: Option<String>) -> Option<Digits> {
    let text = text.map(|text| text.trim().to_owned());
    let text = text.filter(|text| !text.is_empty())?;
    fields.take(path, "not_digits", Digits::try_from(text))
}

fn too_many(fields: &mut FieldProblems, path: &str, name: &str, count: usize, most: usize) {
    if count > most {
        fields.add(
            format!("{path}/{name}"),
            "too_many",
            format_args!("There may be at most {most} of them."),
        );
    }
}
