//! Whose the one missed record of a call is that nobody answered (E7, X10).

use linecard_call::Call;
use linecard_crm::Record;
use linecard_rules::assign;

use crate::directory::BoundConnection;

/// The CRM user who owns the record of a missed call with `who`. `owner` is who would own it by
/// the calls alone: the user of the agent who was rung. Where only one agent's record is written
/// and somebody is to call back, it is theirs.
pub(crate) fn owner_of_missed<'a>(
    connection: &'a BoundConnection,
    call: &Call,
    who: &'a Record,
    owner: &'a str,
) -> &'a str {
    let options = &connection.choices.assign;
    if !connection.journal.answering_agent_only || !assign::concerns(call, options) {
        return owner;
    }
    let user = |extension: &_| connection.user(extension);
    let owners = assign::owners(call, options, who, user, |_| true);
    if owners.contains(owner) {
        return owner;
    }
    owners.first().copied().unwrap_or(owner)
}
