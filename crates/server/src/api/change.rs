//! A change of the set-up: written down with who made it, and when two admins meet, the second is
//! told of the first.

use linecard_store::{AuditKind, Deed, UnitOfWork, UpdateError};

use crate::access::Admin;
use crate::problem::Problem;

/// Writes down that `admin` changed `subject`, in the unit of work that changed it; or says who
/// came before, where the version that was read is no longer the newest.
pub(super) async fn noted(
    work: &mut UnitOfWork,
    admin: &Admin,
    kind: AuditKind,
    subject: &str,
    changed: Result<(), UpdateError>,
) -> Result<(), Problem> {
    unless_met(work, kind, subject, changed).await?;
    work.audit()
        .done(&Deed {
            account: admin.account.id,
            kind,
            subject: subject.to_owned(),
            amount: None,
        })
        .await?;
    Ok(())
}

/// What came of the change; or who came before, where the version that was read is no longer the
/// newest. `subject` is what the audit log calls it as it is kept now.
pub(super) async fn unless_met<T>(
    work: &mut UnitOfWork,
    kind: AuditKind,
    subject: &str,
    changed: Result<T, UpdateError>,
) -> Result<T, Problem> {
    match changed {
        Ok(done) => Ok(done),
        Err(UpdateError::Conflict) => {
            let last = work.audit().last(kind, subject).await?;
            Err(Problem::changed_meanwhile(last))
        }
        Err(UpdateError::Store(error)) => Err(error.into()),
    }
}

/// Writes down what was done outside of a unit of work, once it is done.
pub(super) async fn written(admin: &Admin, kind: AuditKind, subject: &str) -> Result<(), Problem> {
    let mut work = admin.flow().store().begin().await?;
    noted(&mut work, admin, kind, subject, Ok(())).await?;
    Ok(work.commit().await?)
}
