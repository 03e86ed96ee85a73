//! The stand-in for Bitrix24 as its clients see it.

pub(crate) mod authority;
mod interface;
mod pages;
mod portal;
mod third_party;
