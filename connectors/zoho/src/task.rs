//! A task for a person: call back somebody whose call nobody answered (X10).

use std::slice;

use linecard_crm::{AdviceCode, Failure, FollowUp, LeftOut, Logged, Module, Without};
use linecard_http::Purpose;
use serde_json::{Map, Value};

use crate::api::Api;
use crate::ask::Ask;
use crate::call::reference;
use crate::log::body;
use crate::logged::Newest;
use crate::modules::{self, TASKS};
use crate::row::Row;
use crate::text;
use crate::written::{Turned, Written};

/// How many characters a subject takes.
const SUBJECT_LENGTH: usize = 255;

/// How many pages of the newest tasks are looked through for one whose answer was lost.
const MOST_PAGES: usize = 10;

/// Writes the task; without its owner or its person, if Zoho does not take them.
pub(crate) async fn add(api: &Api, task: &FollowUp, workflows: bool) -> Result<Logged, Failure> {
    let mut fields = fields(task)?;
    let mut without = Vec::new();
    loop {
        let ask = Ask::post(
            Purpose::Journal,
            TASKS,
            &body(slice::from_ref(&fields), workflows),
        )?;
        let written = api.read::<Written>(&ask).await?;
        let item = written.and_then(|mut written| written.data.pop());
        let result = item.ok_or_else(|| Failure::unknown(AdviceCode::AnswerUnclear))?;
        match result.result() {
            Ok(id) => return Ok(Logged { id, without }),
            Err(Turned::Field { name, words }) => {
                let what = match name.as_str() {
                    "Owner" => LeftOut::Owner,
                    "Who_Id" | "What_Id" | "$se_module" => LeftOut::Who,
                    _ => return Err(Failure::refused(words)),
                };
                if fields.remove(&name).is_none() {
                    return Err(Failure::refused(words));
                }
                if what == LeftOut::Who {
                    fields.remove("What_Id");
                    fields.remove("$se_module");
                }
                without.push(Without { what, words });
            }
            Err(turned) => return Err(turned.into()),
        }
    }
}

/// The task, if it stands in Zoho.
pub(crate) async fn find(api: &Api, task: &FollowUp) -> Result<Option<String>, Failure> {
    let mut newest = Newest::of(TASKS);
    for _ in 0..MOST_PAGES {
        let Some(rows) = newest.next(api).await? else {
            return Ok(None);
        };
        let found = rows
            .iter()
            .map(Row)
            .find(|row| row.text("Description").and_then(text::key) == Some(task.key.as_str()));
        if let Some(id) = found.and_then(Row::id) {
            return Ok(Some(id.to_owned()));
        }
    }
    Ok(None)
}

fn fields(task: &FollowUp) -> Result<Map<String, Value>, Failure> {
    let mut fields = Map::new();
    let mut set = |name: &str, value: Value| {
        fields.insert(name.to_owned(), value);
    };
    set("Subject", text::cut(&task.subject, SUBJECT_LENGTH).into());
    set("Due_Date", task.due.to_string().into());
    set("Status", "Not Started".into());
    set("Description", text::of_task(task).into());
    set("Owner", reference(&task.owner)?);
    match task.who.module {
        Module::Contact => set("Who_Id", reference(&task.who.id)?),
        Module::Lead | Module::Account => {
            set("What_Id", reference(&task.who.id)?);
            set("$se_module", modules::name(task.who.module).into());
        }
    }
    Ok(fields)
}
