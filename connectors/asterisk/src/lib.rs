//! Asterisk over AMI, the Asterisk Manager Interface.
//!
//! Bytes from the socket are framed by [`ami`]. It is sans-IO: bytes in, messages out.

pub mod ami;
