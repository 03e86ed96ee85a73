//! PostgreSQL: every unit of work has a connection of its own.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, Connection as _, PgPool};

use super::migrations;
use crate::{OpenError, StoreError};

/// How many units of work run at once.
const CONNECTIONS: u32 = 16;
/// How long to wait for the server when opening, and for a free connection later.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many prepared statements a connection keeps; more than there are SQL texts here.
const STATEMENTS: usize = 200;

pub(super) async fn open(url: &str, schema: Option<i64>) -> Result<(PgPool, String), OpenError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| OpenError::Address {
            words: error.to_string(),
        })?
        .application_name("linecard")
        .statement_cache_capacity(STATEMENTS);
    let path = format!(
        "{}:{}/{}",
        options.get_host(),
        options.get_port(),
        options.get_database().unwrap_or_default()
    );

    // Not through the pool: it tries again and again where a refusal tells everything.
    let connecting = tokio::time::timeout(PATIENCE, options.connect()).await;
    let mut connection = match connecting {
        Ok(connected) => connected.map_err(StoreError::from),
        Err(_) => Err(StoreError::Unreachable {
            words: format!("no answer within {} seconds", PATIENCE.as_secs()),
        }),
    }
    .map_err(|error| OpenError::at(&path, error))?;
    migrations::up_to(migrations::postgres(), schema)
        .run(&mut connection)
        .await
        .map_err(|error| OpenError::migrating(&path, error))?;
    connection
        .close()
        .await
        .map_err(|error| OpenError::at(&path, error.into()))?;

    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .connect_lazy_with(options);
    Ok((pool, path))
}
