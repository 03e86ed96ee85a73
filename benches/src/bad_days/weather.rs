//! What is wrong at the CRMs at the moment.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::stand::Stand;
use super::trouble::{Meets, Trouble};

/// The troubles that have come, at the stand-ins.
pub(super) struct Weather<'a> {
    stands: &'a [Box<dyn Stand>],
    come: Mutex<Vec<(usize, Trouble)>>,
}

impl<'a> Weather<'a> {
    pub(super) fn over(stands: &'a [Box<dyn Stand>]) -> Self {
        Self {
            stands,
            come: Mutex::default(),
        }
    }

    /// A trouble begins at the CRM at `place`.
    pub(super) fn turns_bad(&self, place: usize, trouble: Trouble) {
        if let Some(stand) = self.stands.get(place) {
            disturb(stand.as_ref(), &trouble);
            self.come(|come| come.push((place, trouble)));
        }
    }

    /// It ends, unless it has not met a request yet: then it waits for one. So do the others that
    /// have not.
    pub(super) fn clears_up(&self, place: usize, trouble: &Trouble) {
        let Some(stand) = self.stands.get(place) else {
            return;
        };
        if stand.fired(trouble.name) == 0 {
            return;
        }
        stand.calms_down();
        self.come(|come| {
            // Who was typed in is a duplicate whenever Linecard comes to create the record.
            let stays = |trouble: &Trouble| trouble.meets == Meets::Duplicate;
            come.retain(|(at, it)| *at != place || stays(it) || stand.fired(it.name) == 0);
            let mut met: HashMap<&str, u64> = HashMap::new();
            for (_, trouble) in come.iter().filter(|(at, _)| *at == place) {
                let times = met.entry(trouble.name).or_default();
                *times += 1;
                if *times > stand.fired(trouble.name) {
                    disturb(stand.as_ref(), trouble);
                }
            }
        });
    }

    /// Somebody at the CRM enters a person with this number.
    pub(super) fn types_in(&self, place: usize, caller: usize) {
        if let Some(stand) = self.stands.get(place) {
            stand.types_in(caller);
        }
    }

    /// What has met no request so far, with the place of its CRM.
    pub(super) fn missing(&self) -> Vec<(usize, Trouble)> {
        let all = self.stands.iter().enumerate();
        all.flat_map(|(place, stand)| {
            let troubles = stand.troubles().iter();
            let missing = troubles.filter(|trouble| stand.fired(trouble.name) == 0);
            missing.map(move |trouble| (place, *trouble))
        })
        .collect()
    }

    /// The next sign-in at each CRM with a consent page is refused.
    pub(super) fn refuses_consent(&self) {
        for stand in self.stands {
            let mut troubles = stand.troubles().iter();
            if let Some(trouble) = troubles.find(|trouble| trouble.meets == Meets::SignIn) {
                disturb(stand.as_ref(), trouble);
            }
        }
    }

    fn come<T>(&self, f: impl FnOnce(&mut Vec<(usize, Trouble)>) -> T) -> T {
        f(&mut self.come.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn disturb(stand: &dyn Stand, trouble: &Trouble) {
    if let Some(first) = trouble.after {
        stand.disturb(first, trouble.times);
    }
    stand.disturb(trouble.name, trouble.times);
}
