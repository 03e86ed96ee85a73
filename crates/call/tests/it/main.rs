//! The tracker, told what phone systems say.

mod live;
mod properties;
mod resync;
mod rules;
mod story;
