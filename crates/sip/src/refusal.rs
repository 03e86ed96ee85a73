//! Why a message is not passed on. The words never repeat what the message held.

/// Why a message is not passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Longer than any honest message.
    #[error("the message is too long")]
    TooLong,
    /// It is not written as SIP is: a line, a header or an address cannot be read.
    #[error("the message cannot be read: {0}")]
    Unreadable(&'static str),
    /// A header that a softphone does not need.
    #[error("the message has a header that a softphone does not need")]
    Header,
    /// A request that a softphone does not make by itself. Calls are asked for over the API.
    #[error("a softphone makes no such request")]
    Request,
    /// It speaks for somebody else: another phone, or a line to the outside.
    #[error("the message names another endpoint in {0}")]
    Foreign(&'static str),
    /// It would send the call somewhere else.
    #[error("a softphone does not redirect calls")]
    Redirect,
    /// It would transfer a call to somebody who is in no call yet. That is asked for over the API.
    #[error("a softphone joins its own calls only")]
    Target,
    /// It carries something other than the description of a call's sound (SDP).
    #[error("the message carries something other than SDP")]
    Body,
}
