//! Whether people and CRMs reach this Linecard at its home address (A21): the name resolves, the
//! connection is encrypted with a certificate that is valid, and who answers is this very program.
//!
//! A CRM sends the browser back to that address when consent is given, so OAuth needs all of it. It
//! is looked at when the program has started, once a day, and whenever an admin asks.

mod wire;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, MissedTickBehavior};
use url::{Host, Url};

use crate::state::App;
use crate::tls::kept_certificate;

/// How soon after the start it is looked at first: what stands before Linecard may start, too.
const AFTER_START: Duration = Duration::from_secs(20);
/// How often.
const EVERY: Duration = Duration::from_hours(24);
/// A certificate that is valid no longer than this is told of.
const SOON_DAYS: i64 = 14;

/// What a look at a home address showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checked {
    /// The address.
    pub(crate) address: Url,
    /// When.
    pub(crate) at: Timestamp,
    /// What came of it.
    pub(crate) finding: Finding,
    /// Until when the certificate is valid, where there is one and it is.
    pub(crate) certificate_until: Option<Timestamp>,
    /// What the machine or the other side said of it.
    pub(crate) words: Option<String>,
}

/// What a look at a home address can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finding {
    /// All is well.
    Good,
    /// All is well, and the certificate ends soon.
    EndsSoon,
    /// It is an address of this machine, without encryption: good for a trial on it.
    ThisMachine,
    /// It is without encryption.
    NotEncrypted,
    /// It has no name: no public authority certifies it, and CRMs do not take it.
    NoName,
    /// The name does not lead anywhere.
    NotResolved,
    /// Nothing answers there.
    Unreachable,
    /// What answers does not speak TLS.
    NoTls,
    /// The certificate has ended.
    Expired,
    /// The certificate is not valid yet, or this machine's clock is wrong.
    NotYetValid,
    /// The certificate is another name's.
    OtherName,
    /// Nobody whom this machine trusts made the certificate.
    Untrusted,
    /// The certificate cannot be used for another reason.
    BadCertificate,
    /// Something else answers there, not this Linecard.
    SomethingElse,
}

impl Finding {
    /// Whether somebody has to act.
    pub(crate) fn needs_person(self) -> bool {
        !matches!(self, Self::Good | Self::ThisMachine)
    }
}

/// What was found last, and the questions that are on their way.
#[derive(Debug, Default)]
pub(crate) struct HomeChecks {
    last: Mutex<Vec<Checked>>,
    asked: Mutex<HashMap<String, String>>,
}

impl HomeChecks {
    /// What was found last, in the order of the addresses; empty before the first look.
    pub(crate) fn last(&self) -> Vec<Checked> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.clone()
    }

    /// What this program answers to a question of its own; nobody else knows it.
    pub(crate) fn answer(&self, question: &str) -> Option<String> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.get(question).cloned()
    }

    fn ask(&self, question: String, answer: String) -> Asked<'_> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.insert(question.clone(), answer);
        Asked {
            checks: self,
            question,
        }
    }
}

/// A question that is on its way; it is forgotten when this is dropped.
struct Asked<'a> {
    checks: &'a HomeChecks,
    question: String,
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        let asked = &self.checks.asked;
        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.remove(&self.question);
    }
}

/// Looks at the addresses after the start and once a day, until the program stops.
pub(crate) async fn run(app: App) {
    tokio::select! {
        () = app.stopping.cancelled() => {}
        () = watch(&app) => {}
    }
}

async fn watch(app: &App) {
    let mut times = tokio::time::interval_at(Instant::now() + AFTER_START, EVERY);
    times.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        times.tick().await;
        for checked in look(app).await {
            if checked.finding.needs_person() {
                let (address, finding) = (&checked.address, checked.finding);
                tracing::warn!(%address, ?finding, words = checked.words, "home address");
            }
        }
    }
}

/// Looks at every home address now.
pub(crate) async fn look(app: &App) -> Vec<Checked> {
    let addresses = match app.flow.organisation().await {
        Ok(organisation) => organisation.home_addresses,
        Err(error) => {
            tracing::error!(%error, "the home addresses cannot be read");
            return app.home_checks.last();
        }
    };
    let mut found = Vec::with_capacity(addresses.len());
    for address in addresses {
        found.push(look_at(app, address).await);
    }
    let mut last = app
        .home_checks
        .last
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    last.clone_from(&found);
    found
}

async fn look_at(app: &App, address: Url) -> Checked {
    let now = app.flow.clock().now();
    let told = |finding, certificate_until, words| Checked {
        address: address.clone(),
        at: now,
        finding,
        certificate_until,
        words,
    };
    if let Some(finding) = by_itself(&address) {
        return told(finding, None, None);
    }
    let own_authority = match own_authority(app).await {
        Ok(own_authority) => own_authority,
        Err(error) => {
            tracing::error!(%error, "the own certificate authority cannot be read");
            None
        }
    };
    let entropy = app.flow.entropy();
    let (question, answer) = (entropy.token(), entropy.token());
    let asked = app.home_checks.ask(question, answer.clone());
    match wire::ask(&address, &asked.question, own_authority.as_deref()).await {
        Err(failure) => told(failure.finding, None, Some(failure.words)),
        Ok(heard) => {
            let until = heard.certificate_until;
            let finding = if heard.body.trim() == answer {
                judge(until, now)
            } else {
                Finding::SomethingElse
            };
            told(finding, until, None)
        }
    }
}

/// What the company's machines trust beside the public authorities.
async fn own_authority(app: &App) -> Result<Option<String>, linecard_store::StoreError> {
    let mut work = app.flow.store().read().await?;
    kept_certificate(&mut work).await
}

/// What the address says by itself; `None`: one has to go there.
fn by_itself(address: &Url) -> Option<Finding> {
    let this_machine = match address.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(number)) => number.is_loopback(),
        Some(Host::Ipv6(number)) => number.is_loopback(),
        None => false,
    };
    match (address.scheme(), address.host()) {
        ("https", Some(Host::Domain(_))) => None,
        ("https", _) => Some(Finding::NoName),
        _ if this_machine => Some(Finding::ThisMachine),
        _ => Some(Finding::NotEncrypted),
    }
}

/// A valid certificate and the right answer; how long will it be so?
fn judge(certificate_until: Option<Timestamp>, now: Timestamp) -> Finding {
    let soon = jiff::SignedDuration::from_hours(24 * SOON_DAYS);
    let ends_soon = certificate_until.is_some_and(|until| until.duration_since(now) < soon);
    if ends_soon {
        Finding::EndsSoon
    } else {
        Finding::Good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Option<Finding> {
        by_itself(&Url::parse(address).unwrap())
    }

    #[test]
    fn a21_an_address_without_a_name_or_encryption_is_told_without_going_there() {
        assert_eq!(of("https://linecard.example"), None);
        assert_eq!(of("https://192.0.2.7"), Some(Finding::NoName));
        assert_eq!(of("http://linecard.example"), Some(Finding::NotEncrypted));
        assert_eq!(of("http://192.168.1.5:8080"), Some(Finding::NotEncrypted));
        for here in ["http://127.0.0.1:8080", "http://localhost", "http://[::1]"] {
            assert_eq!(of(here), Some(Finding::ThisMachine), "{here}");
        }
    }

    #[test]
    fn a21_a_certificate_that_ends_within_two_weeks_is_told_of() {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let until = |text: &str| Some(text.parse().unwrap());
        assert_eq!(judge(until("2026-01-15T00:00:00Z"), now), Finding::Good);
        assert_eq!(judge(until("2026-01-14T23:59:59Z"), now), Finding::EndsSoon);
        assert_eq!(judge(None, now), Finding::Good);
    }

    #[test]
    fn a21_a_question_is_answered_while_it_is_on_its_way_only() {
        let checks = HomeChecks::default();
        let asked = checks.ask("who?".to_owned(), "me".to_owned());
        assert_eq!(checks.answer("who?").as_deref(), Some("me"));
        assert_eq!(checks.answer("what?"), None);
        drop(asked);
        assert_eq!(checks.answer("who?"), None);
    }
}
