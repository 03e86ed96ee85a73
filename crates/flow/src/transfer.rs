//! Passing a call on without asking first (a blind transfer).
//!
//! The server does it, so that it works for desk phones and for softphones alike, and so that the
//! guards against toll fraud and the audit log see it as they see a call that is placed.

use jiff::SignedDuration;
use linecard_number::Extension;
use linecard_pbx::CommandError;
use linecard_rules::dial::Refusal;
use linecard_store::{AccountId, AuditKind, StoreError};

use crate::dial::{AuditLine, command_word, target};
use crate::{CallRef, Flow};

/// A call that an agent passes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferRequest {
    /// Who asks.
    pub account: AccountId,
    /// The extension of who asks: whose part in the call ends.
    pub extension: Extension,
    /// Which call.
    pub call: CallRef,
    /// What was typed: a number as people write it, or an extension.
    pub number: String,
}

/// Why a call was not passed on.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// This number is not called from here.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Too many calls in a short time.
    #[error("too many calls were asked for; the next one may be in {} s", .0.as_secs().max(1))]
    TooMany(SignedDuration),
    /// The phone system did not do it.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// It could not be written down, so it was not done.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Flow {
    /// Passes a call on: whoever talks with the agent is sent to the number. Comes back when the
    /// phone system has done it; whether somebody answers there, the call's journal tells.
    pub async fn transfer(&self, request: TransferRequest) -> Result<(), TransferError> {
        let shared = self.shared();
        let now = shared.clock.now();
        let allowance = &shared.dials.allowance;
        allowance
            .take(request.account, now)
            .map_err(TransferError::TooMany)?;
        let directory = shared.directories.newest();
        let line = AuditLine {
            kind: AuditKind::Transfer,
            account: request.account,
            extension: &request.extension,
        };
        let (call, typed) = (Some(&request.call), &request.number);
        let callee = line
            .callee::<TransferError>(shared, &directory, call, typed)
            .await?;
        let entry = line.begin(shared, &callee, &request.call).await?;
        let to = target(&callee, &directory);
        let done = self
            .phone_systems()
            .transfer(&request.call, &request.extension, &to)
            .await;
        let word = done.as_ref().err().map_or("done", command_word);
        tracing::info!(extension = %request.extension, word, "a call was passed on by a click");
        AuditLine::complete(shared, entry, word).await?;
        Ok(done?)
    }
}
