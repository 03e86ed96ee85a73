//! Databases on the PostgreSQL that the tests are given.

use std::str::FromStr as _;

use linecard_clock::{Clock as _, Entropy as _, SystemClock, SystemEntropy};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _};
use url::Url;

/// Where the tests find PostgreSQL.
const VARIABLE: &str = "LINECARD_TEST_POSTGRES";

/// An empty database.
pub(crate) struct PostgresDatabase {
    pub(crate) url: String,
    name: String,
}

impl PostgresDatabase {
    pub(crate) async fn create() -> Self {
        let name = format!(
            "linecard_test_{}",
            SystemEntropy.id(SystemClock.now()).simple()
        );
        let mut url = server();
        url.set_path(&name);
        run(&format!("CREATE DATABASE {name}")).await;
        Self {
            url: url.into(),
            name,
        }
    }

    pub(crate) async fn drop(self) {
        run(&format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }
}

/// The address of the server, as a superuser.
pub(crate) fn server() -> Url {
    let Ok(url) = std::env::var(VARIABLE) else {
        panic!(
            "the tests on PostgreSQL need a server: set {VARIABLE}=postgres://user@host:port/postgres \
             (a superuser of a throw-away server; `cargo xtask postgres up` starts one and prints \
             its address)"
        );
    };
    url.parse()
        .unwrap_or_else(|error| panic!("{VARIABLE} is no address: {error}"))
}

async fn run(sql: &str) {
    let mut connection = connect(server().as_str()).await;
    connection
        .execute(AssertSqlSafe(sql.to_owned()))
        .await
        .unwrap();
}

pub(crate) async fn connect(url: &str) -> PgConnection {
    let options = PgConnectOptions::from_str(url).unwrap();
    options.connect().await.unwrap_or_else(|error| {
        panic!("the PostgreSQL of {VARIABLE} does not let the tests in: {error}")
    })
}
