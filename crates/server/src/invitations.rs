//! Mails invitations: each with a link that signs the person in once.
//!
//! Whoever invites writes down, in the same transaction, that a mail is to go out
//! (`linecard_store::Invitations`). The link is made here, right before the mail: nothing that signs
//! anybody in waits in the database, and a mail that goes out late holds a link that still works for
//! a week. A mail that was not taken is tried again as [`verdict`] says.

mod texts;
mod verdict;

use std::time::Duration;

use jiff::SignedDuration;
use linecard_flow::SendMailError;
use linecard_store::{Account, DueInvitation, StoreError};

use self::texts::Letter;
use self::verdict::{Verdict, verdict};
use crate::api::Language;
use crate::links;
use crate::state::App;

/// How often to look for mail that is due again.
const EVERY: Duration = Duration::from_secs(15);
/// After this a mail whose sender did not come back is tried again; a server has half a minute.
const SENDING: SignedDuration = SignedDuration::from_mins(2);

/// Sends what is due, until the program stops.
pub(crate) async fn run(app: App) {
    loop {
        match send_next(&app).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "invitations cannot be mailed"),
        }
        tokio::select! {
            () = app.stopping.cancelled() => return,
            () = app.invitations.notified() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

/// Sends one mail; `false`: none is due, or the program stops.
async fn send_next(app: &App) -> Result<bool, StoreError> {
    if app.stopping.is_cancelled() {
        return Ok(false);
    }
    let flow = &app.flow;
    let again = flow.clock().now().saturating_add(SENDING);
    let mut work = flow.store().begin().await?;
    let Some(mail) = work.invitations().take(again.unwrap_or_default()).await? else {
        return Ok(false);
    };
    let Some(account) = work.accounts().by_id(mail.account).await? else {
        return Ok(false);
    };
    // The link of a mail that was not taken is in nobody's hands. Where it is not known whether it
    // was taken, the link may be.
    if mail
        .problem
        .as_deref()
        .is_some_and(|it| it != verdict::UNKNOWN)
    {
        work.sign_in_links().delete_of(account.id).await?;
    }
    let link = links::add_sign_in_link(
        &mut work,
        &**flow.clock(),
        &**flow.entropy(),
        &app.home,
        account.id,
    );
    let link = link.await?;
    work.commit().await?;
    let zone = flow.organisation().await?.zone();
    let letter = Letter {
        name: &account.name,
        link: &link,
        until: links::sign_in_link_until(flow.clock().now()),
        zone: &zone,
    };
    let language = account.language.as_deref().and_then(Language::from_tag);
    let (subject, text) = letter.written(language);
    let post = flow.mail();
    let sent = post.send(vec![account.email.clone()], subject, text).await;
    write_down(app, &mail, &account, sent).await?;
    Ok(true)
}

async fn write_down(
    app: &App,
    mail: &DueInvitation,
    account: &Account,
    sent: Result<(), SendMailError>,
) -> Result<(), StoreError> {
    let now = app.flow.clock().now();
    let mut work = app.flow.store().begin().await?;
    match sent {
        Ok(()) => work.invitations().sent(mail).await?,
        Err(SendMailError::Store(error)) => return Err(error),
        Err(SendMailError::NotSetUp) => {
            let why = ("not_set_up", "no mail server is set up");
            let due = now.saturating_add(verdict::LONGEST_WAIT);
            let due = due.unwrap_or(now);
            let oldest = verdict::oldest(now);
            work.invitations().all_failed(due, oldest, why).await?;
        }
        Err(SendMailError::Mail(error)) => {
            let account = account.id.to_string();
            tracing::warn!(%error, account, "an invitation was not mailed");
            let why = (error.problem.as_str(), error.words.as_str());
            let mut invitations = work.invitations();
            match verdict(error.problem, mail.attempt, mail.asked, now) {
                Verdict::Again(due) => invitations.failed(mail, Some(due), why).await?,
                Verdict::GiveUp => invitations.failed(mail, None, why).await?,
                Verdict::AllAgain(due) => {
                    let oldest = verdict::oldest(now);
                    invitations.all_failed(due, oldest, why).await?;
                }
            }
        }
    }
    work.commit().await
}
