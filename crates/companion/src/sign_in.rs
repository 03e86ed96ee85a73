//! Signs the agent in: the server's page in the browser, its answer at a port of this machine, tokens.

use std::time::Duration;

use linecard_clock::{Clock, Entropy};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use url::Url;

use crate::callback::{self, Answer};
use crate::oauth::{OAuth, Tokens};
use crate::proof::Proof;
use crate::{Error, Language, browser};

/// How long a person may take: for the page, a password, a second factor.
const ANSWERED_WITHIN: Duration = Duration::from_mins(10);
/// How long a request may take. Browsers open connections to have them, too.
const REQUEST_WITHIN: Duration = Duration::from_secs(10);
/// The longest request that is read, in bytes.
const LONGEST_REQUEST: usize = 16 * 1024;
/// How many requests are read at a time.
const REQUESTS: usize = 16;

/// What a sign-in needs.
pub(crate) struct SignIn<'a> {
    pub(crate) oauth: &'a OAuth,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) entropy: &'a dyn Entropy,
    pub(crate) language: Language,
    pub(crate) tell: &'a (dyn Fn(&str) + Send + Sync),
}

impl SignIn<'_> {
    /// Asks the agent, and exchanges the answer.
    pub(crate) async fn tokens(&self) -> Result<Tokens, Error> {
        let listener = TcpListener::bind("127.0.0.1:0").await;
        let listener = listener.map_err(Error::Port)?;
        let port = listener.local_addr().map_err(Error::Port)?.port();
        let redirect = format!("http://127.0.0.1:{port}{}", callback::PATH);
        let (proof, state) = (Proof::new(self.entropy), self.entropy.token());
        let page = consent(&self.oauth.server, &redirect, &proof, &state);
        (self.tell)(&self.language.sign_in_here(&page));
        if let Err(problem) = browser::open(page).await {
            (self.tell)(&self.language.not_opened(&problem));
        }
        let answered = tokio::time::timeout(ANSWERED_WITHIN, self.answer(&listener, &state));
        let (browser, answer) = answered.await.map_err(|_| Error::TooLate)??;
        let tokens = match answer {
            Answer::Denied => Err(Error::Denied),
            Answer::Code(code) => {
                let now = self.clock.now();
                self.oauth.exchange(&code, &proof, &redirect, now).await
            }
        };
        match &tokens {
            Ok(_) => {
                self.answer_with(browser, "200 OK", self.language.done())
                    .await;
            }
            Err(error) => {
                let words = error.told(self.language);
                self.answer_with(browser, "403 Forbidden", &words).await;
            }
        }
        tokens
    }

    /// The agent's answer, and who waits for a page. Everybody else is sent away.
    async fn answer(
        &self,
        listener: &TcpListener,
        state: &str,
    ) -> Result<(TcpStream, Answer), Error> {
        let mut requests = JoinSet::new();
        loop {
            tokio::select! {
                came = listener.accept(), if requests.len() < REQUESTS => {
                    let (stream, _) = came.map_err(Error::Port)?;
                    requests.spawn(first_line(stream));
                }
                Some(read) = requests.join_next() => {
                    let Ok(Some((stream, line))) = read else { continue };
                    if let Some(answer) = callback::read(&line, state) {
                        return Ok((stream, answer));
                    }
                    let words = self.language.not_for_you();
                    self.answer_with(stream, "404 Not Found", words).await;
                }
            }
        }
    }

    /// A browser that has gone by then misses nothing but the words.
    async fn answer_with(&self, mut browser: TcpStream, status: &str, words: &str) {
        let page = callback::page(status, self.language, words);
        let written = async {
            browser.write_all(page.as_bytes()).await?;
            browser.shutdown().await
        };
        let _ = tokio::time::timeout(REQUEST_WITHIN, written).await;
    }
}

/// The server's page that asks the agent (RFC 6749, 4.1.1; RFC 7636, 4.3).
fn consent(server: &Url, redirect: &str, proof: &Proof, state: &str) -> Url {
    let mut page = server.clone();
    page.set_path("/authorize");
    page.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", "companion")
        .append_pair("redirect_uri", redirect)
        .append_pair("code_challenge", &proof.challenge())
        .append_pair("code_challenge_method", "S256")
        .append_pair("state", state);
    page
}

/// Reads a whole request, so that the answer is not cut off by a reset; `None`: none came.
async fn first_line(mut stream: TcpStream) -> Option<(TcpStream, String)> {
    let reading = async {
        let mut request = Vec::new();
        while !request.windows(4).any(|end| end == b"\r\n\r\n") {
            if request.len() > LONGEST_REQUEST || stream.read_buf(&mut request).await.ok()? == 0 {
                return None;
            }
        }
        let line = request.split(|byte| *byte == b'\r').next()?;
        String::from_utf8(line.to_vec()).ok()
    };
    let line = tokio::time::timeout(REQUEST_WITHIN, reading).await.ok()??;
    Some((stream, line))
}
