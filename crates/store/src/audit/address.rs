//! From which network address an act comes.
//!
//! The address goes with the task that carries a request out, and not through every signature
//! between the door and the audit log: an act that forgot to hand it on would stand there without
//! one, and nothing would tell (`docs/adr/0017`).

use std::future::Future;
use std::net::IpAddr;

tokio::task_local! {
    static ADDRESS: IpAddr;
}

/// Carries `work` out for whoever sits at `address`: what it writes into the audit log says so. What
/// it starts beside itself does not.
pub fn acting_from<F: Future>(address: IpAddr, work: F) -> impl Future<Output = F::Output> {
    ADDRESS.scope(address.to_canonical(), work)
}

/// Where the one who acts sits; `None`: Linecard acts by itself.
pub(super) fn address() -> Option<String> {
    ADDRESS.try_with(ToString::to_string).ok()
}
