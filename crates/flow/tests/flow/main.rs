//! The way of a call, with a phone system and a CRM that the tests play.

mod office;

mod authorization;
mod desk;
mod journal;
mod outages;
