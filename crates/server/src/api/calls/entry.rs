//! What is or will be written into a CRM about a call.

use linecard_crm::{LeftOut, Record, Without};
use linecard_store::{Entry, EntryState as Stored, StoredLate};
use serde::Serialize;
use url::Url;
use utoipa::ToSchema;

use crate::crm_advice::{CrmAdvice, told};
use crate::sight::Sight;

/// What is or will be written into a CRM about one agent's part of a call.
#[derive(Serialize, ToSchema)]
pub(super) struct CallEntry {
    /// Names it.
    pub(super) key: String,
    /// The kind of CRM; `null` when it is no longer connected.
    #[schema(required, example = "salesforce")]
    pub(super) crm: Option<String>,
    /// Whose part it is.
    extension: String,
    /// How far it is.
    pub(super) state: EntryState,
    /// Why it is so; stable, for a text in the reader's language.
    #[schema(required, example = "not_bound")]
    pub(super) reason: Option<String>,
    /// The CRM's own words, where it refused.
    #[schema(required)]
    words: Option<String>,
    /// What Linecard knows about it.
    #[schema(required)]
    advice: Option<CrmAdvice>,
    /// Who the call was with. Somebody typed it into the CRM: data, never markup.
    #[schema(required)]
    pub(super) who_name: Option<String>,
    /// The entry's page in the CRM.
    #[schema(required)]
    pub(super) page: Option<Url>,
    /// The page of who the call was with.
    #[schema(required)]
    who_page: Option<Url>,
    /// The entry's subject.
    subject: String,
    /// The entry's text.
    description: String,
    /// What the CRM did not take, so that it was written without.
    without: Vec<EntryWithout>,
    /// What the agent wrote about the call.
    #[schema(required)]
    note: Option<String>,
    /// What the agent chose as the call's result.
    #[schema(required)]
    disposition: Option<String>,
    /// Where the recording can be heard.
    #[schema(required)]
    recording: Option<Url>,
    /// Whether the CRM holds these three as they are here.
    late_written: bool,
}

/// Something an entry was written without.
#[derive(Serialize, ToSchema)]
struct EntryWithout {
    /// What was left out; the web shows its own text by it.
    what: EntryPart,
    /// The CRM's own words for why.
    words: String,
}

/// What an entry can be written without.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum EntryPart {
    /// Its owner.
    Owner,
    /// The person the call was with.
    Who,
    /// The account behind the person.
    Account,
    /// A field that this organisation does not have or hides.
    Field,
}

impl From<Without> for EntryWithout {
    fn from(without: Without) -> Self {
        Self {
            what: match without.what {
                LeftOut::Owner => EntryPart::Owner,
                LeftOut::Who => EntryPart::Who,
                LeftOut::Account => EntryPart::Account,
                LeftOut::Field => EntryPart::Field,
            },
            words: without.words,
        }
    }
}

/// How far an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EntryState {
    /// It will be written.
    Waiting,
    /// It stands in the CRM.
    Written,
    /// The CRM refused it.
    Parked,
    /// Nothing is written, for the reason given.
    Skipped,
}

impl EntryState {
    /// Its word, as JSON has it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Written => "written",
            Self::Parked => "parked",
            Self::Skipped => "skipped",
        }
    }
}

impl From<Stored> for EntryState {
    fn from(state: Stored) -> Self {
        match state {
            Stored::Waiting => Self::Waiting,
            Stored::Written => Self::Written,
            Stored::Parked => Self::Parked,
            Stored::Skipped => Self::Skipped,
        }
    }
}

impl CallEntry {
    pub(super) fn of(entry: Entry, crm: Option<String>, late: StoredLate) -> Self {
        let who: Option<Record> = entry.who;
        let (words, advice) = told(entry.words);
        let (who_name, who_page) = who.map(|who| (who.name, who.page)).unzip();
        Self {
            key: entry.key.as_str().to_owned(),
            late_written: late.written == late.version,
            note: late.parts.note,
            disposition: late.parts.disposition,
            recording: late.parts.recording,
            without: entry.without.into_iter().map(EntryWithout::from).collect(),
            crm,
            extension: entry.extension.into(),
            state: entry.state.into(),
            reason: entry.reason,
            words,
            advice,
            who_name,
            page: entry.page,
            who_page,
            subject: entry.subject,
            description: entry.description,
        }
    }

    /// Hides what somebody with this sight may not know (F17).
    pub(super) fn seen_with(&mut self, sight: &Sight) {
        if !sight.is_masked() {
            return;
        }
        for text in [&mut self.subject, &mut self.description] {
            sight.text(text);
        }
        let texts = [
            &mut self.words,
            &mut self.who_name,
            &mut self.note,
            &mut self.disposition,
        ];
        for text in texts.into_iter().flatten() {
            sight.text(text);
        }
        if let Some(about) = self.advice.as_mut().and_then(CrmAdvice::about_mut) {
            sight.text(about);
        }
        for without in &mut self.without {
            sight.text(&mut without.words);
        }
        // Phone systems name recordings by the number.
        self.recording = None;
    }
}
