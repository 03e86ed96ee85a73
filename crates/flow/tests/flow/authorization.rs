//! Getting consent, and everything that can go wrong on the way back.

use std::collections::BTreeMap;

use linecard_crm::Consent;
use linecard_flow::{AuthorizeError, ConsentAnswer};
use linecard_store::AccountId;
use url::Url;

use crate::office::Office;

impl Office {
    /// The state that the consent page was opened with.
    async fn state(&self) -> String {
        let back: Url = "https://pbx.example/integration/callback/api/crm/fake/"
            .parse()
            .unwrap();
        let page = self
            .flow
            .connections()
            .authorize(self.connection, self.admin, back)
            .await
            .unwrap();
        page.query_pairs()
            .find(|(name, _)| name == "state")
            .unwrap()
            .1
            .into_owned()
    }

    async fn comes_back(
        &self,
        state: &str,
        account: Option<AccountId>,
        answer: ConsentAnswer,
    ) -> Result<(), AuthorizeError> {
        let finished = self.flow.connections().finish(state, account, answer).await;
        finished.map(|connection| assert_eq!(connection, self.connection))
    }

    pub(crate) async fn sign_in_again(&self) {
        let state = self.state().await;
        self.comes_back(&state, Some(self.admin), code("good"))
            .await
            .unwrap();
    }
}

fn code(code: &str) -> ConsentAnswer {
    ConsentAnswer::Given(Consent {
        code: code.to_owned(),
        extra: BTreeMap::new(),
    })
}

#[tokio::test]
async fn a10_consent_is_taken_once_and_a_replay_is_refused() {
    let office = Office::open().await;
    let state = office.state().await;
    office
        .comes_back(&state, Some(office.admin), code("good"))
        .await
        .unwrap();
    let again = office
        .comes_back(&state, Some(office.admin), code("good"))
        .await;
    assert!(matches!(again, Err(AuthorizeError::UnknownState)));
}

#[tokio::test]
async fn a_forged_state_is_refused() {
    let office = Office::open().await;
    let forged = office
        .comes_back("0000", Some(office.admin), code("good"))
        .await;
    assert!(matches!(forged, Err(AuthorizeError::UnknownState)));
}

#[tokio::test]
async fn a_state_of_another_admins_session_is_refused() {
    let office = Office::open().await;
    let state = office.state().await;
    let stranger = office.comes_back(&state, None, code("good")).await;
    assert!(matches!(stranger, Err(AuthorizeError::UnknownState)));
}

#[tokio::test]
async fn a11_denied_consent_says_so_in_the_crms_words() {
    let office = Office::open().await;
    let state = office.state().await;
    let denied = ConsentAnswer::Error {
        error: "access_denied".to_owned(),
        description: Some("end-user denied authorization".to_owned()),
    };
    let denied = office.comes_back(&state, Some(office.admin), denied).await;
    assert!(matches!(denied, Err(AuthorizeError::Denied { .. })));
    let last = office
        .flow
        .connections()
        .last_authorization(office.connection)
        .unwrap();
    let why = last.result.unwrap_err();
    assert_eq!(
        (why.code, why.words.as_str()),
        ("consent_denied", "end-user denied authorization")
    );
}

#[tokio::test]
async fn a_wrong_consumer_secret_says_so_in_the_crms_words() {
    let office = Office::open().await;
    let state = office.state().await;
    let refused = office
        .comes_back(&state, Some(office.admin), code("bad"))
        .await;
    assert_eq!(refused.unwrap_err().words(), "invalid client credentials");
}

#[tokio::test]
async fn a24_signing_in_to_another_organisation_is_refused() {
    let office = Office::open().await;
    office.crm.consents_as("00D2");
    let state = office.state().await;
    let other = office
        .comes_back(&state, Some(office.admin), code("good"))
        .await;
    let Err(AuthorizeError::OtherOrganisation {
        connected,
        signed_in,
    }) = other
    else {
        panic!("was not refused");
    };
    assert_eq!((connected.as_str(), signed_in.as_str()), ("00D1", "00D2"));
}
