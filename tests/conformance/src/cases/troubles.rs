//! A CRM's bad days.

use linecard_crm::{Failure, PersonNeeded};

use super::logging::{alice, grace, only};
use crate::{Company, Trouble, entry, phone};

/// Its jobs wait, and nothing is written.
pub async fn a_revoked_consent_needs_a_person(company: &impl Company) {
    let asked = entry("key-1", &alice(company), &grace(company));
    assert!(company.trouble(Trouble::ConsentRevoked, 0));
    let told = [
        company.crm().log(&asked).await.map(|_| ()),
        company.crm().find(&phone("+14155550134")).await.map(|_| ()),
    ];
    for told in told {
        match told {
            Err(Failure::NeedsPerson {
                what: PersonNeeded::SignIn,
                words,
                ..
            }) => {
                assert!(!words.is_empty());
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(company.calls(), []);
}

/// Where tokens expire.
pub async fn an_expired_token_is_renewed_and_nothing_is_lost(company: &impl Company) {
    let asked = entry("key-1", &alice(company), &grace(company));
    if !company.trouble(Trouble::TokensExpire, 1) {
        return;
    }
    let logged = company.crm().log(&asked).await.unwrap();
    assert_eq!(only(company).id, logged.id);
}

/// Nobody is asked again before that.
pub async fn too_many_requests_write_nothing_and_say_when_to_come_back(company: &impl Company) {
    let asked = entry("key-1", &alice(company), &grace(company));
    assert!(company.trouble(Trouble::Throttled, 1));
    let told = company.crm().log(&asked).await;
    assert!(
        matches!(told, Err(Failure::Throttled { .. } | Failure::Retry { .. })),
        "{told:?}"
    );
    assert_eq!(company.calls(), []);
    assert_eq!(company.troubled(Trouble::Throttled), 1);
}

/// A read may be repeated; of a write nobody knows.
pub async fn a_page_of_the_edge_is_no_answer(company: &impl Company) {
    let asked = entry("key-1", &alice(company), &grace(company));
    let crm = company.crm();
    assert!(company.trouble(Trouble::Unavailable, 1));
    let read = crm.find(&phone("+14155550134")).await;
    assert!(matches!(read, Err(Failure::Retry { .. })), "{read:?}");
    // What has to be known once is known, so that the trouble meets the write.
    crm.log(&entry("first", &asked.owner, &asked.who))
        .await
        .unwrap();
    assert!(company.trouble(Trouble::Unavailable, 1));
    let write = crm.log(&asked).await;
    assert!(
        matches!(write, Err(Failure::Unknown { .. } | Failure::Retry { .. })),
        "{write:?}"
    );
    assert_eq!(company.calls().len(), 1);
}
