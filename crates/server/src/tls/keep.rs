//! Keeps the certificate up to date while the program runs.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use linecard_flow::{Certificate, Flow};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::authority::{Authority, RENEW_DAYS, subject};
use super::error::TlsError;
use super::files::Files;
use super::served::Served;
use super::{Tls, TlsSettings};

/// How often to look whether the files, the names or the authority are others.
const EVERY: Duration = Duration::from_secs(5);

/// Asks for another look at the certificate now.
#[derive(Debug, Clone, Default)]
pub struct Reload(Arc<Notify>);

impl Reload {
    /// Looks now, and not at the next turn.
    pub fn now(&self) {
        self.0.notify_one();
    }
}

/// Where certificates come from.
#[derive(Debug, Clone)]
enum Source {
    Files(Files),
    Authority {
        home: Url,
        /// Beside those of the home addresses.
        names: Vec<String>,
    },
}

/// Looks after the certificate that is shown.
#[derive(Debug)]
pub(crate) struct Keeper {
    tls: Arc<Tls>,
    source: Source,
    refused: Option<(Timestamp, String)>,
}

impl Keeper {
    /// Takes the first certificate; without one there is nothing to listen with.
    pub(crate) async fn open(
        settings: TlsSettings,
        home: &Url,
        flow: &Flow,
    ) -> Result<Self, TlsError> {
        let source = match settings {
            TlsSettings::Files { certificate, key } => Source::Files(Files { certificate, key }),
            TlsSettings::Authority { names } => Source::Authority {
                home: home.clone(),
                names,
            },
        };
        let first = source.take(flow, None).await?;
        let Some(first) = first else {
            return Err(TlsError::Library("there is no certificate".to_owned()));
        };
        let keeper = Self {
            tls: Arc::new(Tls::new(first)),
            source,
            refused: None,
        };
        keeper.tell(flow);
        Ok(keeper)
    }

    pub(crate) fn tls(&self) -> &Arc<Tls> {
        &self.tls
    }

    /// Looks again and again, and whenever it is asked to, until `stopping`.
    pub(crate) async fn run(mut self, flow: Flow, reload: Reload, stopping: CancellationToken) {
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                () = reload.0.notified() => {}
                () = tokio::time::sleep(EVERY) => {}
            }
            self.look(&flow).await;
            self.tell(&flow);
        }
    }

    async fn look(&mut self, flow: &Flow) {
        let shown = self.tls.now();
        match self.source.take(flow, Some(&*shown)).await {
            Ok(None) => self.refused = None,
            Ok(Some(newer)) => {
                let (place, until) = (newer.place.clone(), newer.until);
                self.tls.show(newer);
                self.refused = None;
                tracing::info!(%place, %until, "a newer certificate is shown from now on");
            }
            Err(error) => {
                let words = error.to_string();
                let is_told = self
                    .refused
                    .as_ref()
                    .is_some_and(|(_, told)| *told == words);
                if !is_told {
                    let until = shown.until;
                    tracing::error!(%error, %until, "the certificate before it stays");
                    self.refused = Some((flow.clock().now(), words));
                }
            }
        }
    }

    fn tell(&self, flow: &Flow) {
        let shown = self.tls.now();
        flow.put_certificate(Certificate {
            place: shown.place.clone(),
            until: shown.until,
            own_authority: matches!(self.source, Source::Authority { .. }),
            refused: self.refused.clone(),
        });
    }
}

impl Source {
    /// The certificate to be shown from now on; `None`: the one that is shown is still the one.
    async fn take(&self, flow: &Flow, shown: Option<&Served>) -> Result<Option<Served>, TlsError> {
        let now = flow.clock().now();
        match self {
            Self::Files(files) => {
                let files = files.clone();
                let read = tokio::task::spawn_blocking(move || (files.read(), files));
                let (read, files) = read
                    .await
                    .map_err(|error| TlsError::Library(error.to_string()))?;
                let read = read?;
                let Some(shown) = shown else {
                    return Ok(Some(read));
                };
                if read.made_from == shown.made_from {
                    return Ok(None);
                }
                if read.until <= now {
                    let (path, at) = (files.certificate, read.until);
                    return Err(TlsError::Ended { path, at });
                }
                Ok(Some(read))
            }
            Self::Authority { home, names } => {
                let host = home.host_str().unwrap_or_default();
                let authority = Authority::open_or_make(flow.store(), host, now).await?;
                let names = subjects(home, flow, names).await?;
                let is_same = |shown: &Served| shown.made_from == authority.fingerprint(&names);
                let lasts = |shown: &Served| {
                    let renew = SignedDuration::from_hours(24 * RENEW_DAYS);
                    shown.until.duration_since(now) > renew
                };
                if shown.is_some_and(|shown| is_same(shown) && lasts(shown)) {
                    return Ok(None);
                }
                authority.issue(&names, now).map(Some)
            }
        }
    }
}

/// The names that a certificate of the authority is for.
async fn subjects(home: &Url, flow: &Flow, more: &[String]) -> Result<BTreeSet<String>, TlsError> {
    let addresses = flow.organisation().await?.home_addresses;
    let hosts = addresses.iter().chain([home]).filter_map(Url::host);
    let mut names: BTreeSet<String> = hosts.map(|host| subject(&host)).collect();
    names.extend(more.iter().cloned());
    Ok(names)
}
