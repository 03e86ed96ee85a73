//! Tells the daily figures of the company, its agents and its queues (X12).

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Query;
use axum::http::StatusCode;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use linecard_store::{Day, Figures};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::which::{beginning, day};
use crate::access::CallReader;
use crate::problem::Problem;

/// How many days there are unless asked otherwise, and at most.
const DAYS: i64 = 30;
const MOST_DAYS: i32 = 92;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("`to` lies before `from`. Give the first day and the last day.")]
    Backwards,
    #[error("That is more than {MOST_DAYS} days. Ask for fewer at once.")]
    TooLong,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let code = match error {
            Error::Backwards => "days_backwards",
            Error::TooLong => "too_many_days",
        };
        Self::new(StatusCode::BAD_REQUEST, code, error)
    }
}

/// Which days.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct WhichDays {
    /// The first day, in the company's time zone; without it 29 days before the last.
    #[param(example = "2026-01-31")]
    from: Option<String>,
    /// The last day; without it today. At most 92 days in all.
    #[param(example = "2026-01-31")]
    to: Option<String>,
}

/// The figures of each day. Calls between extensions are counted nowhere; a call belongs to the day
/// on which it started.
#[derive(Serialize, ToSchema)]
pub(super) struct DailyFigures {
    /// The time zone in which the days are days, as IANA names it.
    #[schema(example = "America/New_York")]
    time_zone: String,
    /// The days, the oldest first.
    days: Vec<Date>,
    /// Every call of the company; empty for agents, who see their own figures only.
    company: Vec<DayFigures>,
    /// Per extension that had a call with the outside, by its number.
    agents: Vec<AgentFigures>,
    /// Per queue in which a call waited last, by its name; empty for agents.
    queues: Vec<QueueFigures>,
}

/// An extension's days.
#[derive(Serialize, ToSchema)]
struct AgentFigures {
    /// The extension.
    extension: String,
    /// Who sits there now.
    #[schema(required)]
    name: Option<String>,
    /// The days on which there was a call. `wait_ms` is how long its phone rang before it answered,
    /// `missed` what rang there and nobody took.
    days: Vec<DayFigures>,
}

/// A queue's days.
#[derive(Serialize, ToSchema)]
struct QueueFigures {
    /// The queue.
    queue: String,
    /// The days on which there was a call.
    days: Vec<DayFigures>,
}

/// The figures of a day. Times are in milliseconds.
#[derive(Serialize, ToSchema)]
struct DayFigures {
    /// The day.
    day: Date,
    /// Calls from outside.
    inbound: u64,
    /// Calls to outside.
    outbound: u64,
    /// How many of those from outside were answered.
    answered: u64,
    /// How many of those from outside were missed.
    missed: u64,
    /// How long people talked, both ways.
    talk_ms: u64,
    /// How long callers waited, all `waits` together.
    wait_ms: u64,
    /// How many calls `wait_ms` is of.
    waits: u64,
}

/// The daily figures of the company, its agents and its queues.
#[utoipa::path(
    get,
    path = "/figures",
    tag = "calls",
    params(WhichDays),
    responses((status = 200, description = "The figures", body = DailyFigures)),
)]
pub(super) async fn get_figures(
    reader: CallReader,
    Query(which): Query<WhichDays>,
) -> Result<Json<DailyFigures>, Problem> {
    let organisation = reader.flow().organisation().await?;
    let zone = organisation.zone();
    let today = reader.flow().clock().now().to_zoned(zone.clone()).date();
    let days = which.read(today)?;
    let spans: Vec<Day> = days.iter().map(|day| span(*day, &zone)).collect();

    let mut work = reader.flow().store().read().await?;
    let of_legs = work.calls().figures_of_legs(&spans, reader.own()).await?;
    let of_queues = match reader.own() {
        Some(_) => Vec::new(),
        None => work.calls().figures_of_queues(&spans).await?,
    };
    let names: BTreeMap<_, _> = work
        .extensions()
        .list()
        .await?
        .into_iter()
        .map(|entry| (entry.number, entry.name))
        .collect();
    let mut company = BTreeMap::<usize, Figures>::new();
    let mut queues = BTreeMap::<String, Vec<DayFigures>>::new();
    for it in of_queues {
        company.entry(it.day).or_default().add(&it.figures);
        if let Some(queue) = it.queue {
            let told = days
                .get(it.day)
                .map(|day| DayFigures::of(*day, &it.figures));
            queues.entry(queue).or_default().extend(told);
        }
    }
    let mut agents = BTreeMap::<_, Vec<DayFigures>>::new();
    for it in of_legs {
        let told = days
            .get(it.day)
            .map(|day| DayFigures::of(*day, &it.figures));
        agents.entry(it.extension).or_default().extend(told);
    }
    let company = company
        .iter()
        .filter_map(|(at, figures)| days.get(*at).map(|day| DayFigures::of(*day, figures)));
    Ok(Json(DailyFigures {
        company: company.collect(),
        agents: agents
            .into_iter()
            .map(|(extension, days)| AgentFigures {
                name: names.get(&extension).cloned(),
                extension: extension.into(),
                days,
            })
            .collect(),
        queues: queues
            .into_iter()
            .map(|(queue, days)| QueueFigures { queue, days })
            .collect(),
        time_zone: organisation.time_zone,
        days,
    }))
}

impl WhichDays {
    /// The days, the oldest first.
    fn read(&self, today: Date) -> Result<Vec<Date>, Problem> {
        let last = day("to", self.to.as_deref())?.unwrap_or(today);
        let first = match day("from", self.from.as_deref())? {
            Some(first) => first,
            None => last.saturating_sub((DAYS - 1).days()),
        };
        if first > last {
            return Err(Error::Backwards.into());
        }
        let days = first.until(last).map_or(i32::MAX, |span| span.get_days());
        if days >= MOST_DAYS {
            return Err(Error::TooLong.into());
        }
        Ok(first
            .series(1.day())
            .take_while(|day| *day <= last)
            .collect())
    }
}

/// A day there, whatever the clocks do on it.
fn span(day: Date, zone: &TimeZone) -> Day {
    let since = beginning(day, zone);
    let until = day.tomorrow().map_or(since, |next| beginning(next, zone));
    Day { since, until }
}

impl DayFigures {
    fn of(day: Date, figures: &Figures) -> Self {
        let Figures {
            inbound,
            outbound,
            answered,
            missed,
            talk_ms,
            wait_ms,
            waits,
        } = *figures;
        Self {
            day,
            inbound,
            outbound,
            answered,
            missed,
            talk_ms,
            wait_ms,
            waits,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: Option<&str>, to: Option<&str>) -> Result<Vec<String>, Problem> {
        let which = WhichDays {
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
        };
        let days = which.read("2026-03-31".parse().unwrap())?;
        Ok(days.iter().map(Date::to_string).collect())
    }

    #[test]
    fn x12_unless_said_otherwise_the_last_thirty_days_are_counted() {
        let days = days(None, None).unwrap();
        assert_eq!(days.len(), 30);
        assert_eq!(
            (days[0].as_str(), days[29].as_str()),
            ("2026-03-02", "2026-03-31")
        );
    }

    #[test]
    fn x12_days_run_forwards_and_are_not_too_many() {
        assert_eq!(
            days(Some("2026-03-30"), None).unwrap(),
            ["2026-03-30", "2026-03-31"]
        );
        assert!(days(Some("2026-03-31"), Some("2026-03-30")).is_err());
        assert_eq!(
            days(Some("2026-01-01"), Some("2026-04-02")).unwrap().len(),
            92
        );
        assert!(days(Some("2026-01-01"), Some("2026-04-03")).is_err());
        assert!(days(Some("yesterday"), None).is_err());
    }

    #[test]
    fn x12_the_day_on_which_the_clocks_change_has_its_own_length() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let hours = |day: &str| {
            let Day { since, until } = span(day.parse().unwrap(), &zone);
            until.duration_since(since).as_hours()
        };
        assert_eq!(hours("2026-03-28"), 24);
        assert_eq!(hours("2026-03-29"), 23);
        assert_eq!(hours("2026-10-25"), 25);
    }
}
