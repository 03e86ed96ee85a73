//! Ending a connection (H3, H4, H6): what waits to be written is written first, or given up.

use std::time::Duration;

use linecard_store::{ConnectionId, StoreError};

use super::Connections;

/// How often it is looked whether a connection on its way out has written everything.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// What becomes of writes that wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitingWrites {
    /// They are written, and then the connection ends by itself.
    SendFirst,
    /// They are given up.
    Discard,
}

/// How far the end of a connection has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disconnected {
    /// It is ended.
    Done,
    /// Nothing was done: so many writes wait, and nobody said what becomes of them.
    Asks(u64),
    /// It ends as soon as so many writes are done. No call is looked up in it any more.
    Sending(u64),
}

impl Connections {
    /// How many writes wait, or were refused and can be tried again: what ending the connection
    /// would lose.
    pub async fn waiting_writes(&self, id: ConnectionId) -> Result<u64, StoreError> {
        let mut unit = self.0.store.read().await?;
        let counts = unit.jobs().counts(id).await?;
        Ok(counts.waiting + counts.waiting_for_person + counts.parked)
    }

    /// Ends a connection: takes the consent back as far as the CRM allows, and erases what was
    /// set and every secret (H4). A CRM that cannot be reached does not keep the admin from it.
    /// While writes wait, `waiting` must say what becomes of them; without it nothing is done but
    /// to tell how many there are. A connection that sends them first can still be told to
    /// discard them.
    pub async fn disconnect(
        &self,
        id: ConnectionId,
        waiting: Option<WaitingWrites>,
    ) -> Result<Disconnected, StoreError> {
        let writes = self.waiting_writes(id).await?;
        match waiting {
            None if writes > 0 => Ok(Disconnected::Asks(writes)),
            Some(WaitingWrites::SendFirst) if self.still_to_send(id).await? > 0 => {
                let mut unit = self.0.store.begin().await?;
                unit.connections().set_closing(id, true).await?;
                unit.commit().await?;
                self.reload(id).await?;
                self.end_when_sent(id);
                Ok(Disconnected::Sending(self.still_to_send(id).await?))
            }
            None | Some(_) => {
                self.end(id).await?;
                Ok(Disconnected::Done)
            }
        }
    }

    /// What was refused does not keep a connection: sending it again would be refused again.
    async fn still_to_send(&self, id: ConnectionId) -> Result<u64, StoreError> {
        let mut unit = self.0.store.read().await?;
        let counts = unit.jobs().counts(id).await?;
        Ok(counts.waiting + counts.waiting_for_person)
    }

    /// Ends a connection once everything is sent, however long that takes: until then it can be
    /// given up, or the program be stopped and started.
    pub(super) fn end_when_sent(&self, id: ConnectionId) {
        let connections = self.clone();
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = connections.0.stop.cancelled() => return,
                    () = tokio::time::sleep(LOOK_AGAIN) => {}
                }
                match connections.ended(id).await {
                    Ok(true) => return,
                    Ok(false) => {}
                    Err(error) => {
                        tracing::error!(%error, "a connection on its way out cannot be looked at");
                    }
                }
            }
        });
    }

    /// Whether the connection is gone; ends it if everything is sent.
    async fn ended(&self, id: ConnectionId) -> Result<bool, StoreError> {
        let mut unit = self.0.store.read().await?;
        let closing = unit.connections().get(id).await?;
        drop(unit);
        if !closing.is_some_and(|connection| connection.closing) {
            return Ok(true);
        }
        let sent = self.still_to_send(id).await? == 0;
        if sent {
            self.end(id).await?;
        }
        Ok(sent)
    }

    async fn end(&self, id: ConnectionId) -> Result<(), StoreError> {
        if let Some(crm) = self.opened(id)
            && let Err(failure) = crm.revoke().await
        {
            tracing::warn!(%failure, "the consent could not be taken back at the CRM");
        }
        let mut unit = self.0.store.begin().await?;
        unit.entries().discard(id).await?;
        unit.connections().delete(id).await?;
        unit.commit().await?;
        self.troubled(|troubled| troubled.remove(&id));
        self.last(|last| last.remove(&id));
        self.reload(id).await
    }
}
