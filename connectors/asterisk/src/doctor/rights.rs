//! Which actions the manager user may send.

use std::collections::{BTreeMap, BTreeSet};

use super::WriteClass;
use crate::ami::Block;

/// The actions that `ListCommands` names: exactly those the user may send, each with the classes
/// of which one is enough. It asks nothing of the phones and changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rights {
    actions: BTreeMap<String, BTreeSet<String>>,
}

impl Rights {
    /// Reads the answer to `ListCommands`: `Redirect: Redirect a call.  (Priv: call,all)`.
    /// `None` where it lists nothing that way.
    #[must_use]
    pub fn read(answer: &Block) -> Option<Self> {
        let mut actions = BTreeMap::new();
        for (name, words) in answer.message().headers() {
            let words = String::from_utf8_lossy(words);
            let Some((_, classes)) = words
                .strip_suffix(')')
                .and_then(|words| words.rsplit_once("(Priv: "))
            else {
                continue;
            };
            let classes = classes
                .split(',')
                .filter(|class| !matches!(*class, "all" | "<none>"))
                .map(str::to_owned)
                .collect();
            actions.insert(String::from_utf8_lossy(name).into_owned(), classes);
        }
        (!actions.is_empty()).then_some(Self { actions })
    }

    /// Whether the user may send the action.
    #[must_use]
    pub fn may(&self, action: &str) -> bool {
        self.actions.contains_key(action)
    }

    /// Whether the user has what the class is needed for.
    #[must_use]
    pub fn suffices(&self, class: WriteClass) -> bool {
        self.may(class.action())
    }

    /// Whether the user has the class itself: some action that only this class opens is allowed.
    #[must_use]
    pub fn holds(&self, class: &str) -> bool {
        self.actions
            .values()
            .any(|classes| classes.len() == 1 && classes.contains(class))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ami::Message;

    fn rights(text: &str) -> Option<Rights> {
        Rights::read(&Block::from(Message::new(text.as_bytes())))
    }

    const LISTED: &str = "Response: Success\r\nActionID: lc-1\r\n\
        CoreSettings: Show PBX core settings (version etc).  (Priv: system,reporting,all)\r\n\
        Originate: Originate a call.  (Priv: originate,all)\r\n\
        Ping: Keepalive command.  (Priv: <none>)";

    #[test]
    fn an_action_that_is_listed_may_be_sent() {
        let rights = rights(LISTED).unwrap();
        assert!(rights.may("Originate") && rights.may("Ping"));
        assert!(!rights.may("Redirect") && !rights.may("ActionID"));
        assert!(rights.suffices(WriteClass::Reporting) && !rights.suffices(WriteClass::Call));
    }

    #[test]
    fn a_class_is_held_when_an_action_needs_just_that_one() {
        let rights = rights(LISTED).unwrap();
        assert!(rights.holds("originate"));
        // CoreSettings is open to `reporting` too.
        assert!(!rights.holds("system"));
    }

    #[test]
    fn an_answer_that_lists_nothing_tells_nothing() {
        assert_eq!(rights("Response: Success\r\nMessage: hello (Priv"), None);
    }
}
