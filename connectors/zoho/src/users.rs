//! The people who use the organisation.

use linecard_crm::{AdviceCode, Failure, User};
use linecard_http::Purpose;
use serde::Deserialize;

use crate::api::Api;
use crate::ask::Ask;
use crate::listing::{Info, PAGE};
use crate::modules::is_id;

/// Pages of 200 users each: more than any organisation has. Bounds an answer without end.
const MOST_PAGES: usize = 200;

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    users: Vec<Row>,
    #[serde(default)]
    info: Info,
}

#[derive(Deserialize)]
pub(crate) struct Row {
    id: String,
    #[serde(default)]
    full_name: Option<String>,
    #[serde(default)]
    email: Option<String>,
}

/// Everyone who may sign in. Zoho lists no automatic users.
pub(crate) async fn users(api: &Api) -> Result<Vec<User>, Failure> {
    let mut users = Vec::new();
    for page in 1..=MOST_PAGES {
        let ask = ask(PAGE).with("page", page.to_string());
        let Some(answer) = api.read::<Answer>(&ask).await? else {
            return Ok(users);
        };
        users.extend(answer.users.into_iter().filter_map(person));
        if !answer.info.more_records {
            return Ok(users);
        }
    }
    Err(Failure::refused(AdviceCode::EndlessList))
}

/// Asks for the first `count` of them.
pub(crate) fn ask(count: usize) -> Ask {
    Ask::get(Purpose::Call, "users")
        .with("type", "ActiveUsers")
        .with("per_page", count.to_string())
}

fn person(row: Row) -> Option<User> {
    is_id(&row.id).then(|| User {
        name: row
            .full_name
            .filter(|name| !name.is_empty())
            .or_else(|| row.email.clone())
            .unwrap_or_default(),
        email: row.email,
        id: row.id,
        is_system: false,
    })
}
