//! The admin, who has Linecard's Console open and does what it asks for: signs in again, looks
//! whether a CRM works again, has refused entries tried again.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use linecard_store::{ConnectionId, Store};
use serde_json::Value;
use ureq::http::Response;
use ureq::{Agent, Body};

use super::stand::{Consent, Stand};
use crate::company::{self, ADMIN};

/// How often the admin looks.
const LOOKS: Duration = Duration::from_secs(1);
/// When nothing was written for so long although something waits, the admin signs in again.
const STUCK: Duration = Duration::from_secs(6);
/// Whether a CRM works again is looked at so often before the admin signs in again.
const PROBES: u32 = 3;
/// Longer than any request to Linecard takes that is alive.
const PATIENCE: Duration = Duration::from_secs(20);
/// The password of every user of the stand-ins.
const PASSWORD: &str = "stand-in";

/// The admin.
pub(super) struct Admin {
    port: u16,
    store: Store,
    crms: Vec<Crm>,
    seen: Mutex<HashMap<&'static str, Seen>>,
}

/// A CRM, as the admin knows it.
struct Crm {
    kind: &'static str,
    connection: ConnectionId,
    consent: Consent,
}

/// What the admin remembers of one.
#[derive(Debug, Clone, Copy)]
struct Seen {
    written: u64,
    since: Instant,
    probes: u32,
    acts: Acts,
}

/// What the admin did.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Acts {
    /// Signed in again.
    pub(super) sign_ins: usize,
    /// Looked whether it works again.
    pub(super) probes: usize,
    /// Had refused entries tried again.
    pub(super) replays: usize,
}

impl Admin {
    pub(super) fn new(
        port: u16,
        store: Store,
        stands: &[Box<dyn Stand>],
        connections: &[ConnectionId],
    ) -> Self {
        let crms = stands.iter().zip(connections);
        let crms = crms.map(|(stand, connection)| Crm {
            kind: stand.kind(),
            connection: *connection,
            consent: stand.consent(),
        });
        Self {
            port,
            store,
            crms: crms.collect(),
            seen: Mutex::default(),
        }
    }

    /// What the admin did so far.
    pub(super) fn acts(&self) -> Acts {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = Acts::default();
        for seen in seen.values() {
            all.sign_ins += seen.acts.sign_ins;
            all.probes += seen.acts.probes;
            all.replays += seen.acts.replays;
        }
        all
    }

    /// Signs in to every CRM. Their consent pages refuse at first, which must change nothing.
    pub(super) fn signs_in_everywhere(&self) -> anyhow::Result<()> {
        for crm in &self.crms {
            if matches!(crm.consent, Consent::Pages { .. }) {
                self.picks_home_address(crm)?;
                ensure!(!self.signs_in(crm)?, "{} did not refuse consent", crm.kind);
            }
            ensure!(self.signs_in(crm)?, "cannot sign in to {}", crm.kind);
        }
        Ok(())
    }

    /// Saves the CRM's settings as they are, with the address that its page is to lead back to.
    fn picks_home_address(&self, crm: &Crm) -> anyhow::Result<()> {
        let path = format!("/crm/{}", crm.kind);
        let shown = self.get(&path)?;
        let url = format!("http://127.0.0.1:{}/api/v1{path}", self.port);
        let request = browser().put(url).header("Cookie", cookie());
        let kept = ["settings", "home_address", "version"].map(|name| (name, shown.get(name)));
        let kept: HashMap<_, _> = kept.into_iter().collect();
        read(request.header("X-Linecard", "1").send_json(&kept)?).map(drop)
    }

    /// Looks after the CRMs for ever.
    pub(super) async fn looks_after_them(&self) {
        loop {
            tokio::time::sleep(LOOKS).await;
            for crm in &self.crms {
                // Linecard may just be down. It will be looked at again.
                let _ = self.tends(crm).await;
            }
        }
    }

    async fn tends(&self, crm: &Crm) -> anyhow::Result<()> {
        let mut unit = self.store.read().await?;
        let written = unit.entries().counts(crm.connection).await?.written;
        drop(unit);
        tokio::task::block_in_place(|| self.tends_at(crm, written))
    }

    fn tends_at(&self, crm: &Crm, written: u64) -> anyhow::Result<()> {
        let shown = self.get(&format!("/crm/{}", crm.kind))?;
        let count = |name: &str| shown.get(name).and_then(Value::as_u64).unwrap_or(0);
        if count("parked") > 0 {
            self.post("/outbox/replay")?;
            self.remember(crm, |seen| seen.acts.replays += 1);
        }
        let status = shown.get("status").and_then(Value::as_str);
        if status == Some("connected") {
            let stuck = self.remember(crm, |seen| {
                if seen.written != written || count("waiting") == 0 {
                    (seen.written, seen.since) = (written, Instant::now());
                }
                seen.probes = 0;
                seen.since.elapsed() > STUCK
            });
            return if stuck { self.helps(crm) } else { Ok(()) };
        }
        let what = shown.get("problem").and_then(|problem| problem.get("what"));
        let probes = self.remember(crm, |seen| seen.probes);
        if what.and_then(Value::as_str) == Some("sign_in") || probes >= PROBES {
            return self.helps(crm);
        }
        self.remember(crm, |seen| {
            seen.probes += 1;
            seen.acts.probes += 1;
        });
        self.post(&format!("/crm/{}/probe", crm.kind)).map(drop)
    }

    fn helps(&self, crm: &Crm) -> anyhow::Result<()> {
        self.remember(crm, |seen| {
            seen.since = Instant::now();
            seen.acts.sign_ins += 1;
        });
        self.signs_in(crm).map(drop)
    }

    /// Whether it worked.
    fn signs_in(&self, crm: &Crm) -> anyhow::Result<bool> {
        let Consent::Pages { sign_in, decide } = &crm.consent else {
            return Ok(self.post(&format!("/crm/{}/connect", crm.kind)).is_ok());
        };
        let page = self.post(&format!("/crm/{}/authorize", crm.kind))?;
        let page = page.get("url").and_then(Value::as_str);
        let browser = browser();
        let answer = browser.get(page.context("there is no page")?).call()?;
        let back = match location(&answer) {
            Some(back) => back,
            None => allows(&browser, answer, sign_in.as_deref(), decide)?,
        };
        let shown = browser.get(&back).header("Cookie", cookie()).call()?;
        ensure!(shown.status().is_success(), "the way back leads nowhere");
        let shown = self.get(&format!("/crm/{}", crm.kind))?;
        let last = shown.get("last_authorization");
        let ok = last.and_then(|last| last.get("ok")?.as_bool());
        ok.context("the sign-in was not noticed")
    }

    fn get(&self, path: &str) -> anyhow::Result<Value> {
        let url = format!("http://127.0.0.1:{}/api/v1{path}", self.port);
        read(browser().get(url).header("Cookie", cookie()).call()?)
    }

    fn post(&self, path: &str) -> anyhow::Result<Value> {
        let url = format!("http://127.0.0.1:{}/api/v1{path}", self.port);
        let request = browser().post(url).header("Cookie", cookie());
        read(request.header("X-Linecard", "1").send_empty()?)
    }

    fn remember<T>(&self, crm: &Crm, f: impl FnOnce(&mut Seen) -> T) -> T {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        f(seen.entry(crm.kind).or_insert_with(|| Seen {
            written: 0,
            since: Instant::now(),
            probes: 0,
            acts: Acts::default(),
        }))
    }
}

/// A browser in which nobody is signed in to a CRM. It follows no redirects.
fn browser() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(PATIENCE))
        .build()
        .into()
}

fn cookie() -> String {
    format!("linecard_session={}", company::admins_session())
}

/// Fills in the CRM's forms; where the browser is sent then.
fn allows(
    browser: &Agent,
    page: Response<Body>,
    sign_in: Option<&str>,
    decide: &str,
) -> anyhow::Result<String> {
    let page = text(page)?;
    let ticket = page.split_once("name=\"request\" value=\"");
    let ticket = ticket.and_then(|(_, rest)| rest.split_once('"'));
    let (ticket, _) = ticket.context("the CRM shows no form")?;
    if let Some(sign_in) = sign_in {
        let form = [
            ("request", ticket),
            ("username", ADMIN),
            ("password", PASSWORD),
        ];
        browser.post(sign_in).send_form(form)?;
    }
    let form = [("request", ticket), ("user", ADMIN), ("decision", "allow")];
    let allowed = browser.post(decide).send_form(form)?;
    location(&allowed).context("the CRM does not lead back")
}

fn location(answer: &Response<Body>) -> Option<String> {
    let location = answer.headers().get("location")?;
    location.to_str().ok().map(str::to_owned)
}

fn text(mut answer: Response<Body>) -> anyhow::Result<String> {
    Ok(answer.body_mut().read_to_string()?)
}

fn read(answer: Response<Body>) -> anyhow::Result<Value> {
    let status = answer.status();
    let text = text(answer)?;
    if !status.is_success() {
        bail!("Linecard answered {status}: {text}");
    }
    Ok(serde_json::from_str(&text).unwrap_or_default())
}
