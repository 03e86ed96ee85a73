//! What the connection and its users may do (A13, A25, B9).

use linecard_conformance::{Company as _, Seed};
use linecard_crm::{Ability, AdviceCode, Failure};
use linecard_sandbox::salesforce::ApplicationPolicy;

use crate::company::Acme;

#[tokio::test]
async fn a13_what_the_user_may_not_do_stands_in_the_list() {
    let acme = Acme::found().await;
    acme.sandbox.set_up(|setup| {
        setup.hidden_objects.insert("Lead".to_owned());
        setup.read_only_objects.insert("Contact".to_owned());
        setup.hidden_fields.insert("Task.CallObject".to_owned());
    });
    let probe = acme.crm().probe().await.unwrap();
    assert_eq!(probe.edition.as_deref(), Some("Enterprise Edition"));
    let refused: Vec<Ability> = probe
        .checks
        .iter()
        .filter(|check| check.result.is_err())
        .map(|check| check.ability)
        .collect();
    assert_eq!(
        refused,
        [
            Ability::ReadLeads,
            Ability::LogCalls,
            Ability::CreateContacts,
            Ability::CreateLeads,
        ]
    );
}

#[tokio::test]
async fn a25_an_edition_without_api_is_named_in_every_line_of_the_list() {
    let acme = Acme::found().await;
    acme.sandbox.set_up(|setup| setup.api_enabled = false);
    let probe = acme.crm().probe().await.unwrap();
    assert!(!probe.checks.is_empty());
    for check in probe.checks {
        match check.result {
            Err(failure @ Failure::NeedsPerson { .. }) => {
                assert_eq!(failure.code(), "crm_permission");
                assert_eq!(failure.advice_code(), Some(AdviceCode::EditionWithoutApi));
                assert!(
                    failure.words().starts_with("API_DISABLED_FOR_ORG"),
                    "{failure}"
                );
            }
            other => panic!("{:?}: {other:?}", check.ability),
        }
    }
}

#[tokio::test]
async fn a25_an_app_that_an_admin_blocked_needs_that_admin() {
    for (policy, help) in [
        (ApplicationPolicy::Blocked, AdviceCode::AppBlocked),
        (ApplicationPolicy::NotApproved, AdviceCode::SelfAuthorize),
        (ApplicationPolicy::NotInstalled, AdviceCode::AppNotInstalled),
        (ApplicationPolicy::IpRestricted, AdviceCode::IpRestricted),
    ] {
        let acme = Acme::found().await;
        acme.sandbox.set_up(|setup| setup.application = policy);
        acme.sandbox.expire_access_tokens().unwrap();
        let refused = acme.crm().users().await.unwrap_err();
        assert_eq!(refused.advice_code(), Some(help), "{policy:?}: {refused}");
        assert!(!refused.words().is_empty(), "{policy:?}");
    }
}

#[tokio::test]
async fn b9_an_agent_reads_what_their_own_user_may_read() {
    let acme = Acme::found().await;
    let [alice, bob] = acme.agents();
    let of = |owner: &str| Seed {
        owner: Some(owner.to_owned()),
        ..Seed::contact("Grace Hopper", "+14155550134")
    };
    let records = [acme.put(&of(&alice)), acme.put(&of(&bob))];
    let all = acme.crm().readable_by(&alice, &records).await.unwrap();
    assert_eq!(all, Some(records.to_vec()), "nothing is private");
    acme.sandbox.set_up(|setup| setup.private_sharing = true);
    let own = acme.crm().readable_by(&alice, &records).await.unwrap();
    assert_eq!(own, Some(vec![records[0].clone()]));
}

#[tokio::test]
async fn b9_what_salesforce_does_not_tell_is_nobodys_guess() {
    let acme = Acme::found().await;
    let [alice, _] = acme.agents();
    let record = acme.put(&Seed::contact("Grace Hopper", "+14155550134"));
    acme.sandbox.set_up(|setup| {
        let hidden = "UserRecordAccess".to_owned();
        setup.hidden_objects.insert(hidden);
    });
    let told = acme.crm().readable_by(&alice, &[record]).await;
    assert_eq!(told, Ok(None));
}
