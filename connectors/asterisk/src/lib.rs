//! Asterisk over AMI.
