//! What an admin does about the refusals that Salesforce words for its own people (A23, A25).

use linecard_crm::{AdviceCode, Failure};

/// A part of Salesforce's words, and what to do about it. The first that fits counts.
const HELP: [(&str, AdviceCode); 11] = [
    ("invalid_client_id", AdviceCode::ConsumerKey),
    ("app must be installed", AdviceCode::AppNotInstalled),
    ("invalid_client", AdviceCode::ConsumerSecret),
    ("redirect_uri_mismatch", AdviceCode::RedirectUri),
    ("app_not_found", AdviceCode::AppNotInstalled),
    ("OAUTH_APP_BLOCKED", AdviceCode::AppBlocked),
    ("hasn't approved this consumer", AdviceCode::SelfAuthorize),
    ("not admin approved", AdviceCode::SelfAuthorize),
    ("ip restricted", AdviceCode::IpRestricted),
    ("API_DISABLED_FOR_ORG", AdviceCode::EditionWithoutApi),
    ("API_CURRENTLY_DISABLED", AdviceCode::ApiEnabledRight),
];

/// With the advice that fits Salesforce's words, which stay as they are. What passes by itself needs
/// none.
pub(crate) fn explained(failure: Failure) -> Failure {
    if !matches!(failure, Failure::NeedsPerson { .. }) {
        return failure;
    }
    let mut help = HELP.iter();
    match help.find(|(part, _)| failure.words().contains(part)) {
        Some((_, advice)) => failure.advising(*advice),
        None => failure,
    }
}

#[cfg(test)]
mod tests {
    use linecard_crm::PersonNeeded;

    use super::*;

    fn helped(words: &str) -> Option<AdviceCode> {
        let failure = explained(Failure::needs_person(PersonNeeded::Configuration, words));
        assert_eq!(failure.words(), words, "Salesforce's own words stay");
        failure.advice_code()
    }

    #[test]
    fn a23_an_unknown_client_id_may_only_be_new() {
        let told = helped("invalid_client_id: client identifier invalid");
        assert_eq!(told, Some(AdviceCode::ConsumerKey));
    }

    #[test]
    fn a25_an_edition_without_api_and_a_blocked_app_are_named() {
        for (words, advice) in [
            (
                "API_DISABLED_FOR_ORG: not enabled",
                AdviceCode::EditionWithoutApi,
            ),
            ("OAUTH_APP_BLOCKED: blocked", AdviceCode::AppBlocked),
            (
                "invalid_grant: user hasn't approved this consumer",
                AdviceCode::SelfAuthorize,
            ),
            ("redirect_uri_mismatch: must match", AdviceCode::RedirectUri),
        ] {
            assert_eq!(helped(words), Some(advice), "{words}");
        }
    }

    #[test]
    fn an_app_that_is_not_installed_is_no_wrong_secret() {
        let told = helped("invalid_client: app must be installed into org");
        assert_eq!(told, Some(AdviceCode::AppNotInstalled));
    }

    #[test]
    fn other_words_come_without_advice() {
        assert_eq!(helped("something else"), None);
        let retry = Failure::retry("invalid_client_id");
        assert_eq!(explained(retry.clone()), retry);
    }
}
