//! What an admin does about the refusals that Salesforce words for its own people (A23, A25).

use linecard_crm::Failure;

/// A part of Salesforce's words, and what to do about it. The first that fits counts.
const HELP: [(&str, &str); 11] = [
    (
        "invalid_client_id",
        "Check the consumer key. A new app may take up to 10 minutes to become valid",
    ),
    (
        "invalid_client",
        "Check the consumer secret; Salesforce makes a new one when somebody rotates it",
    ),
    (
        "redirect_uri_mismatch",
        "Enter the redirect URI shown here as a callback URL of the app, letter by letter",
    ),
    (
        "app_not_found",
        "Make the external client app in this very organisation, or install its package there",
    ),
    (
        "app must be installed",
        "Make the external client app in this very organisation, or install its package there",
    ),
    (
        "OAUTH_APP_BLOCKED",
        "An administrator has blocked the app: unblock it under Setup > Connected Apps OAuth \
         Usage",
    ),
    (
        "hasn't approved this consumer",
        "Set the app's policy Permitted Users to \"All users may self-authorize\", or add this \
         user's profile to the app",
    ),
    (
        "not admin approved",
        "Set the app's policy Permitted Users to \"All users may self-authorize\", or add this \
         user's profile to the app",
    ),
    (
        "ip restricted",
        "Relax the IP restrictions in the app's policies, or trust this server's address under \
         Setup > Network Access",
    ),
    (
        "API_DISABLED_FOR_ORG",
        "This edition of Salesforce has no API. Enterprise, Performance, Unlimited and Developer \
         have it; for Professional it can be bought",
    ),
    (
        "API_CURRENTLY_DISABLED",
        "Give the profile of the user who signed in the permission \"API Enabled\"",
    ),
];

/// Adds what to do to the words of a failure that needs a person.
pub(crate) fn explained(failure: Failure) -> Failure {
    match failure {
        Failure::NeedsPerson { what, words } => Failure::NeedsPerson {
            what,
            words: with_help(words),
        },
        other => other,
    }
}

fn with_help(words: String) -> String {
    match HELP.iter().find(|(part, _)| words.contains(part)) {
        Some((_, help)) => format!("{words}. {help}."),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use linecard_crm::PersonNeeded;

    use super::*;

    fn helped(words: &str) -> String {
        let failure = Failure::NeedsPerson {
            what: PersonNeeded::Configuration,
            words: words.to_owned(),
        };
        explained(failure).words().to_owned()
    }

    #[test]
    fn a23_an_unknown_client_id_may_only_be_new() {
        let told = helped("invalid_client_id: client identifier invalid");
        assert!(told.starts_with("invalid_client_id: "), "{told}");
        assert!(told.contains("up to 10 minutes"), "{told}");
    }

    #[test]
    fn a25_an_edition_without_api_and_a_blocked_app_are_named() {
        assert!(helped("API_DISABLED_FOR_ORG: not enabled").contains("edition"));
        assert!(helped("OAUTH_APP_BLOCKED: blocked").contains("blocked the app"));
        let unapproved = "invalid_grant: user hasn't approved this consumer";
        assert!(helped(unapproved).contains("self-authorize"));
    }

    #[test]
    fn other_words_stay_as_they_are() {
        assert_eq!(helped("something else"), "something else");
        let retry = Failure::Retry {
            after: None,
            words: "invalid_client_id".to_owned(),
        };
        assert_eq!(explained(retry.clone()), retry);
    }
}
