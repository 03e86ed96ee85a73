//! The way of a call: takes events, asks the rules, carries the actions out, works off the outbox.
