//! What the browser brings back from the server's page: one request to a port of this machine
//! (RFC 8252, 7.3), and the page that answers it.

use secrecy::SecretString;
use url::Url;

use crate::words::{Language, escaped};

/// The path at which the answer is taken; the server knows it.
pub(crate) const PATH: &str = "/cb";

/// The agent's answer.
pub(crate) enum Answer {
    /// Tokens are had for this.
    Code(SecretString),
    /// The agent said no.
    Denied,
}

/// The answer in a request's first line; `None`: it is not the one that was waited for, whoever sent
/// it. Any page of any browser may knock here, but only the server's knows `state`.
pub(crate) fn read(line: &str, state: &str) -> Option<Answer> {
    let mut words = line.split_ascii_whitespace();
    let target = (words.next() == Some("GET")).then(|| words.next())??;
    let url = Url::parse("http://127.0.0.1").ok()?.join(target).ok()?;
    if url.host_str() != Some("127.0.0.1") || url.path() != PATH {
        return None;
    }
    let said = |name: &str| {
        let mut pairs = url.query_pairs();
        pairs.find(|(key, _)| key == name).map(|(_, value)| value)
    };
    if said("state")? != state {
        return None;
    }
    match said("code") {
        Some(code) => Some(Answer::Code(code.into_owned().into())),
        None => said("error").map(|_| Answer::Denied),
    }
}

/// A whole HTTP answer with a page that says these words.
pub(crate) fn page(status: &str, language: Language, words: &str) -> String {
    let lang = language.choose("en", "zh-CN");
    let words = escaped(words);
    let page = format!(
        "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>Linecard</title>\
         <main><h1>Linecard</h1><p>{words}</p></main></html>"
    );
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n\
         content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n\
         referrer-policy: no-referrer\r\ncache-control: no-store\r\nconnection: close\r\n\r\n{page}",
        page.len(),
    )
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    #[test]
    fn the_code_is_taken_with_the_right_state_only() {
        let Some(Answer::Code(code)) = read("GET /cb?code=c%201&state=s1 HTTP/1.1", "s1") else {
            panic!("no code");
        };
        assert_eq!(code.expose_secret(), "c 1");
        let refused = read("GET /cb?error=access_denied&state=s1 HTTP/1.1", "s1");
        assert!(matches!(refused, Some(Answer::Denied)));
        for foreign in [
            "GET /cb?code=c1&state=other HTTP/1.1",
            "GET /cb?code=c1 HTTP/1.1",
            "GET /cb?state=s1 HTTP/1.1",
            "POST /cb?code=c1&state=s1 HTTP/1.1",
            "GET /favicon.ico?code=c1&state=s1 HTTP/1.1",
            "GET //evil.example/cb?code=c1&state=s1 HTTP/1.1",
            "GET",
            "",
            "\u{0}\u{ffff}",
        ] {
            assert!(read(foreign, "s1").is_none(), "{foreign}");
        }
    }

    #[test]
    fn a_page_says_words_and_nothing_else() {
        let answer = page("200 OK", Language::Chinese, "<b>1 & 2</b>");
        assert!(answer.contains("&lt;b&gt;1 &amp; 2&lt;/b&gt;"), "{answer}");
        assert!(answer.contains("lang=\"zh-CN\""), "{answer}");
    }
}
