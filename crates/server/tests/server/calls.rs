//! The call list.

use serde_json::json;

use crate::company::Company;

#[tokio::test]
async fn a_call_that_is_over_is_listed_with_what_was_written_about_it() {
    let (company, admin) = Company::new().await;
    let empty = admin.get("/api/v1/calls").await.is(200).json();
    assert_eq!(empty, json!({ "calls": [], "next": null }));
    drop(company);
}

#[tokio::test]
async fn a_cursor_that_was_not_given_out_is_refused() {
    let (_company, admin) = Company::new().await;
    let refused = admin.get("/api/v1/calls?before=yesterday").await.is(400);
    assert_eq!(refused.code(), "not_a_cursor");
}
