//! TLS built in, as browsers and open Desks meet it.

use std::path::Path;
use std::sync::Arc;

use futures_util::{SinkExt as _, StreamExt as _};
use linecard_server::TlsSettings;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::browser::Browser;
use crate::company::Company;

/// Far longer than anything takes.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// A new pair in the two files, valid until the end of that year; the clock stands in 2026.
fn write_pair(folder: &Path, until: i32) -> CertificateDer<'static> {
    let mut params = CertificateParams::new(vec!["linecard.test".to_owned()]).unwrap();
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(until, 12, 31);
    let key = KeyPair::generate().unwrap();
    let made = params.self_signed(&key).unwrap();
    std::fs::write(folder.join("cert.pem"), made.pem()).unwrap();
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
    made.der().clone()
}

fn from_files(folder: &TempDir) -> TlsSettings {
    TlsSettings::Files {
        certificate: folder.path().join("cert.pem"),
        key: folder.path().join("key.pem"),
    }
}

async fn company(tls: TlsSettings) -> (Company, Browser) {
    let served = Company::served(|settings| {
        settings.home = "https://linecard.test".parse().unwrap();
        settings.tls = Some(tls);
    });
    served.await.0.begun().await
}

/// Shakes hands as a machine does that trusts `root` alone; an error when it turns away.
async fn shake_hands(
    company: &Company,
    root: &CertificateDer<'static>,
    name: &str,
) -> std::io::Result<TlsStream<TcpStream>> {
    let mut trusted = RootCertStore::empty();
    trusted.add(root.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(trusted)
        .with_no_client_auth();
    let address = company.base.strip_prefix("https://").unwrap();
    let stream = TcpStream::connect(address).await.unwrap();
    let name = ServerName::try_from(name.to_owned()).unwrap();
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
}

/// Waits until a new connection is shown a certificate of `root`'s.
async fn is_shown(company: &Company, root: &CertificateDer<'static>) {
    let shown = async {
        while shake_hands(company, root, "linecard.test").await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, shown).await.unwrap();
}

/// Waits until Health tells this problem of the certificate, and returns it.
async fn told(admin: &Browser, what: &str) -> Value {
    let told = async {
        loop {
            let health = admin.get("/api/v1/health").await.is(200).json();
            let problems = health["problems"].as_array().unwrap();
            if let Some(found) = problems.iter().find(|it| it["what"] == what) {
                return found.clone();
            }
        }
    };
    tokio::time::timeout(PATIENCE, told).await.unwrap()
}

#[tokio::test]
async fn a_new_certificate_is_shown_to_new_connections_while_an_open_desk_stays_open() {
    let folder = tempfile::tempdir().unwrap();
    let first = write_pair(folder.path(), 2030);
    let (company, admin) = company(from_files(&folder)).await;
    let agent = company.agent(&admin).await;
    let stream = shake_hands(&company, &first, "linecard.test")
        .await
        .unwrap();
    let mut request = "wss://linecard.test/api/v1/desk/socket"
        .into_client_request()
        .unwrap();
    let headers = request.headers_mut();
    headers.insert("cookie", agent.cookie().unwrap().parse().unwrap());
    headers.insert("origin", "https://linecard.test".parse().unwrap());
    let (mut desk, _) = tokio_tungstenite::client_async(request, stream)
        .await
        .unwrap();

    let second = write_pair(folder.path(), 2031);
    company.reload.now();
    is_shown(&company, &second).await;
    assert!(
        shake_hands(&company, &first, "linecard.test")
            .await
            .is_err()
    );

    let ping = json!({ "t": "ping" });
    desk.send(Message::text(ping.to_string())).await.unwrap();
    let answered = async {
        loop {
            let message = desk.next().await.unwrap().unwrap();
            if message.is_text() && message.to_text().unwrap().contains("\"pong\"") {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, answered).await.unwrap();
}

#[tokio::test]
async fn changed_files_are_seen_without_being_told() {
    let folder = tempfile::tempdir().unwrap();
    write_pair(folder.path(), 2030);
    let (company, _admin) = company(from_files(&folder)).await;
    let second = write_pair(folder.path(), 2031);
    is_shown(&company, &second).await;
}

#[tokio::test]
async fn x7_a_wrong_file_is_told_in_words_and_the_certificate_before_it_stays() {
    let folder = tempfile::tempdir().unwrap();
    let first = write_pair(folder.path(), 2030);
    let (company, admin) = company(from_files(&folder)).await;
    std::fs::write(folder.path().join("key.pem"), "no key\n").unwrap();
    company.reload.now();
    let problem = told(&admin, "certificate_refused").await;
    assert_eq!(problem["needs_person"], true);
    let words = problem["words"].as_str().unwrap();
    assert!(words.contains("key.pem holds no private key"), "{words}");
    assert!(shake_hands(&company, &first, "linecard.test").await.is_ok());

    // One that has ended is no better than none.
    write_pair(folder.path(), 2025);
    company.reload.now();
    let ended = async {
        loop {
            let problem = told(&admin, "certificate_refused").await;
            if problem["words"].as_str().unwrap().contains("ended at 2025") {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, ended).await.unwrap();
    assert!(shake_hands(&company, &first, "linecard.test").await.is_ok());

    let good = write_pair(folder.path(), 2032);
    company.reload.now();
    is_shown(&company, &good).await;
}

#[tokio::test]
async fn x7_a_certificate_that_ends_within_two_weeks_is_told_on_the_health_page() {
    let folder = tempfile::tempdir().unwrap();
    write_pair(folder.path(), 2026);
    let (company, admin) = company(from_files(&folder)).await;
    let health = admin.get("/api/v1/health").await.is(200).json();
    assert_eq!(health["certificate"]["until"], "2026-12-31T00:00:00Z");
    assert_eq!(health["certificate"]["own_authority"], false);
    company
        .clock
        .advance(jiff::SignedDuration::from_hours(24 * 355));
    let admin = company.browser();
    let who = json!({ "email": "ada@example.com", "password": crate::company::PASSWORD });
    admin.post("/api/v1/session", who).await.is(200);
    let problem = told(&admin, "certificate_ends").await;
    assert_eq!(problem["amount"], 8);
    let place = problem["subject"].as_str().unwrap();
    assert!(place.ends_with("cert.pem"), "{place}");
}

#[tokio::test]
async fn the_companys_authority_issues_for_every_home_address_and_anew_before_the_end() {
    let names = vec!["pbx.lan".to_owned(), "127.0.0.1".to_owned()];
    let (company, admin) = company(TlsSettings::Authority { names }).await;
    let stranger = company.browser();
    let download = stranger.get("/api/v1/certificate-authority").await.is(200);
    assert_eq!(download.header("content-type"), "application/x-pem-file");
    let begins = "-----BEGIN CERTIFICATE-----";
    assert!(download.text.starts_with(begins), "{}", download.text);
    let health = admin.get("/api/v1/health").await.is(200).json();
    assert_eq!(health["certificate"]["own_authority"], true);
    assert_eq!(
        health["certificate"]["place"],
        "127.0.0.1, linecard.test, pbx.lan"
    );
    assert_eq!(health["certificate"]["until"], "2026-04-01T00:00:00Z");

    // Renewed a month before its end.
    company
        .clock
        .advance(jiff::SignedDuration::from_hours(24 * 61));
    company.reload.now();
    let renewed = async {
        loop {
            let admin = company.browser();
            let who = json!({ "email": "ada@example.com", "password": crate::company::PASSWORD });
            admin.post("/api/v1/session", who).await.is(200);
            let health = admin.get("/api/v1/health").await.is(200).json();
            if health["certificate"]["until"] == "2026-06-01T00:00:00Z" {
                return;
            }
        }
    };
    tokio::time::timeout(PATIENCE, renewed).await.unwrap();
}

#[tokio::test]
async fn without_an_authority_there_is_none_to_download() {
    let (_company, admin) = Company::new().await;
    let none = admin.get("/api/v1/certificate-authority").await.is(404);
    assert_eq!(none.code(), "no_authority");
}
