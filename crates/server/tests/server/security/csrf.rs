//! Other web sites cannot act with a signed-in person's cookie.

use reqwest::Method;

use crate::company::Company;

#[tokio::test]
async fn a_change_without_linecards_own_header_is_refused() {
    let (_company, admin) = Company::new().await;
    let request = admin.bare(Method::DELETE, "/api/v1/session");
    let refused = admin.send(request).await.is(403);
    assert_eq!(refused.code(), "header_missing");
    admin.get("/api/v1/session").await.is(200);
}

#[tokio::test]
async fn a_change_from_another_site_or_another_port_is_refused() {
    let (_company, admin) = Company::new().await;
    for (name, value) in [
        ("Origin", "https://evil.example"),
        ("Origin", "http://127.0.0.1:1"),
        ("Sec-Fetch-Site", "same-site"),
    ] {
        let request = admin.request(Method::DELETE, "/api/v1/session");
        let refused = admin.send(request.header(name, value)).await.is(403);
        assert_eq!(refused.code(), "foreign_origin", "{name}: {value}");
    }
    admin.get("/api/v1/session").await.is(200);
}

#[tokio::test]
async fn a_change_from_the_page_itself_is_taken() {
    let (company, admin) = Company::new().await;
    let request = admin
        .request(Method::DELETE, "/api/v1/session")
        .header("Origin", &company.base)
        .header("Sec-Fetch-Site", "same-origin");
    admin.send(request).await.is(204);
}
