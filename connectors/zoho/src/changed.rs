//! What changed since one last looked, and records by their ids (F10, F19).
//!
//! Records are listed by the time of their last change, the longest ago first, from where the
//! last page ended. So the place to go on is a point in time: it needs no list that Zoho keeps,
//! survives a restart, and what changes meanwhile comes again at the end. Only where very many
//! records changed in one second (an import) one goes from page to page by Zoho's token. A change
//! may become visible a little after its time, so the last minute is read again until it is old
//! enough.

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Advice, AdviceCode, Changes, Cursor, Failure, Module, Person};
use linecard_http::Purpose;
use serde::{Deserialize, Serialize};

use crate::api::Api;
use crate::ask::Ask;
use crate::layout::Layouts;
use crate::listing::{Listing, PAGE};
use crate::modules::{self, is_id};
use crate::person;
use crate::refusal::Refusal;
use crate::row::Row;

/// Zoho's times are whole seconds, and whether "since" includes its second is not documented.
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// How much our clock and Zoho's may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(10);

/// How long after its time a change may become visible.
const SETTLES: SignedDuration = SignedDuration::from_mins(1);

/// How many records a place names, so that it stays short.
const MOST_SEEN: usize = 100;

/// How many records one request names.
const MOST_IDS: usize = 100;

/// Where to go on.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Place {
    /// Everything that changed before was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Timestamp>,
    /// Goes on inside of one second.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    /// Records of the first two seconds after `since` that were read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    seen: Vec<String>,
    /// How many records there were when the first reading began.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

#[derive(Deserialize)]
struct Count {
    count: u64,
}

/// One page of what changed in `module`.
pub(crate) async fn changed(
    api: &Api,
    layouts: &Layouts,
    module: Module,
    cursor: Option<&Cursor>,
) -> Result<Changes, Failure> {
    let name = modules::name(module);
    let layout = layouts.of(api, name, Purpose::Sync).await?;
    let mut place = match cursor {
        Some(cursor) => place(cursor)?,
        None => Place {
            total: count(api, name).await?,
            ..Place::default()
        },
    };
    let page = match page(api, module, &person::fields(module, &layout), &place).await {
        // A token is good for a day. Without it the second is read from its beginning.
        Err(Refusal::Failed(Failure::Refused { .. })) if place.token.take().is_some() => {
            page(api, module, &person::fields(module, &layout), &place).await
        }
        page => page,
    }?;
    let Some(page) = page else {
        let end = Place {
            since: place.since,
            ..Place::default()
        };
        return Ok(Changes {
            changed: Vec::new(),
            next: written(&end)?,
            more: false,
            total: None,
        });
    };
    let home = api.home();
    let rows: Vec<Row<'_>> = page.data.iter().map(Row).collect();
    let changed = rows
        .iter()
        .filter(|row| !place.holds(**row))
        .filter_map(|row| person::person(*row, module, &layout, &home))
        .collect();
    let times: Vec<(&str, Timestamp)> = rows
        .iter()
        .filter_map(|row| Some((row.id()?, row.moment("Modified_Time")?)))
        .collect();
    let more = page.info.more_records && !page.data.is_empty();
    let next = if more {
        place.after(&times, page.info.next_page_token, api.now())
    } else {
        place.end(&times, api.now())
    };
    Ok(Changes {
        changed,
        next: written(&next)?,
        more,
        total: place.total,
    })
}

/// The cursor of somebody who has read everything up to `at`, by our clock: a little is read again,
/// because Zoho's clock is another.
pub(crate) fn since(at: Timestamp) -> Option<Cursor> {
    let place = Place {
        since: Some(earlier(at, SKEW)),
        ..Place::default()
    };
    written(&place).ok()
}

/// The records with these ids as they are now.
pub(crate) async fn read(
    api: &Api,
    layouts: &Layouts,
    module: Module,
    ids: &[String],
) -> Result<Vec<Person>, Failure> {
    let name = modules::name(module);
    let layout = layouts.of(api, name, Purpose::Sync).await?;
    let mut found = Vec::new();
    let ids: Vec<&str> = ids
        .iter()
        .map(String::as_str)
        .filter(|id| is_id(id))
        .collect();
    for ids in ids.chunks(MOST_IDS) {
        let ask = list(module)
            .with("ids", ids.join(","))
            .with("fields", person::fields(module, &layout));
        let page = api.read::<Listing>(&ask).await?;
        let home = api.home();
        let rows = page.map(|page| page.data).unwrap_or_default();
        found.extend(
            rows.iter()
                .filter_map(|row| person::person(Row(row), module, &layout, &home)),
        );
    }
    Ok(found)
}

async fn page(
    api: &Api,
    module: Module,
    fields: &str,
    place: &Place,
) -> Result<Option<Listing>, Refusal> {
    let ask = list(module)
        .with("fields", fields)
        .with("sort_by", "Modified_Time")
        .with("sort_order", "asc")
        .with("per_page", PAGE.to_string())
        .since(place.since);
    let ask = match &place.token {
        Some(token) => ask.with("page_token", token.clone()),
        None => ask,
    };
    api.read(&ask).await
}

/// Open leads only: one that was converted lives on as a contact and is told as deleted.
fn list(module: Module) -> Ask {
    let ask = Ask::get(Purpose::Sync, modules::name(module));
    match module {
        Module::Lead => ask.with("converted", "false"),
        Module::Contact | Module::Account => ask,
    }
}

async fn count(api: &Api, module: &str) -> Result<Option<u64>, Failure> {
    let ask = Ask::get(Purpose::Sync, format!("{module}/actions/count"));
    match api.read::<Count>(&ask).await {
        Ok(count) => Ok(count.map(|count| count.count)),
        // Progress is then shown without an end.
        Err(Refusal::Scope { .. } | Refusal::Failed(Failure::Refused { .. })) => Ok(None),
        Err(refusal) => Err(refusal.into()),
    }
}

impl Place {
    /// Whether the record was read before and has not changed since.
    fn holds(&self, row: Row<'_>) -> bool {
        let in_window = || {
            let end = later(self.since?, SECOND);
            Some(row.moment("Modified_Time")? <= end)
        };
        row.id()
            .is_some_and(|id| self.seen.iter().any(|seen| seen == id))
            && in_window().unwrap_or(false)
    }

    /// Where the next page begins after one with these records.
    fn after(&self, times: &[(&str, Timestamp)], token: Option<String>, now: Timestamp) -> Self {
        let newest = times.iter().map(|(_, at)| *at).max();
        let since = newest.map(|newest| earlier(newest, SECOND));
        let window = |at: Timestamp| since.is_some_and(|since| at >= since);
        let mut seen: Vec<String> = times
            .iter()
            .filter(|(_, at)| window(*at))
            .map(|(id, _)| (*id).to_owned())
            .collect();
        let beyond = since > self.since.map(|since| later(since, SECOND));
        if token.is_some() && !(beyond && seen.len() <= MOST_SEEN) {
            return Self {
                token,
                ..self.clone()
            };
        }
        // What is so young can change again within its second.
        if newest.is_some_and(|newest| newest > earlier(now, SETTLES)) {
            seen.clear();
        }
        Self {
            since,
            token: None,
            seen,
            total: self.total,
        }
    }

    /// Where one begins next time, after the last page.
    fn end(&self, times: &[(&str, Timestamp)], now: Timestamp) -> Self {
        let newest = times.iter().map(|(_, at)| *at).max().or(self.since);
        let since = newest.map(|newest| {
            if newest > earlier(now, SETTLES) {
                earlier(newest, SETTLES)
            } else {
                newest
            }
        });
        Self {
            // Never back behind where one stood: that would read the same again and again.
            since: since.max(self.since),
            ..Self::default()
        }
    }
}

fn earlier(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_sub(by).unwrap_or(at)
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.saturating_add(by).unwrap_or(at)
}

fn place(cursor: &Cursor) -> Result<Place, Failure> {
    serde_json::from_str(&cursor.0).map_err(|error| {
        Failure::refused(Advice::about(AdviceCode::AnswerUnclear, error.to_string()))
    })
}

fn written(place: &Place) -> Result<Cursor, Failure> {
    serde_json::to_string(place).map(Cursor).map_err(|error| {
        Failure::refused(Advice::about(AdviceCode::AnswerUnclear, error.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn since(second: i64) -> Place {
        Place {
            since: Some(at(second)),
            ..Place::default()
        }
    }

    fn token() -> String {
        "t".to_owned()
    }

    #[test]
    fn the_next_page_begins_a_second_before_the_last_change_of_this_one() {
        let times = [("1", at(150)), ("2", at(199)), ("3", at(200))];
        let next = since(100).after(&times, Some(token()), at(9_000));
        assert_eq!(next.since, Some(at(199)));
        assert_eq!(next.token, None);
        assert_eq!(next.seen, ["2", "3"]);
    }

    #[test]
    fn a_record_that_was_read_comes_again_only_when_it_changed() {
        let place = Place {
            seen: vec!["2".to_owned()],
            ..since(199)
        };
        for (id, second, held) in [("2", 200, true), ("2", 201, false), ("3", 200, false)] {
            let modified = at(second).to_string();
            let row = serde_json::json!({"id": id, "Modified_Time": modified});
            let row = row.as_object().unwrap();
            assert_eq!(place.holds(Row(row)), held, "{id} at {second}");
        }
    }

    #[test]
    fn a_second_with_very_many_records_is_read_by_token() {
        let ids: Vec<String> = (0..200).map(|id| id.to_string()).collect();
        let times: Vec<(&str, Timestamp)> = ids.iter().map(|id| (id.as_str(), at(200))).collect();
        let next = Place::default().after(&times, Some(token()), at(9_000));
        assert_eq!(next.since, None);
        assert_eq!(next.token, Some(token()));
    }

    #[test]
    fn the_last_minute_is_read_again_until_it_has_settled() {
        let times = [("1", at(500))];
        let end = since(100).end(&times, at(510));
        assert_eq!(end, since(440));
        let settled = end.end(&times, at(600));
        assert_eq!(settled, since(500));
        assert_eq!(settled.end(&[], at(900)), since(500));
    }

    #[test]
    fn f19_who_has_read_everything_up_to_a_time_goes_on_from_a_little_before() {
        let cursor = super::since(at(1_000)).unwrap();
        assert_eq!(place(&cursor).unwrap(), since(400));
    }

    #[test]
    fn a_cursor_survives_being_kept() {
        let kept = Place {
            since: Some(at(199)),
            token: Some(token()),
            seen: vec!["7328395000000680155".to_owned()],
            total: Some(100_000),
        };
        assert_eq!(place(&written(&kept).unwrap()).unwrap(), kept);
        assert!(place(&Cursor("nonsense".to_owned())).is_err());
    }
}
