//! Whether queues ring an extension.

use linecard_number::Extension;

/// How the queues are to treat an extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePause {
    /// Whose phones.
    pub extension: Extension,
    /// Why they are not rung; `None`: they are.
    pub reason: Option<String>,
}
