//! `batch`: up to fifty methods in one request. The answer is a success whatever became of them.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::asked::{Param, list_or_map, method_name, read_query, resolve};
use super::errors::ApiError;
use super::methods::{Context, Reply, call, is_write};
use super::rest::time;

const MOST: usize = 50;

/// The commands, `method?query`, by their keys.
fn commands(params: &Param) -> Vec<(String, String)> {
    params
        .named("cmd")
        .map_or(&[][..], Param::entries)
        .iter()
        .filter_map(|(key, command)| Some((key.clone(), command.text()?)))
        .collect()
}

fn split(command: &str) -> (String, &str) {
    let (method, query) = command.split_once('?').unwrap_or((command, ""));
    (method_name(method.trim()), query)
}

/// Whether one of the commands changes something.
pub(crate) fn writes(params: &Param) -> bool {
    commands(params)
        .iter()
        .any(|(_, command)| is_write(&split(command).0))
}

/// What the commands gave so far, by their keys.
#[derive(Default)]
struct Given {
    result: Vec<(String, Value)>,
    error: Vec<(String, Value)>,
    total: Vec<(String, Value)>,
    next: Vec<(String, Value)>,
    time: Vec<(String, Value)>,
}

/// Carries out the commands one after the other.
pub(crate) fn run(context: &mut Context<'_>, params: &Param) -> Result<Reply, ApiError> {
    let commands = commands(params);
    if commands.len() > MOST {
        return Err(ApiError::bad(
            "ERROR_BATCH_LENGTH_EXCEEDED",
            "Max batch length exceeded",
        ));
    }
    let halts = params.named("halt").is_some_and(Param::is_true);
    let mut given = Given::default();
    for (key, command) in commands {
        let (method, query) = split(&command);
        match one(context, &method, query, &given.result) {
            Ok((reply, took)) => {
                given.result.push((key.clone(), reply.result));
                if let Some(total) = reply.total {
                    given.total.push((key.clone(), total.into()));
                }
                if let Some(next) = reply.next {
                    given.next.push((key.clone(), next.into()));
                }
                given.time.push((key, took));
            }
            Err(error) => {
                given.error.push((key, error.body()));
                if halts {
                    break;
                }
            }
        }
    }
    let result = json!({
        "result": list_or_map(given.result),
        "result_error": list_or_map(given.error),
        "result_total": list_or_map(given.total),
        "result_next": list_or_map(given.next),
        "result_time": list_or_map(given.time),
    });
    Ok(result.into())
}

fn one(
    context: &mut Context<'_>,
    method: &str,
    query: &str,
    results: &[(String, Value)],
) -> Result<(Reply, Value), ApiError> {
    if method == "batch" {
        return Err(ApiError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "ERROR_BATCH_METHOD_NOT_ALLOWED",
            "Method is not allowed for batch usage",
        ));
    }
    let operating = context.stand_in.options().operating;
    let used = context
        .stand_in
        .worked()
        .admit(method, operating, context.now)
        .ok_or_else(ApiError::operating_limit)?;
    let params = resolve(read_query(query), results);
    let reply = call(context, method, &params)?;
    let took = time(
        context.stand_in,
        context.now,
        &context.portal.zone,
        Some(used),
    );
    Ok((reply, took))
}
