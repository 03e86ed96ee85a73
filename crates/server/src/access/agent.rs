//! Someone with an extension: may see and handle that extension's calls, and no other's.

use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::Timestamp;
use linecard_crm::{LateParts, Module, RecordRef};
use linecard_flow::{
    AskedCrm, ByHand, CallRef, ChooseError, CreateError, DialContact, DialError, DialFound,
    DialRequest, DialSearch, DialSearchFailure, DutyWish, LinkSummary, PhoneSystems, Seat,
    TransferError, TransferRequest, UnknownReason, command_word, refusal_word,
};
use linecard_number::Extension;
use linecard_pbx::{Abilities, CommandError, LinkState, PickUpFailure, Softphone};
use linecard_rules::create;
use linecard_rules::pop::Client;
use linecard_rules::sound::SoundReport;
use linecard_store::{Account, AuditKind, Chosen, Deed, StoreError};
use tokio_util::sync::CancellationToken;

use super::Refusal;
use super::caller::Caller;
use crate::api::{LONGEST_DISPOSITION, LONGEST_NOTE};
use crate::problem::Problem;
use crate::sight::Sight;
use crate::softphone::IceServer;
use crate::state::App;

/// When to look again whether a call that has just ended is kept by now.
const KEPT_AFTER: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_secs(2),
    Duration::from_secs(10),
];

/// Someone with an extension: may see and handle that extension's calls.
pub(crate) struct Agent {
    pub(crate) account: Account,
    pub(crate) extension: Extension,
    app: App,
    caller: Caller,
}

/// An agent at a page: who may act for an agent is not for programs with a key to say.
pub(crate) struct AgentInPerson(pub(crate) Agent);

/// Whether somebody at an open Desk may stay there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stays {
    /// All is as it was.
    Yes,
    /// The person may, but is shown something else: another extension, other rights.
    Otherwise,
    /// The session is over.
    No,
}

/// Why what is said of a call was not kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AboutCallError {
    #[error("The note is too long. Shorten it.")]
    TooLong,
    #[error("There is no such call of this extension.")]
    NoCall,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AboutCallError {
    /// The stable word under which the pages say it in the reader's language.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::NoCall => "call_gone",
            Self::Store(_) => "not_kept",
        }
    }
}

/// Why a call was not passed on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PassOnError {
    #[error("Either a number or a handle is needed, and not both.")]
    NotOne,
    #[error("This handle leads to no number. Reload the page and try again.")]
    UnknownHandle,
    #[error(transparent)]
    Transfer(#[from] TransferError),
}

impl PassOnError {
    /// The stable word under which the pages say it in the reader's language.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NotOne => "required",
            Self::UnknownHandle => "unknown_handle",
            Self::Transfer(TransferError::Refused(refusal)) => refusal_word(refusal),
            Self::Transfer(TransferError::TooMany(_)) => "too_many_calls",
            Self::Transfer(TransferError::Command(error)) => command_word(error),
            Self::Transfer(TransferError::Store(_)) => "not_kept",
        }
    }
}

impl FromRequestParts<App> for Agent {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Caller::admitted(parts, app).await?;
        let account = caller.account.clone();
        let extension = account.extension.clone().ok_or(Refusal::NoExtension)?;
        Ok(Self {
            account,
            extension,
            app: app.clone(),
            caller,
        })
    }
}

impl FromRequestParts<App> for AgentInPerson {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let agent = Agent::from_request_parts(parts, app).await?;
        agent.must_be_in_person()?;
        Ok(Self(agent))
    }
}

impl Agent {
    /// How the agent sees the numbers of outside parties (F17).
    pub(crate) fn sight(&self) -> Sight {
        Sight::of(&self.app.flow, &self.account)
    }

    /// The number behind a handle that this agent was given.
    pub(crate) fn number_behind(&self, handle: &str) -> Option<String> {
        self.app.flow.store().number_behind(self.account.id, handle)
    }

    /// Sits down at the extension's Desk, or what does its work on the desktop.
    pub(crate) fn sit_down(&self, client: Client) -> Seat {
        self.app.flow.sit_down(&self.extension, client)
    }

    /// The agent is at something else from now on.
    pub(crate) fn change_duty(&self, wish: DutyWish) -> Result<(), UnknownReason> {
        self.app.flow.change_duty(&self.extension, wish)
    }

    /// Places a call from the agent's own extension, and no other.
    pub(crate) async fn dial(
        &self,
        number: String,
        auto_answer: bool,
    ) -> Result<CallRef, DialError> {
        let request = DialRequest {
            account: self.account.id,
            extension: self.extension.clone(),
            number,
            auto_answer,
        };
        self.app.flow.dial(request).await
    }

    /// A search for whom to call, as this agent may make it.
    pub(crate) fn dial_search(&self, text: String) -> DialSearch {
        DialSearch {
            extension: self.extension.clone(),
            text,
            masked: self.sight().is_masked(),
        }
    }

    /// Searches the phonebooks that the agent may see.
    pub(crate) async fn find_to_dial(&self, search: &DialSearch) -> Result<DialFound, StoreError> {
        self.app.flow.dial_search(search).await
    }

    /// Searches a CRM for what is not `known` yet.
    pub(crate) async fn find_to_dial_in(
        &self,
        crm: &AskedCrm,
        search: &DialSearch,
        known: &[DialContact],
    ) -> Result<Vec<DialContact>, DialSearchFailure> {
        self.app.flow.dial_search_in(crm, search, known).await
    }

    /// Answers the agent's own phone.
    pub(crate) async fn answer(&self, call: &CallRef) -> Result<(), CommandError> {
        self.phone_systems().answer(call, &self.extension).await
    }

    /// Fetches a call that rings at the agent's own desk phone to the agent's softphone.
    pub(crate) async fn pick_up(&self, call: &CallRef) -> Result<(), PickUpFailure> {
        self.app.flow.pick_up(call, &self.extension).await
    }

    /// Ends the agent's own part in a call.
    pub(crate) async fn hang_up(&self, call: &CallRef) -> Result<(), CommandError> {
        self.phone_systems().hang_up(call, &self.extension).await
    }

    /// Sends whoever talks with the agent to a number, or to the one behind a handle.
    pub(crate) async fn transfer(
        &self,
        call: &CallRef,
        number: Option<String>,
        handle: Option<String>,
    ) -> Result<(), PassOnError> {
        let number = match (number, handle) {
            (Some(number), None) => number,
            (None, Some(handle)) => self
                .number_behind(&handle)
                .ok_or(PassOnError::UnknownHandle)?,
            _ => return Err(PassOnError::NotOne),
        };
        let request = TransferRequest {
            account: self.account.id,
            extension: self.extension.clone(),
            call: call.clone(),
            number,
        };
        Ok(self.app.flow.transfer(request).await?)
    }

    /// Means another record in the agent's own part of a call.
    pub(crate) async fn choose(
        &self,
        call: &CallRef,
        connection: &str,
        module: Module,
        id: String,
    ) -> Result<(), ChooseError> {
        let connection = connection.parse().map_err(|_| ChooseError::NotConnected)?;
        let record = RecordRef { module, id };
        self.app
            .flow
            .choose(call, &self.extension, connection, &record)
            .await
    }

    /// Whether a CRM in which the agent is bound creates records for unknown numbers.
    pub(crate) async fn may_create(&self) -> Result<bool, StoreError> {
        let mut work = self.app.flow.store().read().await?;
        for connection in work.connections().list().await? {
            if !connection.enabled || connection.organisation.is_none() {
                continue;
            }
            let chosen: Chosen<create::Options> = work.choices().get(connection.id).await?;
            let bindings = work.bindings().effective(connection.id).await?;
            let is_bound = bindings.iter().any(|it| it.extension == self.extension);
            if chosen.value.on && is_bound {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Creates a record for the number of the agent's own part of a call, as the admin chose.
    pub(crate) async fn create(&self, call: &CallRef) -> Result<(), CreateError> {
        let wish = ByHand {
            call: call.clone(),
            agent: self.extension.clone(),
            account: self.account.id,
            connection: None,
            kind: None,
            first_name: None,
            last_name: None,
            company: None,
        };
        self.app.flow.creating().by_hand(wish).await?;
        Ok(())
    }

    /// Keeps what the agent writes about the agent's own part of a call.
    pub(crate) async fn note(
        &self,
        call: &CallRef,
        note: Option<String>,
        disposition: Option<String>,
    ) -> Result<(), AboutCallError> {
        let too_long = |text: &Option<String>, longest| {
            text.as_ref().is_some_and(|it| it.chars().count() > longest)
        };
        if too_long(&note, LONGEST_NOTE) || too_long(&disposition, LONGEST_DISPOSITION) {
            return Err(AboutCallError::TooLong);
        }
        if !self.takes_part_in(call).await? {
            return Err(AboutCallError::NoCall);
        }
        let parts = LateParts {
            note,
            disposition,
            recording: None,
        };
        let entry = call.entry(&self.extension);
        self.app.flow.put_late(&entry, &parts).await?;
        Ok(())
    }

    /// Keeps what the agent's softphone measured in a call.
    pub(crate) async fn keep_sound(
        &self,
        call: &CallRef,
        report: &SoundReport,
    ) -> Result<(), AboutCallError> {
        let mut pauses = KEPT_AFTER.iter();
        // A call that has just ended lives no more, and is not kept for a moment yet.
        while !self.takes_part_in(call).await? {
            let pause = pauses.next().ok_or(AboutCallError::NoCall)?;
            tokio::time::sleep(*pause).await;
        }
        let mut work = self.app.flow.store().begin().await?;
        let mut sounds = work.sounds();
        sounds
            .put(call.phone_system, &call.call, &self.extension, report)
            .await?;
        work.commit().await?;
        Ok(())
    }

    /// Whether the agent has, or had, a part in the call.
    async fn takes_part_in(&self, call: &CallRef) -> Result<bool, StoreError> {
        let flow = &self.app.flow;
        let lives = flow.live_calls().iter().any(|live| {
            live.phone_system == call.phone_system
                && live.call.id == call.call
                && live.call.leg(&self.extension).is_some()
        });
        if lives {
            return Ok(true);
        }
        let mut work = flow.store().read().await?;
        let stored = work.calls().find(call.phone_system, &call.call).await?;
        Ok(stored.is_some_and(|stored| stored.call.leg(&self.extension).is_some()))
    }

    /// How the link to the phone systems is, and what can be done over it.
    pub(crate) async fn link(&self) -> Result<(LinkSummary, Abilities), StoreError> {
        link(&self.app).await
    }

    /// Whether what the socket was opened with still holds: it may have been taken back since.
    pub(crate) async fn stays(&self) -> Result<Stays, StoreError> {
        Ok(match self.caller.now().await? {
            None => Stays::No,
            Some(now) if now.extension.is_none() => Stays::No,
            Some(now) if now.extension != self.account.extension => Stays::Otherwise,
            Some(now) if now.role != self.account.role => Stays::Otherwise,
            Some(_) => Stays::Yes,
        })
    }

    /// The account of the agent's own softphone; `None` where there are desk phones only.
    pub(crate) fn softphone(&self) -> Option<Softphone> {
        self.phone_systems().softphone(&self.extension)
    }

    /// The servers by which the agent's softphone finds its way, with passes of its own. Programs
    /// are no softphones, and are given none.
    pub(crate) fn ice_servers(&self) -> Vec<IceServer> {
        match self.softphone() {
            Some(softphone) if !self.caller.is_a_program() => {
                self.app.ice.servers(&softphone.user, self.now())
            }
            _ => Vec::new(),
        }
    }

    /// How often those servers are told; `None`: there are none.
    pub(crate) fn ice_told_every(&self) -> Option<Duration> {
        self.app.ice.told_every()
    }

    /// Turns programs away: what an agent may do at a page only.
    pub(crate) fn must_be_in_person(&self) -> Result<(), Problem> {
        if self.caller.is_a_program() {
            return Err(Refusal::InPersonOnly.into());
        }
        Ok(())
    }

    /// Writes down that the agent's softphone said what it may not, for whom it is looked after;
    /// not each message of a flood.
    pub(crate) async fn softphone_was_refused(&self) -> Result<(), StoreError> {
        let (account, now) = (self.account.id, self.now());
        let Some(amount) = self.app.softphones_refused.count(account, now) else {
            return Ok(());
        };
        let deed = Deed {
            account,
            kind: AuditKind::SoftphoneRefuse,
            subject: self.extension.to_string(),
            amount: Some(amount),
        };
        let mut work = self.app.flow.store().begin().await?;
        work.audit().done(&deed).await?;
        work.commit().await
    }

    /// For what needs more than the way of a call: making a device's code.
    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// The time, as the whole of Linecard has it.
    pub(crate) fn now(&self) -> Timestamp {
        self.app.flow.clock().now()
    }

    /// Set off when the access of the agent's account changes, on this node.
    pub(crate) fn access_changed(&self) -> CancellationToken {
        self.app.doors.watch(self.account.id)
    }

    /// Set off when the program stops.
    pub(crate) fn stopping(&self) -> CancellationToken {
        self.app.stopping.clone()
    }

    fn phone_systems(&self) -> &PhoneSystems {
        self.app.flow.phone_systems()
    }
}

/// How the link to the phone systems is, and what can be done over it.
pub(super) async fn link(app: &App) -> Result<(LinkSummary, Abilities), StoreError> {
    let systems = {
        let mut work = app.flow.store().read().await?;
        work.phone_systems().list().await?
    };
    let statuses = systems
        .iter()
        .filter_map(|system| app.flow.phone_systems().status(system.id));
    let (mut summary, mut abilities) = (None, Abilities::default());
    for status in statuses {
        summary = Some(worse(summary, summarise(&status.state)));
        abilities.answer |= status.abilities.answer;
        abilities.hang_up |= status.abilities.hang_up;
        abilities.dial |= status.abilities.dial;
        abilities.transfer |= status.abilities.transfer;
        abilities.pick_up |= status.abilities.pick_up;
        abilities.simulation |= status.abilities.simulation;
    }
    Ok((summary.unwrap_or(LinkSummary::Connecting), abilities))
}

fn summarise(state: &LinkState) -> LinkSummary {
    match state {
        LinkState::Connecting => LinkSummary::Connecting,
        LinkState::Up { .. } => LinkSummary::Up,
        LinkState::Down(_) => LinkSummary::Down,
        LinkState::NeedsPerson(_) => LinkSummary::NeedsPerson,
    }
}

/// With several phone systems the agent is shown the worst: any of them may hold the next call.
fn worse(one: Option<LinkSummary>, other: LinkSummary) -> LinkSummary {
    let rank = |summary| match summary {
        LinkSummary::Up => 0,
        LinkSummary::Connecting => 1,
        LinkSummary::Down => 2,
        LinkSummary::NeedsPerson => 3,
    };
    match one {
        Some(one) if rank(one) >= rank(other) => one,
        _ => other,
    }
}
