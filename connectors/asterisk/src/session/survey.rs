//! What is asked of Asterisk before events are followed.

use jiff::Timestamp;
use linecard_call::Event;
use linecard_pbx::{Problem, ProblemKind, Report};

use super::ending::Ending;
use super::pending::Answer;
use super::picture::Picture;
use super::{AskError, Before, RestartKey};
use crate::ami::{Action, Block};
use crate::translate::{PRESENTATION, Translator};

/// One question of the survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// Which version answers.
    Settings,
    /// When it was started.
    Status,
    /// Which channels are alive.
    Channels,
    /// What kind of bridge each is.
    Bridges,
    /// Which devices belong to which extension.
    Hints,
    /// Who waits in which queue, and whom it calls.
    Queues,
}

impl Question {
    pub(super) const ALL: [Self; 6] = [
        Self::Settings,
        Self::Status,
        Self::Channels,
        Self::Bridges,
        Self::Hints,
        Self::Queues,
    ];

    /// `presentation`: whether those who call in may withhold their number.
    pub(super) fn action(self, presentation: bool) -> Action {
        let action = Action::new(match self {
            Self::Settings => "CoreSettings",
            Self::Status => "CoreStatus",
            // Not CoreShowChannels: Status needs only the class that hanging up needs too, and
            // tells seconds, bridge and dialled number of the same instant.
            Self::Channels => "Status",
            Self::Bridges => "BridgeList",
            Self::Hints => "ExtensionStateList",
            Self::Queues => "QueueStatus",
        });
        if presentation && self == Self::Channels {
            return action.header("Variables", PRESENTATION);
        }
        action
    }
}

/// The answers.
#[derive(Debug, Default)]
pub(super) struct Survey {
    version: Option<String>,
    restart_key: Option<RestartKey>,
    missing_rights: Vec<&'static str>,
    channels: Vec<Block>,
    bridges: Vec<Block>,
    queues: Vec<Block>,
    hints: Vec<Block>,
}

impl Survey {
    /// Takes in an answer, or why there is none; `Err` where the link is of no use without it.
    pub(super) fn answered(
        &mut self,
        question: Question,
        result: Result<Answer, AskError>,
    ) -> Result<(), Ending> {
        match (question, result) {
            (Question::Settings, Ok(answer)) => {
                let version = answer.response.get("AsteriskVersion");
                self.version = version.map(|version| release(&version));
            }
            (Question::Status, Ok(answer)) => {
                let date = answer.response.get("CoreStartupDate");
                let time = answer.response.get("CoreStartupTime");
                let started = date.zip(time);
                self.restart_key = started.map(|(date, time)| RestartKey(format!("{date} {time}")));
            }
            (Question::Channels, Ok(answer)) => self.channels = answer.list,
            (Question::Bridges, Ok(answer)) => self.bridges = answer.list,
            (Question::Queues, Ok(answer)) => self.queues = answer.list,
            (Question::Hints, Ok(answer)) => self.hints = answer.list,
            (_, Err(AskError::TimedOut)) => {
                let words = "Asterisk does not tell what is alive";
                return Err(Ending::passing(ProblemKind::Lost, words));
            }
            (Question::Channels, Err(AskError::Denied)) => {
                return Err(Ending::lasting(ProblemKind::MissingRight, "write = call"));
            }
            (Question::Channels, Err(error)) => {
                return Err(Ending::passing(ProblemKind::Lost, error.to_string()));
            }
            (Question::Settings | Question::Status, Err(AskError::Denied)) => {
                if self.missing_rights.is_empty() {
                    self.missing_rights.push("write = reporting");
                }
            }
            // A server without queues does not know QueueStatus.
            (_, Err(error)) => tracing::debug!(?question, %error, "left out of the resync"),
        }
        Ok(())
    }

    /// What the answers say: missing rights, a restart since `before`, and what is alive.
    pub(super) fn told(
        &mut self,
        translator: &mut Translator,
        before: Option<&Before>,
        at: Timestamp,
    ) -> Vec<Report> {
        let notices = self.missing_rights.iter().map(|right| {
            Report::Notice(Problem {
                kind: ProblemKind::MissingRight,
                words: (*right).to_owned(),
            })
        });
        let mut told: Vec<Report> = notices.collect();
        let known_key = before.and_then(|before| before.restart_key.as_ref());
        let restarted = known_key
            .zip(self.restart_key.as_ref())
            .is_some_and(|(known, now)| known != now);
        if restarted {
            let event = Event::Restarted;
            told.push(Report::Event { at, event });
        }
        let since = before.map(|before| before.heard_until);
        let channels = std::mem::take(&mut self.channels);
        let bridges = std::mem::take(&mut self.bridges);
        let queues = std::mem::take(&mut self.queues);
        translator.hear_hints(&std::mem::take(&mut self.hints));
        translator.hear_members(&queues);
        let picture = Picture::new(translator, &channels, &bridges, &queues, since, at);
        told.extend(picture.told());
        told
    }

    /// The release that answered: `22.10.1`.
    pub(super) fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    pub(super) fn restart_key(&self) -> Option<&RestartKey> {
        self.restart_key.as_ref()
    }

    pub(super) fn missing_rights(&self) -> &[&'static str] {
        &self.missing_rights
    }
}

/// The release out of a version with a packager's additions: `22.10.1+dfsg+~cs6.17-1`.
fn release(version: &str) -> String {
    let release = version.split(['+', '~', ' ']).next().unwrap_or(version);
    release.chars().take(20).collect()
}
