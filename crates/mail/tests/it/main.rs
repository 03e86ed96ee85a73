//! Letters, handed over to a mail server that we did not write (`tests/clients/aiosmtpd`).

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

#[path = "../../../../tests/clients/aiosmtpd/inbox.rs"]
mod inbox;

use inbox::Inbox;
use linecard_mail::{Letter, MailError, MailProblem, MailServer, Security};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use serde_json::{Value, json};
use tempfile::TempDir;

const PASSWORD: &str = "correct horse battery";

fn letter() -> Letter {
    Letter {
        to: vec!["ada@example.com".to_owned(), "bob@example.com".to_owned()],
        subject: "电话系统: link down".to_owned(),
        text: "The link is down.\nSince 09:00.".to_owned(),
        written: "2026-03-01T09:00:00Z".parse().unwrap(),
        id: "01900000-1".to_owned(),
    }
}

fn server(inbox: &Inbox, security: Security) -> MailServer {
    MailServer {
        host: "localhost".to_owned(),
        port: inbox.port,
        security,
        user: None,
        sender: "linecard@example.com".to_owned(),
        sender_name: "Linecard of Acme".to_owned(),
        authority: None,
    }
}

/// A certificate for `localhost`, and the authority that stands for it.
struct Certified {
    folder: TempDir,
    authority: String,
}

impl Certified {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        params
            .distinguished_name
            .push(DnType::CommonName, "Linecard test authority");
        let authority = params.self_signed(&key).unwrap().pem();
        let issuer = Issuer::new(params, key);
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&key, &issuer).unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("certificate.pem"), certificate.pem()).unwrap();
        std::fs::write(folder.path().join("key.pem"), key.serialize_pem()).unwrap();
        Self { folder, authority }
    }

    /// What the server is told, with these besides.
    fn settings(&self, more: &Value) -> Value {
        let mut settings = more.clone();
        settings["certificate"] = json!(self.folder.path().join("certificate.pem"));
        settings["key"] = json!(self.folder.path().join("key.pem"));
        settings
    }
}

fn problem(sent: Result<(), MailError>) -> MailProblem {
    sent.unwrap_err().problem
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let mut inbox = Inbox::open(&json!({})).await;
    server(&inbox, Security::Plain)
        .send(&letter())
        .await
        .unwrap();
    let arrived = inbox.next().await;
    assert_eq!(arrived["from"], "linecard@example.com");
    assert_eq!(arrived["to"], json!(["ada@example.com", "bob@example.com"]));
    assert_eq!(arrived["sender"], "Linecard of Acme <linecard@example.com>");
    assert_eq!(arrived["subject"], "电话系统: link down");
    assert_eq!(arrived["id"], "<01900000-1@example.com>");
    assert!(
        arrived["date"]
            .as_str()
            .unwrap()
            .contains("01 Mar 2026 09:00:00")
    );
    let text = arrived["text"].as_str().unwrap();
    assert_eq!(text.trim_end().replace('\r', ""), letter().text);
}

#[tokio::test]
async fn a_password_travels_encrypted_by_either_way() {
    let certified = Certified::new();
    for (security, wrapped) in [(Security::StartTls, false), (Security::Tls, true)] {
        let asks = json!({ "user": "linecard", "password": PASSWORD, "wrapped": wrapped });
        let mut inbox = Inbox::open(&certified.settings(&asks)).await;
        let mut server = server(&inbox, security);
        server.authority = Some(certified.authority.clone());
        server.user = Some(("linecard".to_owned(), PASSWORD.to_owned()));
        server.send(&letter()).await.unwrap();
        let arrived = inbox.next().await;
        assert_eq!(arrived["user"], "linecard", "{security:?}");
        assert_eq!(arrived["encrypted"], true, "{security:?}");
        server.user = Some(("linecard".to_owned(), "wrong".to_owned()));
        let refused = problem(server.send(&letter()).await);
        assert_eq!(refused, MailProblem::SignIn, "{security:?}");
    }
}

#[tokio::test]
async fn a_password_is_not_sent_without_encryption() {
    let asks = json!({ "user": "linecard", "password": PASSWORD });
    let inbox = Inbox::open(&asks).await;
    let mut server = server(&inbox, Security::Plain);
    server.user = Some(("linecard".to_owned(), PASSWORD.to_owned()));
    assert_eq!(problem(server.send(&letter()).await), MailProblem::Settings);
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_gets_no_letter() {
    let certified = Certified::new();
    let inbox = Inbox::open(&certified.settings(&json!({}))).await;
    let sent = server(&inbox, Security::StartTls).send(&letter()).await;
    assert_eq!(problem(sent), MailProblem::Tls);
}

#[tokio::test]
async fn a_server_without_starttls_gets_no_letter_where_it_is_wanted() {
    let inbox = Inbox::open(&json!({})).await;
    let sent = server(&inbox, Security::StartTls).send(&letter()).await;
    assert_eq!(problem(sent), MailProblem::Tls);
}

#[tokio::test]
async fn the_servers_words_say_why_it_refused() {
    let inbox = Inbox::open(&json!({ "refuses": "bob@example.com" })).await;
    let sent = server(&inbox, Security::Plain).send(&letter()).await;
    let refused = sent.unwrap_err();
    assert_eq!(refused.problem, MailProblem::Refused);
    assert!(refused.words.contains("No such user here"), "{refused}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said_to_be() {
    let mut inbox = Inbox::open(&json!({})).await;
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    inbox.port = port.local_addr().unwrap().port();
    drop(port);
    let sent = server(&inbox, Security::Plain).send(&letter()).await;
    assert_eq!(problem(sent), MailProblem::Unreachable);
}
