//! The line in the audit log about a call that somebody asked for, or asked to pass on.

use linecard_number::Extension;
use linecard_rules::dial::{self, Callee, Refusal};
use linecard_store::{AccountId, AuditId, AuditKind, NewAuditEntry, StoreError};

use super::refusal_word;
use crate::CallRef;
use crate::directory::Directory;
use crate::flow::Shared;

/// The most characters of what was typed that the audit log keeps.
const LONGEST_TYPED: usize = 64;

/// Who asks, and for what.
pub(crate) struct AuditLine<'a> {
    pub(crate) kind: AuditKind,
    pub(crate) account: AccountId,
    pub(crate) extension: &'a Extension,
}

impl AuditLine<'_> {
    /// Whom the agent may reach under what was typed. A refusal is written down.
    pub(crate) async fn callee<E: From<Refusal> + From<StoreError>>(
        &self,
        shared: &Shared,
        directory: &Directory,
        call: Option<&CallRef>,
        typed: &str,
    ) -> Result<Callee, E> {
        let knows = |extension: &Extension| directory.knows(extension);
        let (plan, guards) = (&directory.plan, &directory.guards);
        match dial::decide(typed, self.extension, plan, knows, guards) {
            Ok(callee) => Ok(callee),
            Err(refusal) => {
                self.refused(shared, call, typed, &refusal).await?;
                Err(refusal.into())
            }
        }
    }

    /// Written before the deed.
    pub(crate) async fn begin(
        &self,
        shared: &Shared,
        callee: &Callee,
        call: &CallRef,
    ) -> Result<AuditId, StoreError> {
        let number = match callee {
            Callee::Extension(extension) => extension.to_string(),
            Callee::Outside(phone) => phone.e164.to_string(),
        };
        let mut unit = shared.store.begin().await?;
        let id = unit.audit().begin(&self.entry(number, Some(call))).await?;
        unit.commit().await?;
        Ok(id)
    }

    /// Written after it.
    pub(crate) async fn complete(
        shared: &Shared,
        id: AuditId,
        word: &str,
    ) -> Result<(), StoreError> {
        let mut unit = shared.store.begin().await?;
        unit.audit().complete(id, word).await?;
        unit.commit().await
    }

    /// What was tried and refused is written down too: it is what fraud looks like.
    async fn refused(
        &self,
        shared: &Shared,
        call: Option<&CallRef>,
        typed: &str,
        refusal: &Refusal,
    ) -> Result<(), StoreError> {
        let readable = typed.chars().filter(|letter| !letter.is_control());
        let typed = readable.take(LONGEST_TYPED).collect();
        let mut unit = shared.store.begin().await?;
        let mut audit = unit.audit();
        let id = audit.begin(&self.entry(typed, call)).await?;
        audit.complete(id, refusal_word(refusal)).await?;
        unit.commit().await
    }

    fn entry(&self, number: String, call: Option<&CallRef>) -> NewAuditEntry {
        NewAuditEntry {
            account: self.account,
            kind: self.kind,
            phone_system: call.map(|call| call.phone_system),
            call: call.map(|call| call.call.as_str().to_owned()),
            extension: Some(self.extension.clone()),
            number: Some(number),
        }
    }
}
