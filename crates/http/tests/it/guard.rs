//! Private addresses are out of reach unless they are allowed.

use linecard_http::{Forbidden, HttpClient, HttpProxy, HttpSettings, TransportError};
use tokio::net::TcpListener;

use crate::{client, get};

fn guarded() -> HttpClient {
    HttpClient::new(HttpSettings::default()).unwrap()
}

async fn refusal(client: &HttpClient, url: &str) -> Forbidden {
    match client.send(get(url)).await {
        Err(TransportError::Forbidden(why)) => why,
        other => panic!("{url}: {other:?}"),
    }
}

#[tokio::test]
async fn a_private_address_is_refused() {
    for url in [
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
    ] {
        let why = refusal(&guarded(), url).await;
        assert!(matches!(why, Forbidden::Private(_)), "{url}: {why:?}");
    }
}

#[tokio::test]
async fn a_name_that_points_to_a_private_address_is_refused_before_a_connection_is_made() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let why = refusal(&guarded(), &format!("https://localhost:{port}/")).await;
    assert_eq!(why, Forbidden::Private("localhost".to_owned()));
    let accepted = std::future::poll_fn(|context| {
        std::task::Poll::Ready(listener.poll_accept(context).is_ready())
    })
    .await;
    assert!(!accepted, "a connection was made");
}

#[tokio::test]
async fn plain_http_to_the_internet_is_refused_always() {
    for client in [guarded(), client()] {
        let why = refusal(&client, "http://93.184.215.14/").await;
        assert!(matches!(why, Forbidden::Plain(_)), "{why:?}");
    }
}

#[tokio::test]
async fn another_scheme_is_refused() {
    let why = refusal(&client(), "ftp://example.com/").await;
    assert_eq!(why, Forbidden::Scheme("ftp".to_owned()));
}

#[tokio::test]
async fn an_allowed_private_name_is_reached_without_encryption() {
    let server = wiremock::MockServer::start().await;
    let url = format!("http://localhost:{}/", server.address().port());
    // No mock is mounted: 404 is wiremock's own answer.
    assert_eq!(client().send(get(&url)).await.unwrap().status(), 404);
}

#[test]
fn a_proxy_which_would_lead_past_the_guard_is_not_taken() {
    let proxy = HttpProxy {
        address: "http://proxy.example.com:3128".parse().unwrap(),
        authorization: None,
    };
    assert!(HttpClient::through(HttpSettings::default(), &proxy).is_err());
}
