//! The stand-in for Bitrix24 as its clients see it.

mod interface;
mod pages;
mod portal;
mod third_party;
