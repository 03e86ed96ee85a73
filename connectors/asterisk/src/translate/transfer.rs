//! Transfers, parking and pickups.

use linecard_call::{Event, TransferKind};

use super::introductions::{
    Keys, LOCAL_ONE, LOCAL_TWO, ORIG_TRANSFERER, PARKEE, PLAIN, SECOND_TRANSFERER, TARGET,
    TRANSFER_TARGET, TRANSFEREE, TRANSFERER,
};
use super::{Headers, Translator};

impl Translator {
    pub(super) fn blind_transfer(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        self.transfer(
            message,
            TransferKind::Blind,
            &[&TRANSFERER],
            &[&TRANSFEREE],
            say,
        )
    }

    pub(super) fn attended_transfer(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        let by: &[&Keys] = &[&ORIG_TRANSFERER, &SECOND_TRANSFERER];
        let others: &[&Keys] = &[&TRANSFEREE, &TRANSFER_TARGET, &LOCAL_ONE, &LOCAL_TWO];
        match message.get("DestType").as_deref() {
            Some("Fail") => None,
            // The one who brought them together stays: the calls are one, nobody passed it on.
            Some("Threeway") => {
                let all = [by, others].concat();
                self.transfer(message, TransferKind::Attended, &[], &all, say)
            }
            _ => self.transfer(message, TransferKind::Attended, by, others, say),
        }
    }

    fn transfer(
        &mut self,
        message: &dyn Headers,
        kind: TransferKind,
        by: &[&Keys],
        others: &[&Keys],
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        if message.get("Result")? != "Success" {
            return None;
        }
        let mut introduced = |side: &[&Keys]| {
            side.iter()
                .filter_map(|keys| self.introduce(message, keys, say))
                .collect::<Vec<_>>()
        };
        let (by, others) = (introduced(by), introduced(others));
        say(Event::Transfer { kind, by, others });
        Some(())
    }

    pub(super) fn parked_call(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        let channel = self.introduce(message, &PARKEE, say)?;
        let by = self.endpoints.agent(&message.known("ParkerDialString")?)?;
        say(Event::Parked { channel, by });
        Some(())
    }

    pub(super) fn pickup(
        &mut self,
        message: &dyn Headers,
        say: &mut dyn FnMut(Event),
    ) -> Option<()> {
        let picker = self.introduce(message, &PLAIN, say)?;
        let rung = self.introduce(message, &TARGET, say)?;
        say(Event::Pickup { picker, rung });
        Some(())
    }
}
