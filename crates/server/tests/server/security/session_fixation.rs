//! Nobody who planted or shared a cookie comes along when somebody signs in.

use crate::company::{Company, PASSWORD};
use crate::sign_in::with;

#[tokio::test]
async fn a_cookie_that_somebody_planted_before_the_sign_in_is_worth_nothing_after_it() {
    let (company, admin) = Company::new().await;
    let browser = company.browser();
    // Made up, and a real session of the attacker's own.
    for planted in [
        "linecard_session=planted".to_owned(),
        admin.cookie().unwrap(),
    ] {
        browser.set_cookie(Some(planted.clone()));
        let right = with("ada@example.com", PASSWORD);
        browser.post("/api/v1/session", right).await.is(200);
        assert_ne!(browser.cookie().unwrap(), planted);
        let attacker = company.browser();
        attacker.set_cookie(Some(planted));
        attacker.get("/api/v1/session").await.is(401);
    }
}
