//! Where the records are, as an admin fills it in.

use std::path::PathBuf;

use jiff::tz::TimeZone;
use linecard_pbx::{PbxSettings, SettingError};
use secrecy::SecretString;
use url::Url;

/// What kind of records they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The channel event log, which tells nearly all.
    Cel,
    /// Call detail records.
    Cdr,
}

impl Kind {
    /// The table that FreePBX and Asterisk's samples use.
    fn usual_table(self) -> &'static str {
        match self {
            Self::Cel => "cel",
            Self::Cdr => "cdr",
        }
    }
}

/// Where they are kept. The addresses hold passwords.
#[derive(Clone)]
pub(crate) enum Place {
    /// MariaDB or MySQL.
    MySql(SecretString),
    Postgres(SecretString),
    Sqlite(PathBuf),
    /// A CSV file.
    File(PathBuf),
}

/// Asterisk's records of past calls.
#[derive(Clone)]
pub(crate) struct RecordsSettings {
    pub(crate) place: Place,
    pub(crate) kind: Kind,
    /// With its schema, where one is named.
    pub(crate) table: String,
    /// The time zone of the server's local times; the company's where none is named.
    pub(crate) zone: Option<TimeZone>,
    /// The columns of a CSV file, where they are not the usual ones.
    pub(crate) columns: Option<Vec<String>>,
}

impl RecordsSettings {
    /// Reads the settings `records` (an address such as
    /// `mysql://user:password@host/asteriskcdrdb`, `postgres://...`, `sqlite:///path`, or the
    /// path of a CSV file or its folder), `records_kind` (`cel` when absent, `cdr`,
    /// `none`), `records_table`, `records_time_zone` and `records_columns`. `None` without an address.
    pub(crate) fn read(settings: &PbxSettings) -> Result<Option<Self>, SettingError> {
        let Some(address) = settings.get("records").map(str::trim) else {
            return Ok(None);
        };
        let kind = match settings.get("records_kind") {
            Some("none") => return Ok(None),
            None | Some("cel") => Kind::Cel,
            Some("cdr") => Kind::Cdr,
            Some(_) => return Err(error("records_kind", "is neither none, cel nor cdr")),
        };
        let table = settings.get("records_table").unwrap_or(kind.usual_table());
        if !is_table(table) {
            let words = "is not the name of a table: letters, digits, _ and one dot at most";
            return Err(error("records_table", words));
        }
        let zone = match settings.get("records_time_zone").map(str::trim) {
            None => None,
            Some(name) => Some(TimeZone::get(name).map_err(|_| {
                let words = format!("{name:?} is not a time zone such as Europe/Berlin");
                error("records_time_zone", words)
            })?),
        };
        let columns = settings.get("records_columns").map(|columns| {
            let names = columns.split([',', ' ']).filter(|name| !name.is_empty());
            names.map(str::to_ascii_lowercase).collect()
        });
        Ok(Some(Self {
            place: place(address)?,
            kind,
            table: table.to_owned(),
            zone,
            columns,
        }))
    }
}

/// What is wrong with an address is said without it: it holds a password.
fn place(address: &str) -> Result<Place, SettingError> {
    if address.starts_with('/') {
        return Ok(Place::File(address.into()));
    }
    let url = Url::parse(address).map_err(|_| {
        let words = "is neither an address such as mysql://user:password@host/asteriskcdrdb nor \
                     the whole path of a file";
        error("records", words)
    })?;
    let in_database = !url.path().trim_start_matches('/').is_empty();
    match url.scheme() {
        "sqlite" if in_database => Ok(Place::Sqlite(url.path().into())),
        "mysql" | "mariadb" | "postgres" | "postgresql" | "sqlite" if !in_database => {
            Err(error("records", "names no database: .../asteriskcdrdb"))
        }
        "mysql" => Ok(Place::MySql(address.into())),
        "mariadb" => Ok(Place::MySql(address.replacen("mariadb", "mysql", 1).into())),
        "postgres" | "postgresql" => Ok(Place::Postgres(address.into())),
        _ => {
            let words = "begins with neither mysql://, mariadb://, postgres://, sqlite:// nor /";
            Err(error("records", words))
        }
    }
}

/// The name goes into SQL as it is.
fn is_table(name: &str) -> bool {
    let is_name = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    name.split('.').count() <= 2 && name.split('.').all(is_name)
}

fn error(field: &'static str, words: impl Into<String>) -> SettingError {
    SettingError {
        field,
        words: words.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(changes: &[(&str, &str)]) -> Result<Option<RecordsSettings>, SettingError> {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        RecordsSettings::read(&PbxSettings(changes.iter().map(own).collect()))
    }

    #[test]
    fn without_an_address_no_records_are_read() {
        assert!(given(&[("records_kind", "cdr")]).unwrap().is_none());
        let address = ("records", "mysql://linecard:secret@pbx/asteriskcdrdb");
        assert!(
            given(&[address, ("records_kind", "none")])
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn tables_and_kinds_have_the_names_of_freepbx() {
        let address = ("records", "mysql://linecard:secret@pbx/asteriskcdrdb");
        let records = given(&[address]).unwrap().unwrap();
        assert_eq!((records.kind, &*records.table), (Kind::Cel, "cel"));
        let records = given(&[address, ("records_kind", "cdr")]).unwrap().unwrap();
        assert_eq!((records.kind, &*records.table), (Kind::Cdr, "cdr"));
    }

    #[test]
    fn a_wrong_value_is_named_by_its_field_and_never_with_the_password() {
        let address = ("records", "mysql://linecard:hush@pbx/asteriskcdrdb");
        for (changes, field) in [
            (vec![("records", "asteriskcdrdb:hush")], "records"),
            (vec![("records", "oracle://linecard:hush@pbx/x")], "records"),
            (vec![("records", "mysql://linecard:hush@pbx")], "records"),
            (vec![("records", "cdr-csv/hush.csv")], "records"),
            (vec![address, ("records_kind", "cdl")], "records_kind"),
            (
                vec![address, ("records_table", "cdr; DROP")],
                "records_table",
            ),
            (vec![address, ("records_table", "a.b.c")], "records_table"),
            (
                vec![address, ("records_time_zone", "Mars")],
                "records_time_zone",
            ),
        ] {
            let error = given(&changes).err().unwrap();
            assert_eq!(error.field, field, "{changes:?}");
            assert!(!error.to_string().contains("hush"), "{error}");
        }
    }
}
