//! Links that sign a person in once: the first admin's set-up, a new account, the demo.
//!
//! Only the token's hash is stored, so a link that was lost cannot be shown again: make another.

use jiff::{SignedDuration, Timestamp};
use linecard_clock::{Clock, Entropy};
use linecard_store::{AccountId, LinkPurpose, Store, StoreError, UnitOfWork};
use url::Url;

use crate::session::token_sha256;

/// How long a link to the set-up works.
const SET_UP_LASTS: SignedDuration = SignedDuration::from_hours(24);
/// How long a link that signs somebody in works: a new agent may be away for the weekend.
const SIGN_IN_LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Makes the link to the first-run set-up; links made before stop working. `None` once there is
/// an account: the set-up is done once.
pub async fn create_set_up_link(
    store: &Store,
    clock: &dyn Clock,
    entropy: &dyn Entropy,
    home: &Url,
) -> Result<Option<Url>, StoreError> {
    let mut work = store.begin().await?;
    if work.accounts().count().await? > 0 {
        return Ok(None);
    }
    work.sign_in_links().delete_purpose_set_up().await?;
    let expires = after(clock.now(), SET_UP_LASTS);
    let token = create(&mut work, entropy, LinkPurpose::SetUp, expires).await?;
    work.commit().await?;
    Ok(Some(link(home, "/set-up", &token)))
}

/// Makes a link that signs `account` in, once, within a week.
pub async fn create_sign_in_link(
    store: &Store,
    clock: &dyn Clock,
    entropy: &dyn Entropy,
    home: &Url,
    account: AccountId,
) -> Result<Url, StoreError> {
    let mut work = store.begin().await?;
    let link = add_sign_in_link(&mut work, clock, entropy, home, account).await?;
    work.commit().await?;
    Ok(link)
}

/// The same as part of a greater change.
pub(crate) async fn add_sign_in_link(
    work: &mut UnitOfWork,
    clock: &dyn Clock,
    entropy: &dyn Entropy,
    home: &Url,
    account: AccountId,
) -> Result<Url, StoreError> {
    let expires = sign_in_link_until(clock.now());
    let token = create(work, entropy, LinkPurpose::SignIn(account), expires).await?;
    Ok(link(home, "/sign-in", &token))
}

/// Until when a link works that is made now.
pub(crate) fn sign_in_link_until(now: Timestamp) -> Timestamp {
    after(now, SIGN_IN_LASTS)
}

async fn create(
    work: &mut UnitOfWork,
    entropy: &dyn Entropy,
    purpose: LinkPurpose,
    expires: Timestamp,
) -> Result<String, StoreError> {
    let token = entropy.token();
    work.sign_in_links()
        .create(&token_sha256(&token), purpose, expires)
        .await?;
    Ok(token)
}

fn after(now: Timestamp, lasts: SignedDuration) -> Timestamp {
    now.saturating_add(lasts).unwrap_or(Timestamp::MAX)
}

fn link(home: &Url, path: &str, token: &str) -> Url {
    let mut link = home.clone();
    link.set_path(path);
    link.set_query(Some(&format!("token={token}")));
    link.set_fragment(None);
    link
}
