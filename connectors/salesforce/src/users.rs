//! The people who use the organisation.

use linecard_crm::{AdviceCode, Failure, User};
use linecard_http::Purpose;
use serde::Deserialize;

use crate::api::{Api, Page};

const QUERY: &str = "SELECT Id,Name,Email,Username,Profile.Name FROM User \
                     WHERE IsActive=true AND UserType='Standard' ORDER BY Name";

/// Pages of up to 2,000 users each: more than any organisation has. Bounds an answer that
/// names itself as its next page.
const MOST_PAGES: usize = 200;

/// Profiles of Salesforce's own users, which are active and of type Standard all the same.
const AUTOMATIC_PROFILES: [&str; 3] = [
    "Analytics Cloud Integration User",
    "Analytics Cloud Security User",
    "Sales Insights Integration User",
];

/// How the user names of Salesforce's own users begin; `@00d` and the rest of the
/// organisation's id follow.
const AUTOMATIC_NAMES: [&str; 6] = [
    "integration",
    "insightssecurity",
    "automatedclean",
    "autoproc",
    "cloud",
    "chatty",
];

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "Id")]
    id: String,
    #[serde(default, rename = "Name")]
    name: Option<String>,
    #[serde(default, rename = "Email")]
    email: Option<String>,
    #[serde(default, rename = "Username")]
    username: Option<String>,
    #[serde(default, rename = "Profile")]
    profile: Option<Profile>,
}

#[derive(Deserialize)]
struct Profile {
    #[serde(default, rename = "Name")]
    name: Option<String>,
}

pub(crate) async fn users(api: &Api) -> Result<Vec<User>, Failure> {
    let mut users = Vec::new();
    let mut page: Page<Row> = api.query(Purpose::Call, QUERY).await?;
    for _ in 0..MOST_PAGES {
        users.extend(page.records.into_iter().map(user));
        let Some(next) = page.next else {
            return Ok(users);
        };
        page = api.next(Purpose::Call, &next).await?;
    }
    Err(Failure::refused(AdviceCode::EndlessList))
}

fn user(row: Row) -> User {
    let username = row.username.unwrap_or_default();
    let profile = row.profile.and_then(|profile| profile.name);
    User {
        is_system: is_automatic(&username, profile.as_deref()),
        id: row.id,
        name: row.name.unwrap_or(username),
        email: row.email,
    }
}

fn is_automatic(username: &str, profile: Option<&str>) -> bool {
    let username = username.to_ascii_lowercase();
    profile.is_some_and(|profile| AUTOMATIC_PROFILES.contains(&profile))
        || username
            .split_once('@')
            .is_some_and(|(name, host)| AUTOMATIC_NAMES.contains(&name) && host.starts_with("00d"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b3_salesforces_own_users_are_recognised() {
        assert!(is_automatic("autoproc@00d000000000001aaa", None));
        assert!(is_automatic("Integration@00D000000000001.com", None));
        assert!(is_automatic(
            "someone@acme.example",
            Some("Analytics Cloud Security User")
        ));
    }

    #[test]
    fn b3_a_person_with_a_similar_name_is_kept() {
        for username in ["cloud@acme.example", "chatty.kathy@00d.example", "cloud"] {
            assert!(!is_automatic(username, Some("Standard User")), "{username}");
        }
    }
}
