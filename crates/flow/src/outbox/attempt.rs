//! One attempt, and what it means for its jobs.

use std::sync::Arc;
use std::time::Duration;

use linecard_crm::{Advice, AdviceCode, Crm, Failure, Words};
use linecard_store::{ConnectionId, Job, StoreError};

use super::gate::Told;
use super::kinds::{self, At, Undone, Why};
use super::verdict::{Verdict, after};
use crate::flow::Shared;

/// How long one attempt may take; then the answers it still waits for count as lost.
pub(super) const PATIENCE: Duration = Duration::from_secs(40);

/// Jobs of one kind and one connection, to be attempted together.
pub(super) struct Attempt {
    pub(super) shared: Arc<Shared>,
    pub(super) connection: ConnectionId,
    pub(super) crm: Arc<dyn Crm>,
    pub(super) jobs: Vec<Job>,
}

impl Attempt {
    /// Makes the attempt and keeps what came of it. When that cannot be kept, the leases lapse and
    /// the jobs come back as ones whose answer was lost.
    pub(super) async fn make(self) -> Told {
        let undone = match tokio::time::timeout(PATIENCE, self.carry_out()).await {
            Ok(Ok(undone)) => undone,
            Ok(Err(error)) => {
                tracing::error!(%error, "an attempt could not be kept");
                return Told::Nothing;
            }
            Err(_) => self.lost(),
        };
        let told = told(self.jobs.len(), &undone);
        if let Err(error) = self.keep(undone, told).await {
            tracing::error!(%error, "what became of an attempt could not be kept");
        }
        told
    }

    async fn carry_out(&self) -> Result<Vec<Undone>, StoreError> {
        let at = At {
            shared: &self.shared,
            connection: self.connection,
            crm: self.crm.as_ref(),
        };
        match self.jobs.first().and_then(|job| kinds::named(&job.kind)) {
            Some(kind) => kind.attempt(&at, &self.jobs).await,
            None => Ok(Vec::new()),
        }
    }

    /// Nothing came of the attempt in time: what was asked for may have happened.
    fn lost(&self) -> Vec<Undone> {
        let lost = Failure::unknown(Advice::no_answer(PATIENCE));
        let jobs = self.jobs.iter();
        jobs.map(|job| Undone::failed(job, lost.clone())).collect()
    }

    async fn keep(&self, undone: Vec<Undone>, told: Told) -> Result<(), StoreError> {
        let connections = &self.shared.connections;
        if let Some(failure) = undone.iter().find_map(needs_person) {
            connections.needs_person(self.connection, failure).await?;
        } else if told == Told::Works {
            connections.works(self.connection).await?;
        } else if let Some(failure) = undone.iter().find_map(own_failure) {
            connections.heard(self.connection, Some(failure));
        }
        let now = self.shared.clock.now();
        let mut unit = self.shared.store.begin().await?;
        let mut parked = false;
        for Undone {
            job,
            why,
            answer_lost,
        } in undone
        {
            let failure = match why {
                Why::Failed(failure) => failure,
                Why::Elsewhere(failure) => {
                    Failure::retry(Words::from(failure.words()).advising(AdviceCode::AnotherCrm))
                }
                Why::Unreached => {
                    unit.jobs().give_back(&job, answer_lost).await?;
                    continue;
                }
            };
            tracing::info!(job = %job.id, attempt = job.attempt, %failure, "not done yet");
            let settles = self.crm.settles_after();
            let verdict = after(failure, job.attempt, answer_lost, now, settles, self.dice());
            match verdict {
                Verdict::Again {
                    at,
                    words,
                    answer_lost,
                } => {
                    unit.jobs().retry(&job, at, &words, answer_lost).await?;
                }
                Verdict::Park { words } => {
                    if unit.jobs().park(&job, &words).await?
                        && let Some(kind) = kinds::named(&job.kind)
                    {
                        kind.parked(&mut unit, &job, &words).await?;
                        parked = true;
                    }
                }
                Verdict::WaitForPerson { words, answer_lost } => {
                    // The worker knows better than the store whether it may have been done.
                    unit.jobs().retry(&job, now, &words, answer_lost).await?;
                }
            }
        }
        unit.commit().await?;
        if parked {
            self.shared.webhooks.wake.notify_one();
        }
        Ok(())
    }

    fn dice(&self) -> u8 {
        let mut dice = [0];
        self.shared.entropy.fill(&mut dice);
        dice[0]
    }
}

fn needs_person(undone: &Undone) -> Option<&Failure> {
    own_failure(undone).filter(|failure| matches!(failure, Failure::NeedsPerson { .. }))
}

/// What failed at this connection, not at another one that was asked.
fn own_failure(undone: &Undone) -> Option<&Failure> {
    match &undone.why {
        Why::Failed(failure) => Some(failure),
        _ => None,
    }
}

/// What became of `jobs` jobs tells about the CRM: whatever it did or refused, it works.
fn told(jobs: usize, undone: &[Undone]) -> Told {
    let mut told = Told::Nothing;
    for Undone { why, .. } in undone {
        let Why::Failed(failure) = why else { continue };
        match failure {
            Failure::Refused { .. } => return Told::Works,
            Failure::Throttled { until, .. } => told = Told::LeaveAlone(*until),
            Failure::Retry { .. } | Failure::Unknown { .. } if told == Told::Nothing => {
                told = Told::Fails;
            }
            Failure::Retry { .. } | Failure::Unknown { .. } | Failure::NeedsPerson { .. } => {}
        }
    }
    if undone.len() < jobs {
        Told::Works
    } else {
        told
    }
}
