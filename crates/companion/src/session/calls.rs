//! The calls that are said to ring, and where a click on one leads.

use std::collections::{BTreeMap, VecDeque};

use url::Url;

use super::{Act, REMEMBERED, is_page};
use crate::caller::Caller;

/// What is known of the calls that ring.
#[derive(Debug, Default)]
pub(super) struct Calls {
    ringing: BTreeMap<String, Ringing>,
    /// The pages of calls that the agent had opened by a click, the newest last.
    visited: VecDeque<(String, Url)>,
    /// An admin chose that calls do not lead to pages.
    lead_nowhere: bool,
}

#[derive(Debug)]
struct Ringing {
    caller: Caller,
    page: Option<Url>,
}

impl Calls {
    /// An admin chose whether calls lead to pages.
    pub(super) fn lead_nowhere(&mut self, nowhere: bool) {
        self.lead_nowhere = nowhere;
    }

    /// What says the same again is not shown again: it would come up anew.
    pub(super) fn rings(&mut self, call: String, caller: Caller, page: Option<Url>) -> Option<Act> {
        if let Some(known) = self.ringing.get_mut(&call) {
            known.page = page;
            if known.caller == caller {
                return None;
            }
            known.caller = caller.clone();
        } else if self.ringing.len() == REMEMBERED {
            return None;
        } else {
            let caller = caller.clone();
            self.ringing.insert(call.clone(), Ringing { caller, page });
        }
        Some(Act::Show { call, caller })
    }

    /// It rings no more.
    pub(super) fn over(&mut self, call: String) -> Option<Act> {
        let shown = self.ringing.remove(&call);
        shown.map(|_| Act::Hide { call })
    }

    /// Nobody knows any more what rings.
    pub(super) fn clear(&mut self) {
        self.ringing.clear();
    }

    /// Leads to the caller's page, or to Desk.
    pub(super) fn visit(&mut self, call: String) -> Act {
        let page = self.ringing.get(&call).and_then(|it| it.page.clone());
        match page.filter(|page| is_page(page) && !self.lead_nowhere) {
            Some(url) => {
                if self.visited.len() == REMEMBERED {
                    self.visited.pop_front();
                }
                self.visited.push_back((call.clone(), url.clone()));
                Act::Visit { call, url }
            }
            None => Act::VisitDesk { call },
        }
    }

    /// Whether the agent had this page of the call opened before the server asked for it.
    pub(super) fn were_visited(&self, call: &str, url: &Url) -> bool {
        let mut visited = self.visited.iter();
        visited.any(|(of, page)| of == call && page == url)
    }

    /// It could not be opened.
    pub(super) fn forget_visit(&mut self, call: &str, url: &Url) {
        self.visited.retain(|(of, page)| of != call || page != url);
    }
}
