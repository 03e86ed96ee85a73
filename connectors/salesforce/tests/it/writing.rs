//! Writing a call when things go wrong.

use linecard_crm::{Failure, LateParts, Logged, PersonNeeded};
use serde_json::{Value, json};
use wiremock::matchers::{body_partial_json, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::organisation::{answering, connected, entry, organisation, problem};

const QUERY: &str = "/services/data/v66.0/query/";
const TASK: &str = "/services/data/v66.0/sobjects/Task";
const WRITTEN: &str = "00T000000000001AAA";

/// An organisation that shows nothing of its statuses and answers a new Task like this.
async fn answering_tasks(answer: ResponseTemplate) -> MockServer {
    let server = organisation().await;
    answering(&server, "GET", QUERY, 200, json!({"records": []})).await;
    Mock::given(method("POST"))
        .and(path(TASK))
        .respond_with(answer)
        .expect(1)
        .mount(&server)
        .await;
    server
}

async fn failure(answer: ResponseTemplate) -> Failure {
    let server = answering_tasks(answer).await;
    connected(&server).log(&entry()).await.unwrap_err()
}

#[tokio::test]
async fn a_page_of_the_edge_leaves_the_write_unknown() {
    let page = ResponseTemplate::new(503).set_body_raw("<html>Maintenance</html>", "text/html");
    assert!(matches!(failure(page).await, Failure::Unknown { .. }));
}

#[tokio::test]
async fn a_success_without_an_id_leaves_the_write_unknown() {
    let odd = ResponseTemplate::new(201).set_body_json(json!({"success": true}));
    assert!(matches!(failure(odd).await, Failure::Unknown { .. }));
}

#[tokio::test]
async fn a_missing_right_is_told_in_salesforces_words() {
    let words = "insufficient access rights on object id";
    let answer = problem("INSUFFICIENT_ACCESS_OR_READONLY", words);
    assert_eq!(
        failure(ResponseTemplate::new(400).set_body_json(answer)).await,
        Failure::refused(format!("INSUFFICIENT_ACCESS_OR_READONLY: {words}"))
    );
}

#[tokio::test]
async fn the_field_of_our_key_is_never_left_out() {
    let words = "Unable to create/update fields: CallObject. Please check the security settings";
    let answer = problem("INVALID_FIELD_FOR_INSERT_UPDATE", words);
    let failure = failure(ResponseTemplate::new(400).set_body_json(answer)).await;
    assert!(
        matches!(
            failure,
            Failure::NeedsPerson {
                what: PersonNeeded::Permission,
                ..
            }
        ),
        "{failure:?}"
    );
}

#[tokio::test]
async fn the_organisations_own_closed_status_is_used_and_asked_for_once() {
    let server = organisation().await;
    let statuses = json!({"records": [
        {"ApiName": "Open", "IsClosed": false, "SortOrder": 1},
        {"ApiName": "Erledigt", "IsClosed": true, "SortOrder": 2},
        {"ApiName": "Completed", "IsClosed": true, "SortOrder": 3}
    ]});
    Mock::given(path(QUERY))
        .respond_with(ResponseTemplate::new(200).set_body_json(statuses))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(path(TASK))
        .and(body_partial_json(json!({"Status": "Erledigt"})))
        .respond_with(ResponseTemplate::new(201).set_body_json(json!({"id": "00T"})))
        .expect(2)
        .mount(&server)
        .await;
    let crm = connected(&server);
    for _ in 0..2 {
        assert_eq!(crm.log(&entry()).await, Ok(Logged::whole("00T")));
    }
}

#[tokio::test]
async fn nothing_was_written_when_salesforce_could_not_be_reached_before() {
    let server = organisation().await;
    let down = ResponseTemplate::new(503).set_body_raw("<html>Maintenance</html>", "text/html");
    Mock::given(path(QUERY))
        .respond_with(down)
        .mount(&server)
        .await;
    let failed = connected(&server).log(&entry()).await;
    assert!(matches!(failed, Err(Failure::Retry { .. })), "{failed:?}");
}

/// Somebody types into the Task after it was read and before it is written.
#[tokio::test]
async fn x1_who_types_at_the_same_moment_is_not_written_over() {
    let server = organisation().await;
    let task = format!("{TASK}/{WRITTEN}");
    let description = entry().description;
    let stands = |text: String, modified: &str| {
        let body = json!({"Id": WRITTEN, "Description": text, "LastModifiedDate": modified});
        Mock::given(method("GET"))
            .and(path(&task))
            .respond_with(ResponseTemplate::new(200).set_body_json(body))
    };
    let first = stands(description.clone(), "2026-05-01T07:27:00.000+0000");
    first.up_to_n_times(1).mount(&server).await;
    let typed = format!("{description}\r\n\r\nCalled back");
    let second = stands(typed, "2026-05-01T07:28:00.000+0000");
    second.mount(&server).await;
    let changes = |status: u16| {
        Mock::given(method("PATCH"))
            .and(path(&task))
            .respond_with(ResponseTemplate::new(status))
    };
    changes(412).up_to_n_times(1).mount(&server).await;
    changes(204).mount(&server).await;

    let mut asked = entry();
    asked.late.note = Some("Wants 20".to_owned());
    let nothing = LateParts::default();
    let amended = connected(&server).amend(WRITTEN, &asked, &nothing).await;
    assert_eq!(amended, Ok(()));
    let requests = server.received_requests().await.unwrap();
    let changes: Vec<_> = requests
        .iter()
        .filter(|request| request.method.as_str() == "PATCH")
        .collect();
    let conditions: Vec<_> = changes
        .iter()
        .map(|change| change.headers["if-unmodified-since"].to_str().unwrap())
        .collect();
    let moments = [
        "Fri, 01 May 2026 07:27:00 GMT",
        "Fri, 01 May 2026 07:28:00 GMT",
    ];
    assert_eq!(conditions, moments);
    let last: Value = serde_json::from_slice(&changes.last().unwrap().body).unwrap();
    let expected = format!("{description}\n\nWants 20\n\nCalled back");
    assert_eq!(last["Description"], expected);
}
