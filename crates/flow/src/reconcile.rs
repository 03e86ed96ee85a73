//! Calls that ended while nobody listened, out of the phone system's own records (X15).
//!
//! For each phone system the store knows up to when every call that ended is kept. When its link
//! comes up, the records are asked for the time since, and what is missing goes into the journal
//! as any other call does, but without cards and pages. Only then does that time go on.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use linecard_pbx::{Past, Pbx, Problem, ProblemKind, RecordsError};
use linecard_store::{PhoneSystemId, StoreError};

use crate::CallRef;
use crate::answers::Answers;
use crate::flow::Shared;
use crate::journal::{EndedCall, Line};
use crate::organisation::{Organisation, SETTING};

/// How far back a phone system is asked at most.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The phone system's clock and ours may differ by so much. What was kept already is found out
/// by its id.
const MARGIN: SignedDuration = SignedDuration::from_mins(10);
/// Some phone systems write their records in batches: Asterisk every five minutes, with `batch`
/// in `cdr.conf`. So they are looked at a second time.
const SECOND_LOOK: Duration = Duration::from_mins(10);
/// How soon records that could not be read are tried again.
const RETRY: Duration = Duration::from_mins(3);
/// How often it is noted that everything was heard.
const NOTE: Duration = Duration::from_mins(1);

/// Works from a link's coming up, its picture of what is alive included, until it is aborted
/// because the link went down.
pub(crate) async fn run(shared: Arc<Shared>, phone_system: PhoneSystemId, pbx: Arc<dyn Pbx>) {
    let reconcile = Reconcile {
        shared,
        phone_system,
        pbx,
    };
    if reconcile.look().await {
        tokio::time::sleep(SECOND_LOOK).await;
        reconcile.look().await;
    }
    while reconcile.note().await {
        tokio::time::sleep(NOTE).await;
    }
}

struct Reconcile {
    shared: Arc<Shared>,
    phone_system: PhoneSystemId,
    pbx: Arc<dyn Pbx>,
}

/// Why the records were not worked through.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Records(#[from] RecordsError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Reconcile {
    /// Works the records through, again and again until it can. `false`: there is nothing to
    /// look for.
    async fn look(&self) -> bool {
        loop {
            match self.work_through().await {
                Ok(looked) => {
                    self.shared
                        .links
                        .settle(self.phone_system, ProblemKind::Records);
                    return looked;
                }
                Err(Failure::Records(RecordsError::NotSetUp)) => return false,
                Err(failure) => {
                    tracing::warn!(%failure, "the call records cannot be read; trying again");
                    let problem = Problem {
                        kind: ProblemKind::Records,
                        words: failure.to_string(),
                    };
                    self.shared.links.notice(self.phone_system, problem);
                }
            }
            tokio::time::sleep(RETRY).await;
        }
    }

    async fn work_through(&self) -> Result<bool, Failure> {
        let Some(mut past) = self.unheard().await? else {
            return Ok(false);
        };
        while past.since < past.until {
            let told = self.pbx.records(&past).await?;
            for call in told.calls {
                let at = CallRef {
                    phone_system: self.phone_system,
                    call: call.id.clone(),
                };
                // What lives is followed, and ends by itself.
                if self.shared.live.has(&at) {
                    continue;
                }
                let ended = EndedCall {
                    phone_system: self.phone_system,
                    call,
                    found: Answers::default(),
                    reconciled: true,
                };
                self.tell(Line::Ended(Box::new(ended))).await;
            }
            if told.until <= past.since {
                break;
            }
            past.since = told.until;
        }
        Ok(true)
    }

    /// The part of the past that nobody heard; `None` before the first link.
    async fn unheard(&self) -> Result<Option<Past>, StoreError> {
        let mut unit = self.shared.store.read().await?;
        let Some(heard) = unit.phone_systems().heard(self.phone_system).await? else {
            return Ok(None);
        };
        let organisation = unit.settings().get::<Organisation>(SETTING).await?;
        let organisation = organisation.unwrap_or_else(Organisation::before_set_up);
        let now = self.shared.clock.now();
        let back = |from: Timestamp, by| from.checked_sub(by).unwrap_or(Timestamp::MIN);
        Ok(Some(Past {
            since: back(heard.until, MARGIN)
                .max(heard.since)
                .max(back(now, LONGEST)),
            until: now,
            zone: organisation.zone(),
        }))
    }

    /// Notes up to when everything was heard: until now, but a call that lives may still be
    /// lost. `false`: nobody keeps it any more.
    async fn note(&self) -> bool {
        let now = self.shared.clock.now();
        let oldest = self.shared.live.oldest(self.phone_system);
        self.tell(Line::Heard {
            phone_system: self.phone_system,
            until: oldest.map_or(now, |oldest| oldest.min(now)),
        })
        .await
    }

    async fn tell(&self, line: Line) -> bool {
        self.shared.journal.send(line).await.is_ok()
    }
}
