//! The people who use the portal.

use linecard_crm::{AdviceCode, Failure, User};
use linecard_http::Purpose;
use serde_json::{Value, json};

use crate::api::Api;
use crate::command::Command;
use crate::php;

/// Pages of fifty: more than any portal has. Bounds an answer that names itself as its next page.
const MOST_PAGES: usize = 400;

/// A page of active users. `sort` and `order` are texts here, unlike elsewhere.
pub(crate) fn page(start: u64) -> Command {
    Command::new(
        "user.get",
        json!({"filter": {"ACTIVE": true}, "sort": "ID", "order": "ASC", "start": start}),
    )
}

pub(crate) async fn users(api: &Api) -> Result<Vec<User>, Failure> {
    let mut users = Vec::new();
    let mut start = 0;
    for _ in 0..MOST_PAGES {
        let given = api.call(Purpose::Call, &page(start)).await?;
        users.extend(php::values(&given.result).into_iter().filter_map(person));
        match given.next {
            Some(next) if next > start => start = next,
            _ => return Ok(users),
        }
    }
    Err(Failure::refused(AdviceCode::EndlessList))
}

/// The kinds of users that no person signs in as.
const AUTOMATIC: [&str; 3] = ["bot", "email", "imconnector"];

/// One user. Guests from other companies are nobody's colleague (B3).
fn person(fields: &Value) -> Option<User> {
    let text = |name: &str| fields.get(name).and_then(php::text);
    let kind = text("USER_TYPE").unwrap_or("employee");
    let is_system = AUTOMATIC.contains(&kind);
    if kind != "employee" && !is_system {
        return None;
    }
    if fields
        .get("ACTIVE")
        .is_some_and(|active| !php::is_true(active))
    {
        return None;
    }
    let id = php::id(fields.get("ID")?)?;
    let email = text("EMAIL").map(str::to_owned);
    let name: Vec<&str> = ["NAME", "LAST_NAME"].into_iter().filter_map(text).collect();
    Some(User {
        id: id.to_string(),
        name: if name.is_empty() {
            email.clone().unwrap_or_else(|| format!("#{id}"))
        } else {
            name.join(" ")
        },
        email,
        is_system,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b3_robots_are_recognised_and_guests_are_not_listed() {
        let user =
            |kind: &str| json!({"ID": "7", "ACTIVE": true, "NAME": "Ada", "USER_TYPE": kind});
        let is_system = |kind| person(&user(kind)).map(|user| user.is_system);
        assert_eq!(is_system("employee"), Some(false));
        for kind in AUTOMATIC {
            assert_eq!(is_system(kind), Some(true), "{kind}");
        }
        for kind in ["extranet", "replica"] {
            assert_eq!(is_system(kind), None, "{kind}");
        }
    }

    #[test]
    fn a_user_without_a_name_is_called_by_the_address_or_the_id() {
        let nameless = json!({"ID": "7", "EMAIL": "ada@acme.example"});
        assert_eq!(
            person(&nameless).map(|user| user.name).as_deref(),
            Some("ada@acme.example")
        );
        let bare = person(&json!({"ID": "7"})).unwrap();
        assert_eq!((bare.name.as_str(), bare.email), ("#7", None));
        assert!(person(&json!({"ID": "0", "NAME": "Nobody"})).is_none());
    }
}
