//! Time, size, redirects, and what is known of a request that failed.

use std::time::Duration;

use linecard_http::{HttpClient, HttpSettings, TransportError};
use wiremock::matchers::{header_regex, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{client, get, raw_server};

#[tokio::test]
async fn nobody_listening_means_that_nothing_was_sent() {
    let lost = client().send(get(&raw_server::nobody().await)).await;
    assert!(
        matches!(lost, Err(TransportError::NotSent { .. })),
        "{lost:?}"
    );
}

#[tokio::test]
async fn a_name_that_does_not_exist_means_that_nothing_was_sent() {
    let lost = client().send(get("https://nobody.invalid/")).await;
    assert!(
        matches!(lost, Err(TransportError::NotSent { .. })),
        "{lost:?}"
    );
}

#[tokio::test]
async fn a_server_that_speaks_no_tls_means_that_nothing_was_sent() {
    let plain = raw_server::answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let lost = client().send(get(&plain.replace("http:", "https:"))).await;
    assert!(
        matches!(lost, Err(TransportError::NotSent { .. })),
        "{lost:?}"
    );
}

#[tokio::test]
async fn a_connection_closed_without_an_answer_is_a_lost_answer() {
    let lost = client().send(get(&raw_server::answering("").await)).await;
    assert!(
        matches!(lost, Err(TransportError::AnswerLost { .. })),
        "{lost:?}"
    );
}

#[tokio::test]
async fn a_body_that_is_cut_is_a_lost_answer() {
    let server =
        raw_server::answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":").await;
    let lost = client().send(get(&server)).await;
    assert!(
        matches!(lost, Err(TransportError::AnswerLost { .. })),
        "{lost:?}"
    );
}

#[tokio::test]
async fn an_answer_that_never_comes_is_given_up() {
    let client = HttpClient::new(HttpSettings {
        allow_private: true,
        total: Duration::from_millis(200),
        ..HttpSettings::default()
    })
    .unwrap();
    let lost = client.send(get(&raw_server::silent().await)).await;
    let Err(TransportError::AnswerLost { words, .. }) = lost else {
        panic!("{lost:?}");
    };
    assert_eq!(words, "it took too long");
}

#[tokio::test]
async fn an_answer_without_end_is_refused() {
    let server = MockServer::start().await;
    Mock::given(path("/"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(vec![b' '; 2_000]))
        .mount(&server)
        .await;
    let client = HttpClient::new(HttpSettings {
        allow_private: true,
        body_bytes: 1_999,
        ..HttpSettings::default()
    })
    .unwrap();
    let refused = client.send(get(&server.uri())).await;
    assert!(
        matches!(refused, Err(TransportError::TooLarge { limit: 1_999, .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = MockServer::start().await;
    Mock::given(path("/from"))
        .respond_with(ResponseTemplate::new(302).insert_header("Location", "/to"))
        .mount(&server)
        .await;
    Mock::given(path("/to"))
        .respond_with(ResponseTemplate::new(200))
        .expect(0)
        .mount(&server)
        .await;
    let answer = client()
        .send(get(&format!("{}/from", server.uri())))
        .await
        .unwrap();
    assert_eq!(answer.status(), 302);
}

#[tokio::test]
async fn requests_say_whose_they_are() {
    let server = MockServer::start().await;
    Mock::given(header_regex("user-agent", "^linecard/[0-9]"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let answer = client().send(get(&server.uri())).await.unwrap();
    assert_eq!(answer.status(), 204);
}
