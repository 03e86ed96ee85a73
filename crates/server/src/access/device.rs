//! A program that is bound to an agent: may place calls from the agent's extension and open the
//! pages of its calls, and nothing else.

use linecard_flow::{CallRef, DialError, DialRequest, Seat};
use linecard_number::Extension;
use linecard_store::{Account, DeviceClient, KnownDial, StoreError};
use tokio_util::sync::CancellationToken;

use super::Stays;
use super::agent::link;
use crate::devices::messages::DeviceDown;
use crate::session::token_sha256;
use crate::sight::Sight;
use crate::state::App;

/// A program that acts for an agent who is not at a page.
pub(crate) struct Device {
    known: linecard_store::Device,
    account: Account,
    extension: Extension,
    app: App,
}

impl Device {
    /// The device of this access token; `None`: there is none, the token has expired, or its agent
    /// has no extension any more.
    pub(crate) async fn admit(app: &App, token: &str) -> Result<Option<Self>, StoreError> {
        let now = app.flow.clock().now();
        let mut work = app.flow.store().read().await?;
        let found = work.devices().by_access(&token_sha256(token), now).await?;
        Ok(found.and_then(|(known, account)| {
            let extension = account.extension.clone()?;
            Some(Self {
                known,
                account,
                extension,
                app: app.clone(),
            })
        }))
    }

    /// What kind of program it is.
    pub(crate) fn client(&self) -> DeviceClient {
        self.known.client
    }

    /// How the agent sees the numbers of outside parties (F17).
    pub(crate) fn sight(&self) -> Sight {
        Sight::of(&self.app.flow, &self.account)
    }

    /// Takes the agent's place; `opened` is the page that was opened last.
    pub(crate) fn sit_down(&self, opened: Option<&str>) -> Seat {
        let flow = &self.app.flow;
        flow.sit_down_device(&self.extension, self.known.id, self.client(), opened)
    }

    /// What the device is greeted with.
    pub(crate) async fn hello(&self) -> Result<DeviceDown, StoreError> {
        let (link, abilities) = link(&self.app).await?;
        let organisation = self.app.flow.organisation().await?;
        Ok(DeviceDown::hello(
            self.extension.to_string(),
            self.account.name.clone(),
            organisation.country.to_string(),
            link,
            abilities.dial,
            self.app.flow.clock().now(),
        ))
    }

    /// Whether something else of the agent shows who calls: Desk in a browser, or the extension where
    /// this is the companion.
    pub(crate) fn is_shown_elsewhere(&self) -> bool {
        let desk = self.app.flow.desk();
        desk.shows_before(&self.extension, self.client())
    }

    /// Takes note of a call that is asked for by this id.
    pub(crate) async fn begin_dial(&self, id: &str) -> Result<KnownDial, StoreError> {
        let mut work = self.app.flow.store().begin().await?;
        let known = work.device_dials().begin(self.known.id, id).await?;
        work.commit().await?;
        Ok(known)
    }

    /// Keeps what was answered to it.
    pub(crate) async fn keep_dial(&self, id: &str, answer: &str) -> Result<(), StoreError> {
        let mut work = self.app.flow.store().begin().await?;
        work.device_dials()
            .answered(self.known.id, id, answer)
            .await?;
        work.commit().await
    }

    /// Places a call from the agent's own extension: at the softphone of a Desk that is on duty,
    /// which picks up by itself; else the desk phone rings first (C2).
    pub(crate) async fn dial(&self, number: String) -> Result<CallRef, DialError> {
        let flow = &self.app.flow;
        let on_duty = flow.desk().is_on_duty_in_browser(&self.extension);
        let softphone = flow.phone_systems().softphone(&self.extension);
        let request = DialRequest {
            account: self.account.id,
            extension: self.extension.clone(),
            number,
            auto_answer: on_duty == Some(true) && softphone.is_some(),
        };
        flow.dial(request).await
    }

    /// Takes note that the device is connected.
    pub(crate) async fn note_presence(&self) -> Result<(), StoreError> {
        let mut work = self.app.flow.store().begin().await?;
        work.devices().arrived(self.known.id).await?;
        work.commit().await
    }

    /// Whether what the device was let in with still holds: it may have been taken back since.
    pub(crate) async fn stays(&self) -> Result<Stays, StoreError> {
        let mut work = self.app.flow.store().read().await?;
        let now = work.devices().find(self.known.id).await?;
        Ok(match now {
            None => Stays::No,
            Some((_, now)) if now.extension.is_none() => Stays::No,
            Some((_, now)) if now.extension != self.account.extension => Stays::Otherwise,
            Some((_, now)) if now.role != self.account.role => Stays::Otherwise,
            Some(_) => Stays::Yes,
        })
    }

    /// Set off when the access of the agent's account changes, on this node.
    pub(crate) fn access_changed(&self) -> CancellationToken {
        self.app.doors.watch(self.account.id)
    }

    /// Set off when the program stops.
    pub(crate) fn stopping(&self) -> CancellationToken {
        self.app.stopping.clone()
    }
}
