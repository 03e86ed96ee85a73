//! The tables of FreePBX and of Asterisk's own PostgreSQL schema, filled with what Asterisk wrote
//! into files.

use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sqlx::mysql::MySqlPool;
use sqlx::postgres::PgPool;
use sqlx::{AssertSqlSafe, Executor as _};
use url::Url;

/// FreePBX's `asteriskcdrdb`, without its indexes.
const FREEPBX: &str = "
CREATE TABLE cdr (
  calldate datetime NOT NULL DEFAULT '0000-00-00 00:00:00', clid varchar(80) NOT NULL DEFAULT '',
  src varchar(80) NOT NULL DEFAULT '', dst varchar(80) NOT NULL DEFAULT '',
  dcontext varchar(80) NOT NULL DEFAULT '', channel varchar(80) NOT NULL DEFAULT '',
  dstchannel varchar(80) NOT NULL DEFAULT '', lastapp varchar(80) NOT NULL DEFAULT '',
  lastdata varchar(80) NOT NULL DEFAULT '', duration int(11) NOT NULL DEFAULT 0,
  billsec int(11) NOT NULL DEFAULT 0, disposition varchar(45) NOT NULL DEFAULT '',
  amaflags int(11) NOT NULL DEFAULT 0, accountcode varchar(20) NOT NULL DEFAULT '',
  uniqueid varchar(32) NOT NULL DEFAULT '', userfield varchar(255) NOT NULL DEFAULT '',
  did varchar(50) NOT NULL DEFAULT '', recordingfile varchar(255) NOT NULL DEFAULT '',
  cnum varchar(80) NOT NULL DEFAULT '', cnam varchar(80) NOT NULL DEFAULT '',
  outbound_cnum varchar(80) NOT NULL DEFAULT '', outbound_cnam varchar(80) NOT NULL DEFAULT '',
  dst_cnam varchar(80) NOT NULL DEFAULT '', linkedid varchar(32) NOT NULL DEFAULT '',
  peeraccount varchar(80) NOT NULL DEFAULT '', sequence int(11) NOT NULL DEFAULT 0);
CREATE TABLE cel (
  id int(11) NOT NULL AUTO_INCREMENT PRIMARY KEY, eventtype varchar(30) NOT NULL,
  eventtime datetime NOT NULL, cid_name varchar(80) NOT NULL, cid_num varchar(80) NOT NULL,
  cid_ani varchar(80) NOT NULL DEFAULT '', cid_rdnis varchar(80) NOT NULL DEFAULT '',
  cid_dnid varchar(80) NOT NULL DEFAULT '', exten varchar(80) NOT NULL,
  context varchar(80) NOT NULL DEFAULT '', channame varchar(80) NOT NULL,
  appname varchar(80) NOT NULL, appdata varchar(255) NOT NULL,
  amaflags int(11) NOT NULL DEFAULT 3, accountcode varchar(20) NOT NULL DEFAULT '',
  uniqueid varchar(32) NOT NULL, linkedid varchar(32) NOT NULL,
  peer varchar(80) NOT NULL DEFAULT '', userdeftype varchar(255) NOT NULL DEFAULT '',
  extra varchar(512) NOT NULL) DEFAULT CHARSET=utf8mb4;";

/// Asterisk's own schema (`contrib/ast-db-manage`, `cel_pgsql.conf`), with a time that names its
/// zone for CEL.
const ASTERISK: &str = "
CREATE TABLE cdr (
  clid varchar(80), src varchar(80), dst varchar(80), channel varchar(80),
  dstchannel varchar(80), lastapp varchar(80), lastdata varchar(80), start timestamp,
  duration integer, billsec integer, disposition varchar(45), uniqueid varchar(150),
  linkedid varchar(150));
CREATE TABLE cel (
  id serial PRIMARY KEY, eventtype varchar(30), eventtime timestamptz, cid_name varchar(80),
  cid_num varchar(80), exten varchar(80), channame varchar(80), appname varchar(80),
  appdata text, uniqueid varchar(150), linkedid varchar(150), extra text);";

const CDR: [&str; 11] = [
    "clid",
    "src",
    "dst",
    "channel",
    "dstchannel",
    "lastapp",
    "lastdata",
    "duration",
    "billsec",
    "disposition",
    "uniqueid",
];
/// Where these are in a line of `cdr_csv`, and the start and the linkedid.
const IN_CDR_FILE: [usize; 11] = [4, 1, 2, 5, 6, 7, 8, 12, 13, 14, 16];
const CDR_START: usize = 9;
const CDR_LINKEDID: usize = 19;

const CEL: [&str; 10] = [
    "eventtype",
    "cid_name",
    "cid_num",
    "exten",
    "channame",
    "appname",
    "appdata",
    "uniqueid",
    "linkedid",
    "extra",
];
/// Where these are in a line of `cel_custom`, and the time.
const IN_CEL_FILE: [usize; 10] = [0, 2, 3, 7, 9, 10, 11, 14, 15, 19];
const CEL_TIME: usize = 1;

/// What Asterisk wrote: each row's values, its local time and its time in UTC.
pub(super) struct Kept {
    cdr: Vec<Line>,
    cel: Vec<Line>,
}

struct Line {
    values: Vec<String>,
    local: String,
    utc: String,
}

impl Line {
    fn at(at: Timestamp, zone: &str, values: Vec<String>) -> Self {
        let local = TimeZone::get(zone).unwrap().to_datetime(at);
        Self {
            values,
            local: local.strftime("%Y-%m-%d %H:%M:%S").to_string(),
            utc: at.to_string(),
        }
    }
}

impl Kept {
    pub(super) fn read(log: &Path, zone: &str) -> Self {
        let pick = |record: &csv::StringRecord, places: &[usize]| -> Vec<String> {
            places
                .iter()
                .map(|place| record[*place].to_owned())
                .collect()
        };
        let cdr = lines(&log.join("cdr-csv/Master.csv"))
            .iter()
            .map(|record| {
                let start: jiff::civil::DateTime = record[CDR_START].parse().unwrap();
                let start = TimeZone::UTC.to_timestamp(start).unwrap();
                let mut values = pick(record, &IN_CDR_FILE);
                values.push(record[CDR_LINKEDID].to_owned());
                Line::at(start, zone, values)
            })
            .collect();
        let cel = lines(&log.join("cel-custom/Master.csv"))
            .iter()
            .map(|record| {
                let (seconds, micros) = record[CEL_TIME].split_once('.').unwrap();
                let nanos = micros.parse::<i32>().unwrap() * 1000;
                let at = Timestamp::new(seconds.parse().unwrap(), nanos).unwrap();
                Line::at(at, zone, pick(record, &IN_CEL_FILE))
            })
            .collect();
        Self { cdr, cel }
    }
}

fn lines(path: &Path) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).from_path(path).unwrap();
    reader.records().map(Result::unwrap).collect()
}

/// A database of its own for one test.
pub(super) struct Tables {
    server: Server,
    url: Url,
    name: String,
}

enum Server {
    MariaDb(MySqlPool),
    Postgres(PgPool),
}

impl Tables {
    /// With a user who may only read, as an administrator should make one.
    pub(super) async fn mariadb(url: &str) -> Self {
        let name = format!("asteriskcdrdb_{}", std::process::id());
        let server = MySqlPool::connect(url).await.unwrap();
        for sql in [
            format!("CREATE DATABASE {name}"),
            format!("CREATE USER '{name}'@'%' IDENTIFIED BY 'only-reads'"),
            format!("GRANT SELECT ON {name}.* TO '{name}'@'%'"),
        ] {
            server.execute(AssertSqlSafe(sql)).await.unwrap();
        }
        let mut url: Url = url.parse().unwrap();
        url.set_path(&name);
        let own = MySqlPool::connect(url.as_str()).await.unwrap();
        own.execute(sqlx::raw_sql(FREEPBX)).await.unwrap();
        url.set_username(&name).unwrap();
        url.set_password(Some("only-reads")).unwrap();
        Self {
            server: Server::MariaDb(own),
            url,
            name,
        }
    }

    pub(super) async fn postgres(url: &str) -> Self {
        let name = format!("asterisk_{}", std::process::id());
        let server = PgPool::connect(url).await.unwrap();
        let sql = format!("CREATE DATABASE {name}");
        server.execute(AssertSqlSafe(sql)).await.unwrap();
        let mut url: Url = url.parse().unwrap();
        url.set_path(&name);
        let own = PgPool::connect(url.as_str()).await.unwrap();
        own.execute(sqlx::raw_sql(ASTERISK)).await.unwrap();
        Self {
            server: Server::Postgres(own),
            url,
            name,
        }
    }

    pub(super) fn reader_url(&self) -> String {
        self.url.to_string()
    }

    pub(super) async fn fill(&mut self, kept: &Kept) {
        let is_freepbx = matches!(self.server, Server::MariaDb(_));
        let start = if is_freepbx { "calldate" } else { "start" };
        let cdr_columns = [&CDR[..], &["linkedid"]].concat();
        for line in &kept.cdr {
            self.insert("cdr", (start, &line.local), &cdr_columns, &line.values)
                .await;
        }
        for line in &kept.cel {
            let time = if is_freepbx { &line.local } else { &line.utc };
            self.insert("cel", ("eventtime", time), &CEL, &line.values)
                .await;
        }
    }

    async fn insert(
        &self,
        table: &str,
        (time, at): (&str, &str),
        columns: &[&str],
        values: &[String],
    ) {
        let quoted = |text: &str| match self.server {
            Server::MariaDb(_) => format!("'{}'", text.replace('\\', r"\\").replace('\'', "''")),
            Server::Postgres(_) => format!("'{}'", text.replace('\'', "''")),
        };
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        let sql = format!(
            "INSERT INTO {table} ({time}, {}) VALUES ('{at}', {})",
            columns.join(", "),
            values.join(", ")
        );
        match &self.server {
            Server::MariaDb(pool) => drop(pool.execute(AssertSqlSafe(sql)).await.unwrap()),
            Server::Postgres(pool) => drop(pool.execute(AssertSqlSafe(sql)).await.unwrap()),
        }
    }

    pub(super) async fn drop(self) {
        let name = self.name;
        match self.server {
            Server::MariaDb(pool) => {
                for sql in [
                    format!("DROP DATABASE {name}"),
                    format!("DROP USER '{name}'@'%'"),
                ] {
                    pool.execute(AssertSqlSafe(sql)).await.unwrap();
                }
            }
            // It cannot be dropped from within, and the server is a throw-away one.
            Server::Postgres(pool) => pool.close().await,
        }
    }
}
