//! Signing in at an identity provider that we did not write (`tests/clients/oidc-provider-mock`).
//! What it will not send, such as forged tokens, is in the tests of `crates/oidc`.

#[path = "../../../../tests/clients/oidc-provider-mock/provider.rs"]
mod provider;

use jiff::SignedDuration;
use provider::IdentityProvider;
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::{Answer, Browser};
use crate::company::{Company, PASSWORD};

const BEGIN: &str = "/sign-in/oidc";

/// A company whose people sign in at the provider.
struct Signing {
    company: Company,
    admin: Browser,
    provider: IdentityProvider,
    /// What was saved.
    settings: Value,
}

impl Signing {
    async fn new() -> Self {
        let (company, admin) = Company::new().await;
        let known = |email: &str, name: &str| json!({ "email": email, "email_verified": true, "name": name });
        let provider = IdentityProvider::open(&json!({
            "ada": known("ADA@example.com", "Ada"),
            "bob": known("bob@example.com", "Bob"),
            "unverified": { "email": "ada@example.com" },
        }))
        .await;
        let offered = admin.get("/api/v1/single-sign-on").await.is(200).json();
        let redirect = offered["redirect_uri"].as_str().unwrap();
        assert_eq!(redirect, "http://linecard.test/sign-in/oidc/callback");
        let program = json!({ "redirect_uris": [redirect] });
        let at_provider = Browser::new(&provider.issuer);
        let client = at_provider.post("/oauth2/clients", program).await;
        let client = client.is(201).json();
        let settings = json!({
            "enabled": true, "name": "Example SSO", "issuer": provider.issuer,
            "client_id": client["client_id"], "client_secret": client["client_secret"],
            "newcomers": "refused", "password_only_for": null, "version": 0,
        });
        let mut signing = Self {
            company,
            admin,
            provider,
            settings,
        };
        signing.change(|_| {}).await;
        signing
    }

    /// Saves what is set up with these changes.
    async fn change(&mut self, change: impl FnOnce(&mut Value)) {
        change(&mut self.settings);
        let path = "/api/v1/single-sign-on";
        let saved = self.admin.put(path, self.settings.clone()).await.is(200);
        self.settings["version"] = saved.json()["version"].clone();
    }

    /// Begins, signs in at the provider as `who`, and comes back as far as to Linecard's door: the
    /// address there.
    async fn at_the_door(&self, browser: &Browser, who: &str, to: &str) -> String {
        let begun = browser.get(&format!("{BEGIN}?to={to}")).await.is(303);
        let asked = begun.header("location").to_owned();
        let path = asked.strip_prefix(&self.provider.issuer).unwrap();
        let page = Browser::new(&self.provider.issuer);
        let form = page.request(Method::POST, path).form(&[("sub", who)]);
        let back = page.send(form).await.is(302);
        let back = back.header("location");
        back.strip_prefix("http://linecard.test")
            .unwrap()
            .to_owned()
    }

    async fn sign_in(&self, browser: &Browser, who: &str) -> Answer {
        let back = self.at_the_door(browser, who, "/calls").await;
        browser.get(&back).await
    }
}

/// The page says why nobody is signed in, and nobody is.
async fn is_refused(browser: &Browser, answer: Answer, words: &str) {
    let answer = answer.is(200);
    assert!(answer.text.contains(words), "{}", answer.text);
    browser.get("/api/v1/session").await.is(401);
}

#[tokio::test]
async fn who_signs_in_at_the_provider_is_signed_in_here_and_comes_to_the_page_that_was_wanted() {
    let signing = Signing::new().await;
    let browser = signing.company.browser();
    let answer = signing.sign_in(&browser, "ada").await.is(303);
    assert_eq!(answer.header("location"), "/calls");
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("linecard_session="), "{cookie}");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let session = browser.get("/api/v1/session").await.is(200).json();
    assert_eq!(session["account"]["name"], "Ada");
    browser.delete("/api/v1/session").await.is(204);
    browser.get("/api/v1/session").await.is(401);
}

#[tokio::test]
async fn who_is_disabled_at_the_provider_is_out_after_a_working_day_at_most() {
    let signing = Signing::new().await;
    let browser = signing.company.browser();
    let answer = signing.sign_in(&browser, "ada").await.is(303);
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("Max-Age=43200"), "{cookie}");
    let clock = &signing.company.clock;
    clock.advance(SignedDuration::from_secs(12 * 3_600 - 1));
    browser.get("/api/v1/session").await.is(200);
    clock.advance(SignedDuration::from_secs(1));
    browser.get("/api/v1/session").await.is(401);
    // A session of Linecard's own sign-in goes on.
    signing.admin.get("/api/v1/session").await.is(200);
}

#[tokio::test]
async fn a_return_counts_once_and_only_in_the_browser_that_went_off() {
    let signing = Signing::new().await;
    let (browser, other) = (signing.company.browser(), signing.company.browser());
    let back = signing.at_the_door(&browser, "ada", "/").await;
    let carried = browser.cookie();
    let stolen = other.get(&back).await;
    is_refused(&other, stolen, "begun in another browser").await;
    let forged = browser.get("/sign-in/oidc/callback?code=x&state=y").await;
    assert!(forged.text.contains("begun in another browser"));
    browser.set_cookie(carried.clone());
    browser.get(&back).await.is(303);
    // Even with the cookie that it had: the provider takes a code once.
    other.set_cookie(carried);
    let again = other.get(&back).await;
    is_refused(&other, again, "gave no token").await;
}

#[tokio::test]
async fn an_address_that_the_provider_did_not_verify_names_nobody() {
    let signing = Signing::new().await;
    let browser = signing.company.browser();
    let answer = signing.sign_in(&browser, "unverified").await;
    is_refused(&browser, answer, "does not vouch for your e-mail address").await;
}

#[tokio::test]
async fn who_was_not_invited_stays_out_unless_an_extension_has_the_address() {
    let mut signing = Signing::new().await;
    let browser = signing.company.browser();
    let answer = signing.sign_in(&browser, "bob").await;
    is_refused(&browser, answer, "nobody has invited you").await;

    signing.change(|it| it["newcomers"] = json!("agents")).await;
    let answer = signing.sign_in(&browser, "bob").await;
    is_refused(&browser, answer, "nobody has invited you").await;

    let seat = json!({ "name": "Bob", "email": "Bob@example.com" });
    let path = "/api/v1/extensions/102";
    signing.admin.put(path, seat).await.is(200);
    let answer = signing.sign_in(&browser, "bob").await.is(303);
    assert_eq!(answer.header("location"), "/desk/");
    let session = browser.get("/api/v1/session").await.is(200).json();
    let account = &session["account"];
    assert_eq!(account["role"], "agent");
    assert_eq!(account["extension"], "102");
    assert_eq!(account["name"], "Bob");
    let log = signing.admin.get("/api/v1/audit").await.is(200).text;
    assert!(log.contains("account_create"), "{log}");
}

#[tokio::test]
async fn a_disabled_person_stays_out() {
    let signing = Signing::new().await;
    let (id, _) = signing
        .company
        .person(&signing.admin, "Bob", "agent", Some("102"))
        .await;
    let path = format!("/api/v1/accounts/{id}/disable");
    signing.admin.post(&path, json!({})).await.is(200);
    let browser = signing.company.browser();
    let answer = signing.sign_in(&browser, "bob").await;
    is_refused(&browser, answer, "Your account is disabled").await;
}

#[tokio::test]
async fn a_wrong_secret_a_wrong_issuer_and_a_denial_are_said_in_words() {
    let mut signing = Signing::new().await;
    let browser = signing.company.browser();
    let secret = signing.settings["client_secret"].clone();
    signing
        .change(|it| it["client_secret"] = json!("wrong"))
        .await;
    let answer = signing.sign_in(&browser, "ada").await;
    is_refused(&browser, answer, "client secret").await;

    signing.change(|it| it["client_secret"] = secret).await;
    let back = signing.at_the_door(&browser, "ada", "/").await;
    let state = back.split_once("state=").unwrap().1.to_owned();
    let state = state.split('&').next().unwrap();
    let denied = format!("/sign-in/oidc/callback?error=access_denied&state={state}");
    let answer = browser.get(&denied).await;
    is_refused(&browser, answer, "access_denied").await;

    let issuer = format!("{}/", signing.provider.issuer);
    signing.change(|it| it["issuer"] = json!(issuer)).await;
    let answer = browser.get(BEGIN).await;
    is_refused(&browser, answer, "names another issuer").await;
    let chinese = browser.request(Method::GET, BEGIN);
    let chinese = browser
        .send(chinese.header("Accept-Language", "zh-CN"))
        .await;
    assert!(chinese.text.contains("自称的签发者"), "{}", chinese.text);
}

#[tokio::test]
async fn the_test_button_tells_a_provider_from_what_is_none() {
    let mut signing = Signing::new().await;
    let test = "/api/v1/single-sign-on/test";
    let good = signing.admin.post(test, json!({})).await.is(200).json();
    assert_eq!(good["problem"], json!(null));
    let issuer = signing.provider.issuer.clone();
    for (issuer, kind) in [
        (format!("{issuer}/"), "wrong_issuer"),
        (format!("{issuer}/elsewhere"), "not_a_provider"),
        ("http://127.0.0.1:1".to_owned(), "unreachable"),
    ] {
        signing.change(|it| it["issuer"] = json!(issuer)).await;
        let bad = signing.admin.post(test, json!({})).await.is(200).json();
        assert_eq!(bad["problem"]["kind"], kind, "{bad}");
    }
}

#[tokio::test]
async fn the_secret_is_never_shown_and_stays_when_it_is_left_out() {
    let mut signing = Signing::new().await;
    let secret = signing.settings["client_secret"].clone();
    signing
        .change(|it| {
            it.as_object_mut().unwrap().remove("client_secret");
        })
        .await;
    let shown = signing.admin.get("/api/v1/single-sign-on").await;
    assert!(!shown.text.contains(secret.as_str().unwrap()));
    assert_eq!(shown.json()["has_client_secret"], true);
    let browser = signing.company.browser();
    signing.sign_in(&browser, "ada").await.is(303);
}

#[tokio::test]
async fn with_passwords_off_only_the_emergency_admins_counts() {
    let mut signing = Signing::new().await;
    let (_, sue) = signing
        .company
        .person(&signing.admin, "Sue", "admin", None)
        .await;
    let own = signing.admin.get("/api/v1/session").await.json();
    let own = own["account"]["id"].clone();
    signing.change(|it| it["password_only_for"] = own).await;
    let by_password = async |name: &str| {
        let who = json!({ "email": format!("{name}@example.com"), "password": PASSWORD });
        let browser = signing.company.browser();
        browser.post("/api/v1/session", who).await
    };
    by_password("ada").await.is(200);
    assert_eq!(by_password("sue").await.is(403).code(), "passwords_off");
    let ways = signing.company.browser().get("/api/v1/session/ways").await;
    let offered = json!({ "single_sign_on": "Example SSO", "passwords": false });
    assert_eq!(ways.is(200).json(), offered);

    // Nor can another admin take that account away.
    let ada = signing.settings["password_only_for"].as_str().unwrap();
    let path = format!("/api/v1/accounts/{ada}");
    let refused = sue.delete(&path).await.is(409);
    assert_eq!(refused.code(), "emergency_account");
    let refused = sue.post(&format!("{path}/disable"), json!({})).await;
    assert_eq!(refused.is(409).code(), "emergency_account");
}

#[tokio::test]
async fn an_emergency_account_is_an_admins_with_a_password() {
    let signing = Signing::new().await;
    let (agent, _) = signing
        .company
        .person(&signing.admin, "Bob", "agent", Some("102"))
        .await;
    let mut wanted = signing.settings.clone();
    wanted["password_only_for"] = json!(agent);
    let path = "/api/v1/single-sign-on";
    let refused = signing.admin.put(path, wanted).await.is(422);
    assert_eq!(refused.fields(), ["/password_only_for"]);
}
