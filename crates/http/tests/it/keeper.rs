//! One refresh at a time, saved before it is used.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use linecard_crm::{Failure, Grant, GrantStore, GrantStoreError, PersonNeeded};
use linecard_http::TokenKeeper;
use tokio::sync::Notify;
use wiremock::matchers::{body_string_contains, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::oauth::oauth;

/// A store in memory that can refuse to save and tells when it has saved.
#[derive(Default)]
struct Grants {
    grant: Mutex<Option<Grant>>,
    broken: AtomicBool,
    saved: Notify,
    /// Whether somebody renews.
    claimed: AtomicBool,
}

impl Grants {
    fn holding(grant: Grant) -> Arc<Self> {
        Arc::new(Self {
            grant: Mutex::new(Some(grant)),
            ..Self::default()
        })
    }

    fn tokens(&self) -> (String, Option<String>) {
        let grant = self.grant.lock().unwrap().clone().unwrap();
        (grant.access_token, grant.refresh_token)
    }
}

#[async_trait::async_trait]
impl GrantStore for Grants {
    async fn load(&self) -> Result<Option<Grant>, GrantStoreError> {
        Ok(self.grant.lock().unwrap().clone())
    }

    async fn save(&self, grant: &Grant) -> Result<(), GrantStoreError> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(GrantStoreError("no space left".to_owned()));
        }
        *self.grant.lock().unwrap() = Some(grant.clone());
        self.saved.notify_one();
        Ok(())
    }

    async fn claim(&self) -> Result<bool, GrantStoreError> {
        Ok(!self.claimed.swap(true, Ordering::SeqCst))
    }

    async fn release(&self) {
        self.claimed.store(false, Ordering::SeqCst);
    }
}

fn grant(access: &str, refresh: &str) -> Grant {
    Grant {
        access_token: access.to_owned(),
        refresh_token: Some(refresh.to_owned()),
        api_base: "https://x.example/".parse().unwrap(),
        organisation: "org".to_owned(),
        user: "user".to_owned(),
        extra: std::collections::BTreeMap::new(),
    }
}

fn tokens(access: &str, refresh: Option<&str>) -> ResponseTemplate {
    let mut body = serde_json::json!({"access_token": access, "token_type": "Bearer"});
    if let Some(refresh) = refresh {
        body["refresh_token"] = refresh.into();
    }
    ResponseTemplate::new(200).set_body_json(body)
}

fn invalid_grant() -> ResponseTemplate {
    ResponseTemplate::new(400).set_body_json(serde_json::json!({
        "error": "invalid_grant", "error_description": "expired access/refresh token"
    }))
}

/// Accepts each refresh token once and gives the next: `r0` → `a1`, `r1` and so on.
async fn rotating() -> MockServer {
    let server = MockServer::start().await;
    for turn in 0..3 {
        Mock::given(path("/token"))
            .and(body_string_contains(format!("refresh_token=r{turn}")))
            .respond_with(tokens(
                &format!("a{}", turn + 1),
                Some(&format!("r{}", turn + 1)),
            ))
            .up_to_n_times(1)
            .mount(&server)
            .await;
    }
    Mock::given(path("/token"))
        .respond_with(invalid_grant())
        .mount(&server)
        .await;
    server
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_requests_with_an_expired_token_make_one_refresh() {
    let server = rotating().await;
    let grants = Grants::holding(grant("a0", "r0"));
    let keeper = TokenKeeper::new(grants.clone(), oauth(&server));
    let expired = grant("a0", "r0");
    let waiting: Vec<_> = (0..20)
        .map(|_| {
            let (keeper, expired) = (keeper.clone(), expired.clone());
            tokio::spawn(async move { keeper.renew(&expired).await })
        })
        .collect();
    for one in waiting {
        let renewed = one.await.unwrap().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(renewed.access_token, "a1");
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
    assert_eq!(grants.tokens(), ("a1".to_owned(), Some("r1".to_owned())));
}

#[tokio::test]
async fn without_rotation_the_refresh_token_is_kept() {
    let server = MockServer::start().await;
    Mock::given(path("/token"))
        .respond_with(tokens("a1", None))
        .mount(&server)
        .await;
    let grants = Grants::holding(grant("a0", "r0"));
    let keeper = TokenKeeper::new(grants.clone(), oauth(&server));
    let renewed = keeper.renew(&grant("a0", "r0")).await;
    assert!(renewed.is_ok_and(|grant| grant.access_token == "a1"));
    assert_eq!(grants.tokens(), ("a1".to_owned(), Some("r0".to_owned())));
}

#[tokio::test]
async fn a_rotated_token_that_could_not_be_saved_is_not_used_and_not_lost() {
    let server = rotating().await;
    let grants = Grants::holding(grant("a0", "r0"));
    let keeper = TokenKeeper::new(grants.clone(), oauth(&server));

    grants.broken.store(true, Ordering::SeqCst);
    let refused = keeper.renew(&grant("a0", "r0")).await;
    assert!(matches!(refused, Err(Failure::Retry { .. })));

    grants.broken.store(false, Ordering::SeqCst);
    let renewed = keeper.renew(&grant("a0", "r0")).await;
    assert!(renewed.is_ok_and(|grant| grant.access_token == "a1"));
    assert_eq!(grants.tokens(), ("a1".to_owned(), Some("r1".to_owned())));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_refresh_ends_well_when_its_caller_has_given_up() {
    let server = MockServer::start().await;
    let asked = Arc::new(Notify::new());
    let signal = Arc::clone(&asked);
    Mock::given(path("/token"))
        .respond_with(move |_: &Request| {
            signal.notify_one();
            tokens("a1", Some("r1"))
        })
        .mount(&server)
        .await;
    let grants = Grants::holding(grant("a0", "r0"));
    let keeper = TokenKeeper::new(grants.clone(), oauth(&server));
    let expired = grant("a0", "r0");
    tokio::select! {
        biased;
        () = asked.notified() => {}
        _ = keeper.renew(&expired) => panic!("the caller was to give up first"),
    }
    grants.saved.notified().await;
    assert_eq!(grants.tokens(), ("a1".to_owned(), Some("r1".to_owned())));
}

#[tokio::test]
async fn a_grant_that_another_process_refreshed_is_taken_over() {
    let server = MockServer::start().await;
    let grants = Grants::holding(grant("a1", "r1"));
    let keeper = TokenKeeper::new(grants, oauth(&server));
    let renewed = keeper.renew(&grant("a0", "r0")).await;
    assert!(renewed.is_ok_and(|grant| grant.access_token == "a1"));
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn losing_the_race_against_another_process_is_not_the_end() {
    let server = MockServer::start().await;
    let grants = Grants::holding(grant("a0", "r0"));
    let winner = Arc::clone(&grants);
    Mock::given(path("/token"))
        .respond_with(move |_: &Request| {
            *winner.grant.lock().unwrap() = Some(grant("a1", "r1"));
            invalid_grant()
        })
        .mount(&server)
        .await;
    let keeper = TokenKeeper::new(grants, oauth(&server));
    let renewed = keeper.renew(&grant("a0", "r0")).await;
    assert!(renewed.is_ok_and(|grant| grant.access_token == "a1"));
}

#[tokio::test]
async fn a12_a_revoked_sign_in_needs_a_person() {
    let server = MockServer::start().await;
    Mock::given(path("/token"))
        .respond_with(invalid_grant())
        .mount(&server)
        .await;
    let keeper = TokenKeeper::new(Grants::holding(grant("a0", "r0")), oauth(&server));
    let Err(Failure::NeedsPerson { what, words, .. }) = keeper.renew(&grant("a0", "r0")).await
    else {
        panic!("not refused");
    };
    assert_eq!(what, PersonNeeded::SignIn);
    assert_eq!(words, "invalid_grant: expired access/refresh token");
}

#[tokio::test]
async fn without_a_grant_somebody_has_to_sign_in() {
    let server = MockServer::start().await;
    let keeper = TokenKeeper::new(Arc::new(Grants::default()), oauth(&server));
    assert!(matches!(
        keeper.grant().await,
        Err(Failure::NeedsPerson {
            what: PersonNeeded::SignIn,
            ..
        })
    ));
}

#[tokio::test]
async fn two_processes_with_one_grant_make_one_refresh() {
    let server = rotating().await;
    let grants = Grants::holding(grant("a0", "r0"));
    let (one, two) = (
        TokenKeeper::new(grants.clone(), oauth(&server)),
        TokenKeeper::new(grants.clone(), oauth(&server)),
    );
    let expired = grant("a0", "r0");
    let renewed = tokio::join!(one.renew(&expired), two.renew(&expired));
    for renewed in [renewed.0, renewed.1] {
        assert!(renewed.is_ok_and(|grant| grant.access_token == "a1"));
    }
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_refresh_that_failed_gives_the_right_to_the_next() {
    let server = MockServer::start().await;
    Mock::given(path("/token"))
        .respond_with(ResponseTemplate::new(503))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(path("/token"))
        .respond_with(tokens("a1", None))
        .mount(&server)
        .await;
    let grants = Grants::holding(grant("a0", "r0"));
    let keeper = TokenKeeper::new(grants, oauth(&server));
    assert!(keeper.renew(&grant("a0", "r0")).await.is_err());
    let renewed = keeper.renew(&grant("a0", "r0")).await;
    assert!(renewed.is_ok_and(|grant| grant.access_token == "a1"));
}
