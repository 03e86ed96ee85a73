//! How far somebody's invitation has come. Pure.

use jiff::Timestamp;
use linecard_store::{InvitationMail as Stored, Invited};
use serde::Serialize;
use utoipa::ToSchema;

/// How far somebody's invitation has come.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct AccountInvitation {
    /// How far.
    state: InvitationState,
    /// Until when the newest sign-in link works; `null`: there is none, or it was used.
    #[schema(required)]
    link_until: Option<Timestamp>,
    /// The mail with the link; `null`: none was asked for.
    #[schema(required)]
    mail: Option<InvitationMail>,
}

/// How far an invitation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum InvitationState {
    /// A link works, or a mail with one is on its way.
    Invited,
    /// The mail was not sent and is not tried any more.
    NotSent,
    /// No link works any more.
    Expired,
    /// The person has signed in.
    Accepted,
}

/// An invitation by mail.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
struct InvitationMail {
    /// What became of it.
    state: InvitationMailState,
    /// When a mail server took it.
    #[schema(required)]
    sent: Option<Timestamp>,
    /// When it is tried again; `null`: it is not.
    #[schema(required)]
    due: Option<Timestamp>,
    /// Why it was not sent so far: `not_set_up`, `unreachable`, `tls`, `sign_in`, `refused`, `busy`,
    /// `settings`.
    #[schema(required, example = "refused")]
    problem: Option<String>,
    /// The mail server's words, or the network's. Data: to be shown as text.
    #[schema(required)]
    words: Option<String>,
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum InvitationMailState {
    /// It is to be sent.
    Waiting,
    /// A mail server has taken it.
    Sent,
    /// It is not tried any more.
    Failed,
}

impl AccountInvitation {
    /// `has_signed_in`: the person has, in whichever way.
    pub(super) fn of(has_signed_in: bool, invited: Invited, now: Timestamp) -> Self {
        let link_until = invited.link_until.filter(|until| *until > now);
        let mail = invited.mail.map(InvitationMail::from);
        let state = match (mail.as_ref().map(|it| it.state), link_until) {
            _ if has_signed_in => InvitationState::Accepted,
            (Some(InvitationMailState::Failed), _) => InvitationState::NotSent,
            (Some(InvitationMailState::Waiting), _) | (_, Some(_)) => InvitationState::Invited,
            (_, None) => InvitationState::Expired,
        };
        Self {
            state,
            link_until,
            mail,
        }
    }
}

impl From<Stored> for InvitationMail {
    fn from(stored: Stored) -> Self {
        let state = match (stored.sent, stored.due) {
            (Some(_), _) => InvitationMailState::Sent,
            (None, Some(_)) => InvitationMailState::Waiting,
            (None, None) => InvitationMailState::Failed,
        };
        Self {
            state,
            sent: stored.sent,
            due: stored.due,
            problem: stored.problem,
            words: stored.words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(hour * 3_600).unwrap()
    }

    fn mail(sent: Option<Timestamp>, due: Option<Timestamp>) -> Stored {
        Stored {
            asked: at(0),
            due,
            sent,
            problem: None,
            words: None,
        }
    }

    fn state(link: Option<Timestamp>, mail: Option<Stored>) -> InvitationState {
        let invited = Invited {
            link_until: link,
            mail,
        };
        AccountInvitation::of(false, invited, at(10)).state
    }

    #[test]
    fn a_link_that_works_no_more_is_an_invitation_that_has_expired() {
        assert_eq!(state(Some(at(11)), None), InvitationState::Invited);
        assert_eq!(state(Some(at(10)), None), InvitationState::Expired);
        assert_eq!(
            state(None, Some(mail(Some(at(1)), None))),
            InvitationState::Expired
        );
    }

    #[test]
    fn a_mail_that_waits_is_an_invitation_and_one_that_was_given_up_is_none() {
        assert_eq!(
            state(None, Some(mail(None, Some(at(11))))),
            InvitationState::Invited
        );
        let given_up = state(Some(at(11)), Some(mail(None, None)));
        assert_eq!(given_up, InvitationState::NotSent);
    }

    #[test]
    fn who_has_signed_in_has_accepted() {
        let told = AccountInvitation::of(true, Invited::default(), at(10));
        assert_eq!(told.state, InvitationState::Accepted);
    }
}
