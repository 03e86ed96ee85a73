//! Where rows come from.

mod database;
mod earliest;
mod file;

use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use linecard_pbx::{Past, RecordsError};

use super::row::{Row, Rows};
use super::settings::{Kind, Place, RecordsSettings};
use super::time::{self, Style};
use super::{cdr, cel};

/// How many rows are read at once; more come with the next part. An answered call is about 25
/// rows of CEL.
const MOST_ROWS: usize = 50_000;
/// A busy database may take long for a table without an index.
const PATIENCE: Duration = Duration::from_mins(2);
/// How many of the newest rows are looked at to tell whether the time zone is right.
const NEWEST: usize = 50;
/// Time zones differ by quarters of an hour.
const WRONG_ZONE: SignedDuration = SignedDuration::from_secs(14 * 60);

/// A column as it is called here, and the other names it goes by.
type Column = (&'static str, &'static [&'static str]);

/// What is read, and what a time is.
struct Wanted {
    columns: &'static [&'static str],
    required: &'static [&'static str],
    time: &'static str,
    zone: TimeZone,
    since: Timestamp,
    until: Timestamp,
}

const ALIASES: [Column; 7] = [
    ("cid_name", &["cidname"]),
    ("cid_num", &["cidnum"]),
    ("channame", &["channel"]),
    ("appname", &["app", "application"]),
    ("eventtype", &["eventname"]),
    ("extra", &["eventextra"]),
    ("calldate", &["start", "starttime"]),
];

impl Wanted {
    fn new(settings: &RecordsSettings, past: &Past) -> Self {
        let (columns, required, time): (&[_], &[_], _) = match settings.kind {
            Kind::Cel => (&cel::COLUMNS, &cel::REQUIRED, "eventtime"),
            Kind::Cdr => (&cdr::COLUMNS, &cdr::REQUIRED, "calldate"),
        };
        Self {
            columns,
            required,
            time,
            zone: settings.zone.clone().unwrap_or_else(|| past.zone.clone()),
            since: past.since,
            until: past.until,
        }
    }

    /// Which of the columns there are is which of ours.
    fn find(&self, there: &[String]) -> Result<Vec<(&'static str, usize)>, RecordsError> {
        let place = |name: &str| there.iter().position(|it| it.eq_ignore_ascii_case(name));
        let found: Vec<(&'static str, usize)> = self
            .columns
            .iter()
            .filter_map(|name| {
                let aliases = ALIASES.iter().find(|(own, _)| own == name);
                let others = aliases.map_or(&[][..], |(_, others)| others);
                let place = place(name).or_else(|| others.iter().find_map(|it| place(it)))?;
                Some((*name, place))
            })
            .collect();
        let lacks = |name: &&&str| !found.iter().any(|(own, _)| own == *name);
        match self.required.iter().find(lacks) {
            Some(missing) => Err(unreadable(format!("there is no column {missing}"))),
            None => Ok(found),
        }
    }

    /// The row, unless its time cannot be read.
    fn row(&self, columns: Vec<(&'static str, Box<str>)>) -> Option<Row> {
        let value = |column| {
            let found = columns.iter().find(|(name, _)| *name == column);
            found.map_or("", |(_, value)| value)
        };
        let at = time::read(value(self.time), &self.zone, value("uniqueid"))?;
        Some(Row::new(
            at,
            columns.into_iter().filter(|(name, _)| *name != self.time),
        ))
    }

    fn wants(&self, at: Timestamp) -> bool {
        (self.since..=self.until).contains(&at)
    }

    /// Holds times against the seconds that Uniqueids begin with: a time zone that is wrong
    /// would make every call hours late or early.
    fn check_zone<'t>(
        &self,
        newest: impl Iterator<Item = (&'t str, &'t str)>,
    ) -> Result<(), RecordsError> {
        let off = newest
            .filter(|(text, _)| Style::of(text) == Some(Style::Local))
            .filter_map(|(text, id)| {
                let made = time::made(id)?;
                Some(time::read(text, &self.zone, id)?.duration_since(made))
            })
            .min_by_key(|off| off.abs());
        match off {
            Some(off) if off.abs() > WRONG_ZONE => {
                let hours = off.as_secs_f64() / 3600.0;
                let zone = self.zone.iana_name().unwrap_or("the time zone set");
                Err(unreadable(format!(
                    "the times are {hours:+.2} hours off when read as {zone}"
                )))
            }
            _ => Ok(()),
        }
    }
}

/// Reads the rows of a part of the past.
pub(super) async fn read(settings: &RecordsSettings, past: &Past) -> Result<Rows, RecordsError> {
    let wanted = Wanted::new(settings, past);
    let reading = async {
        match &settings.place {
            Place::File(path) => file::read(path.clone(), settings.clone(), wanted).await,
            place => database::read(place, &settings.table, &wanted).await,
        }
    };
    match tokio::time::timeout(PATIENCE, reading).await {
        Ok(rows) => rows,
        Err(_) => Err(unreadable(format!(
            "no answer within {} s",
            PATIENCE.as_secs()
        ))),
    }
}

fn unreadable(words: impl Into<String>) -> RecordsError {
    RecordsError::Unreadable(words.into())
}
