//! The companion behind a company's proxy, which is a small one on loopback.

use std::sync::{Arc, Mutex};

use futures_util::{SinkExt as _, StreamExt as _};
use http::HeaderValue;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::TcpListener;
use tokio_tungstenite::tungstenite::Message;

use super::*;
use crate::messages::{Down, Up};
use crate::oauth::OAuth;
use crate::socket::{Came, End, Socket};
use crate::{Error, Language, Proxies};

/// A name that leads nowhere but through the proxy.
const SERVER: &str = "http://linecard.invalid/";
const SECRET: &str = "Basic Z3JhY2U6aDBwcGVyIQ==";

/// A proxy; what it was asked stands in `asked`.
struct Company {
    proxy: HttpProxy,
    asked: Arc<Mutex<Vec<String>>>,
}

/// Leads everybody to the server at that port; `None`: refuses with `status`.
async fn company(status: &'static str, server: Option<u16>) -> Company {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                assert_ne!(near.read_buf(&mut head).await.unwrap(), 0);
            }
            seen.lock().unwrap().push(String::from_utf8(head).unwrap());
            let answer = format!("HTTP/1.1 {status}\r\n\r\n");
            near.write_all(answer.as_bytes()).await.unwrap();
            if let Some(port) = server {
                let mut far = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                tokio::spawn(async move { copy_bidirectional(&mut near, &mut far).await });
            }
        }
    });
    let mut authorization = HeaderValue::from_static(SECRET);
    authorization.set_sensitive(true);
    let proxy = HttpProxy {
        address: address.parse().unwrap(),
        authorization: Some(authorization),
    };
    Company { proxy, asked }
}

/// A server that answers each message with that a call rings no more.
async fn server() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
        while socket.next().await.is_some() {
            let over = r#"{"t":"incoming_over","call":"c1"}"#;
            socket.send(Message::text(over)).await.unwrap();
        }
    });
    port
}

#[tokio::test]
async fn d11_the_companion_talks_to_its_server_through_the_proxy() {
    let company = company("200 Connection established", Some(server().await)).await;
    let address = SERVER.parse().unwrap();
    let socket = Socket::connect(&address, Some(&company.proxy)).await;
    let mut socket = socket.ok().unwrap();
    socket.say(&Up::Ping).await.ok().unwrap();
    let Ok(Came::Message(message)) = socket.next().await else {
        panic!("nothing came through the proxy");
    };
    let call = "c1".to_owned();
    assert_eq!(*message, Down::IncomingOver { call });
    let asked = company.asked.lock().unwrap();
    let [head] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert!(
        head.starts_with("CONNECT linecard.invalid:80 HTTP/1.1\r\n"),
        "{head}"
    );
    assert!(head.contains(SECRET), "{head}");
}

/// What a person is told where the proxy answers so.
async fn told(status: &'static str, language: Language) -> String {
    let company = company(status, None).await;
    let address = SERVER.parse().unwrap();
    let refused = Socket::connect(&address, Some(&company.proxy)).await;
    let Err(End::Proxy(problem)) = refused.map(drop) else {
        panic!("{status}: the proxy was not asked");
    };
    let words = Error::Proxy(problem).told(language);
    assert!(!words.contains("Z3Jh"), "{words}");
    words
}

#[tokio::test]
async fn a_proxy_that_refuses_is_told_with_what_to_do() {
    let unknown = "407 Proxy Authentication Required";
    let words = told(unknown, Language::English).await;
    assert!(words.contains("wants a name and a password") && words.contains("https_proxy"));
    let words = told(unknown, Language::Chinese).await;
    assert!(
        words.contains("用户名和密码") && words.contains("407"),
        "{words}"
    );
    let forbidden = "403 Forbidden";
    let words = told(forbidden, Language::English).await;
    assert!(
        words.contains("403") && words.contains("no_proxy"),
        "{words}"
    );
    let words = told(forbidden, Language::Chinese).await;
    assert!(
        words.contains("403") && words.contains("代理管理员"),
        "{words}"
    );
}

#[tokio::test]
async fn the_sign_in_goes_through_the_proxy_too_and_its_refusal_is_told() {
    let company = company("403 Forbidden", None).await;
    let named = company.proxy.address.to_string();
    let proxies = Proxies::of(|name| (name == "https_proxy").then(|| named.clone()));
    let server = "https://linecard.invalid/".parse().unwrap();
    let oauth = OAuth::new(server, &proxies).unwrap();
    let refused = oauth.revoke(&"token".to_owned().into()).await;
    assert!(
        matches!(
            refused,
            Err(Error::Proxy(ProxyError::Refused { status: 403, .. }))
        ),
        "{refused:?}"
    );
    let asked = company.asked.lock().unwrap();
    // By the client, and again for what the client does not tell.
    assert_eq!(asked.len(), 2);
    for head in asked.iter() {
        assert!(
            head.starts_with("CONNECT linecard.invalid:443 HTTP/1.1\r\n"),
            "{head}"
        );
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_or_speaks_something_else_is_told() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut gone = company("200", None).await.proxy;
    let port = nobody.local_addr().unwrap().port();
    gone.address.set_port(Some(port)).unwrap();
    drop(nobody);
    let strange = company("it is me\r\n\r\n", None).await.proxy;
    for proxy in [gone, strange] {
        let way = open(&proxy, &SERVER.parse().unwrap()).await;
        let Err(problem @ ProxyError::Unreachable { .. }) = way else {
            panic!("{way:?}");
        };
        let words = Error::Proxy(problem).told(Language::English);
        assert!(words.contains("cannot be reached"), "{words}");
    }
}
