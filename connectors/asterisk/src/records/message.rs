//! AMI's words for what a record tells, so that the one translator reads both.

use std::borrow::Cow;

use crate::translate::Headers;

/// An event as AMI would have sent it.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) name: &'static str,
    headers: Vec<(String, String)>,
}

/// A channel as a record shows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Snapshot<'a> {
    /// `PJSIP/101-0000002a`.
    pub(super) channel: &'a str,
    pub(super) id: &'a str,
    pub(super) call: &'a str,
    pub(super) number: &'a str,
    pub(super) name: &'a str,
    pub(super) exten: &'a str,
}

impl Message {
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            headers: Vec::new(),
        }
    }

    pub(super) fn header(mut self, key: &str, value: &str) -> Self {
        self.headers.push((key.to_owned(), value.to_owned()));
        self
    }

    /// Adds a channel's snapshot, each header with `prefix`: empty, or `Dest`, `LocalOne`, ...
    pub(super) fn channel(self, prefix: &str, snapshot: &Snapshot<'_>) -> Self {
        // Names come with escapes over AMI and as they are in records.
        let name = snapshot.name.replace('\\', r"\\");
        [
            ("Channel", snapshot.channel),
            ("Uniqueid", snapshot.id),
            ("Linkedid", snapshot.call),
            ("CallerIDNum", snapshot.number),
            ("CallerIDName", &name),
            ("Exten", snapshot.exten),
        ]
        .into_iter()
        .fold(self, |message, (key, value)| {
            message.header(&format!("{prefix}{key}"), value)
        })
    }
}

impl Headers for Message {
    fn get(&self, key: &str) -> Option<Cow<'_, str>> {
        let (_, value) = self.headers.iter().find(|(name, _)| name == key)?;
        Some(Cow::Borrowed(value))
    }
}
