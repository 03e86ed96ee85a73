//! The tracker, told what phone systems say.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bounds;
mod failed;
mod kinds;
mod live;
mod passing_on;
mod properties;
mod resync;
mod rules;
mod story;
mod trunk;
