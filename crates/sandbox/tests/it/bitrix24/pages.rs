//! Record pages: open to everybody, in two languages, and nobody's text becomes markup.

use serde_json::json;

use super::portal::Portal;

#[tokio::test]
async fn a_contacts_page_shows_phones_company_and_what_has_happened() {
    let portal = Portal::new().await;
    portal
        .result(
            "crm.activity.add",
            json!({"fields": {
                "OWNER_TYPE_ID": 3, "OWNER_ID": 1, "TYPE_ID": 2, "SUBJECT": "Extension Call",
                "RESPONSIBLE_ID": 2, "DIRECTION": 1, "COMPLETED": "N", "DESCRIPTION_TYPE": 1,
                "DESCRIPTION": "from <5503308>",
                "COMMUNICATIONS": [{"VALUE": "+14155550134", "ENTITY_ID": 1, "ENTITY_TYPE_ID": 3,
                                    "TYPE": "PHONE"}]
            }}),
        )
        .await;
    let (status, page) = portal.page("/crm/contact/details/1/", "en").await;
    assert_eq!(status, 200);
    for shown in [
        "Maya Torres",
        "tel:4155550134",
        "Blue Harbor Logistics",
        "Extension Call",
        "from &lt;5503308&gt;",
        "To do",
        "Alice Adams",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    let (_, chinese) = portal.page("/crm/contact/details/1/", "zh-CN").await;
    assert!(
        chinese.contains("时间线") && chinese.contains("待办"),
        "{chinese}"
    );
}

#[tokio::test]
async fn a_name_never_becomes_part_of_a_page() {
    let portal = Portal::new().await;
    for path in ["/", "/crm/contact/details/7/"] {
        let (status, page) = portal.page(path, "en").await;
        assert_eq!(status, 200, "{path}");
        assert!(!page.contains("<img src=x"), "{path}");
        assert!(!page.contains("<script"), "{path}");
    }
    assert_eq!(portal.page("/crm/contact/details/99/", "en").await.0, 404);
    assert_eq!(portal.page("/nowhere", "en").await.0, 404);
}
