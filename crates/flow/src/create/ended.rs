//! Catches up with a call that ended before its record could be created: the CRM was down, or the
//! caller gave up within a second.

use jiff::Timestamp;
use linecard_call::Call;
use linecard_crm::{AdviceCode, Failure};

use super::attempt::{Step, step};
use super::automatic::{Plan, plan};
use super::{Error, Made};
use crate::connections::Unasked;
use crate::directory::Directory;
use crate::flow::Shared;

/// Whether an ended call whose outside party no CRM knows still is to create a record, so that its
/// entry has to wait for that.
pub(crate) fn is_due(directory: &Directory, call: &Call, now: Timestamp) -> bool {
    matches!(plan(directory, call, now), Plan::Create(_))
}

/// Creates the record for the outside party of an ended call that no CRM knows; `None` when none
/// is to be created, or its CRM will not take it. One attempt: a failure says when to try again.
pub(crate) async fn for_ended(shared: &Shared, call: &Call) -> Result<Option<Made>, Unasked> {
    let directory = shared.directories.newest();
    let Plan::Create(wish) = plan(&directory, call, shared.clock.now()) else {
        return Ok(None);
    };
    let connection = wish.connection;
    let failure = match step(shared, &wish.creation(shared)).await {
        Ok(Step::Made(made)) => return Ok(Some(*made)),
        Err(Error::Crm(Failure::Refused { words })) => {
            tracing::info!(%words, "the CRM does not take a record for an unknown number");
            return Ok(None);
        }
        Ok(Step::Later(at)) => Failure::Retry {
            after: at.duration_since(shared.clock.now()).try_into().ok(),
            words: AdviceCode::BeingCreated.into(),
        },
        Err(Error::Crm(failure)) => failure,
        Err(Error::Store(error)) => Failure::retry(error.to_string()),
    };
    Err(Unasked {
        connection,
        failure,
    })
}
