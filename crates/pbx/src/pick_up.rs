//! Fetching a call that rings at the desk phone to the softphone beside it.

use crate::DialFailure;

/// Why a ringing call did not come to the softphone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PickUpFailure {
    /// It does not ring there any more: the caller gave up, or it was answered, by the agent at the
    /// desk phone or by somebody else.
    #[error("the call is over, or somebody has answered it")]
    Gone,
    /// The softphone was not rung, or did not answer.
    #[error(transparent)]
    Softphone(#[from] DialFailure),
}
