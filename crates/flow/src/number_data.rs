//! Everything that is held about one number, wherever it is: shown, and erased (X17).
//!
//! The store is erased some rows at a time and looked through again until nothing is found. The
//! phonebooks in memory follow its transactions; what else is held in memory is forgotten here.
//! Nothing is deleted in a CRM.

use linecard_call::CallId;
use linecard_number::{Masked, Phone, Reading};
use linecard_store::{AccountId, AuditKind, Deed, NumberPlace, Sought, StoreError, Trace};

use crate::{CallRef, Flow};

/// How many rows go in one transaction.
const BATCH: usize = 100;
/// How often it is looked for what came meanwhile.
const ROUNDS: usize = 5;

/// What is held about one number.
#[derive(Clone)]
pub struct NumberRecords(pub(crate) Flow);

/// Why a number was not erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseNumberError {
    /// Every call of the company would go with it.
    #[error("it is one of the company's own numbers")]
    OwnNumber,
    /// Somebody talks with it.
    #[error("there is a call with this number now")]
    CallGoesOn,
    /// It could not be erased, or not all of it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl NumberRecords {
    /// Every row in which the number stands, or that is about it.
    pub async fn find(&self, phone: &Phone) -> Result<Vec<Trace>, StoreError> {
        let plan = self.0.plan();
        let sought = Sought { phone, plan: &plan };
        let mut unit = self.0.store().read().await?;
        unit.number_data().find(sought).await
    }

    /// The same for a file; that it was written is kept, without the number.
    pub async fn export(&self, by: AccountId, phone: &Phone) -> Result<Vec<Trace>, StoreError> {
        let found = self.find(phone).await?;
        let mut unit = self.0.store().begin().await?;
        let deed = deed(by, AuditKind::NumberExport, phone, found.len());
        unit.audit().done(&deed).await?;
        unit.commit().await?;
        Ok(found)
    }

    /// Erases the number everywhere but in the settings. Tells in how many rows it stood.
    pub async fn erase(&self, by: AccountId, phone: &Phone) -> Result<usize, EraseNumberError> {
        let flow = &self.0;
        if flow.is_own_number(phone) {
            return Err(EraseNumberError::OwnNumber);
        }
        let plan = flow.plan();
        let is_with_it = |reading| matches!(reading, Reading::Phone(it) if it.e164 == phone.e164);
        let live = flow.live_calls();
        if live
            .iter()
            .any(|live| is_with_it(live.call.read_outside(&plan)))
        {
            return Err(EraseNumberError::CallGoesOn);
        }
        let mut erased = 0;
        for round in 0..ROUNDS {
            let mut found = self.find(phone).await?;
            found.retain(|trace| trace.place != NumberPlace::Settings);
            if round == 0 {
                let mut unit = flow.store().begin().await?;
                let deed = deed(by, AuditKind::NumberErase, phone, found.len());
                unit.audit().done(&deed).await?;
                unit.commit().await?;
            }
            if found.is_empty() {
                break;
            }
            for some in found.chunks(BATCH) {
                let mut unit = flow.store().begin().await?;
                unit.number_data().erase(phone, some).await?;
                unit.commit().await?;
            }
            erased += found.len();
            self.forget(phone, &found).await?;
        }
        Ok(erased)
    }

    /// Forgets what is held in memory.
    async fn forget(&self, phone: &Phone, erased: &[Trace]) -> Result<(), StoreError> {
        let shared = self.0.shared();
        shared.recents.forget(&phone.e164);
        let connections = shared.store.read().await?.connections().list().await?;
        let connections: Vec<_> = connections.iter().map(|it| it.id).collect();
        shared.lookups.erase(&connections, &phone.e164).await;
        for call in erased.iter().filter_map(call_of) {
            shared.desk.erase(&call);
        }
        Ok(())
    }
}

/// The call that a trace is, where it is one that goes.
fn call_of(trace: &Trace) -> Option<CallRef> {
    if trace.place != NumberPlace::Calls || !trace.goes {
        return None;
    }
    Some(CallRef {
        phone_system: trace.texts.get("phone_system")?.parse().ok()?,
        call: CallId::new(trace.texts.get("call_id")?.clone()),
    })
}

/// The number is not to be known from the audit log.
fn deed(by: AccountId, kind: AuditKind, phone: &Phone, rows: usize) -> Deed {
    Deed {
        account: by,
        kind,
        subject: Masked::of(phone.e164.as_str()).to_string(),
        amount: u64::try_from(rows).ok(),
    }
}
