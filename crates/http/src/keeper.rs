//! Keeps the tokens of one connection fresh.

use std::sync::Arc;
use std::time::Duration;

use linecard_crm::{
    Advice, AdviceCode, Failure, Grant, GrantStore, GrantStoreError, PersonNeeded, Words,
};
use tokio::sync::Mutex;

use crate::OAuth;

/// Hands out the grant of one connection and refreshes it when a server says that its access
/// token has expired. However many requests find that out at once, one refresh is made; a
/// grant that another process has refreshed meanwhile is taken over.
#[derive(Clone)]
pub struct TokenKeeper(Arc<Inner>);

/// Says at which server a grant is renewed and taken back.
type Choice = dyn Fn(&Grant) -> Result<OAuth, Failure> + Send + Sync;

struct Inner {
    grants: Arc<dyn GrantStore>,
    oauth: Box<Choice>,
    /// Held while refreshing. Where the server rotates refresh tokens, a grant that could not
    /// be saved is the only good one, so it is kept here until it can.
    unsaved: Mutex<Option<Unsaved>>,
}

/// How often it is looked whether another process has renewed the grant, and
const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// how many times: longer than its right to do so lasts.
const LOOKS: u32 = 900;

struct Unsaved {
    replaces: Grant,
    grant: Grant,
}

impl TokenKeeper {
    /// Keeps the grant in `grants`, refreshed by `oauth`.
    #[must_use]
    pub fn new(grants: Arc<dyn GrantStore>, oauth: OAuth) -> Self {
        Self::choosing(grants, move |_| Ok(oauth.clone()))
    }

    /// Keeps the grant in `grants`, refreshed at the server that `choose` names for it: Zoho's
    /// answer to the consent says which of its data centres that is.
    #[must_use]
    pub fn choosing(
        grants: Arc<dyn GrantStore>,
        choose: impl Fn(&Grant) -> Result<OAuth, Failure> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Inner {
            grants,
            oauth: Box::new(choose),
            unsaved: Mutex::new(None),
        }))
    }

    /// The newest grant.
    pub async fn grant(&self) -> Result<Grant, Failure> {
        self.0.load().await
    }

    /// A grant to use instead of `failed`, whose access token was turned down. It is saved
    /// before it is returned.
    ///
    /// The refresh goes on when the caller stops waiting: with rotation, the answer holds the
    /// only refresh token that is still good.
    pub async fn renew(&self, failed: &Grant) -> Result<Grant, Failure> {
        let inner = Arc::clone(&self.0);
        let failed = failed.clone();
        tokio::spawn(async move { inner.renew(failed).await })
            .await
            .unwrap_or_else(|error| {
                Err(Failure::retry(Advice::about(
                    AdviceCode::BrokenOff,
                    error.to_string(),
                )))
            })
    }

    /// Takes the consent back: the refresh token, with which its access tokens go.
    pub async fn revoke(&self) -> Result<(), Failure> {
        let grant = self.0.load().await?;
        let token = grant.refresh_token.as_ref().unwrap_or(&grant.access_token);
        (self.0.oauth)(&grant)?
            .revoke(token)
            .await
            .map_err(|error| error.failure())
    }
}

impl Inner {
    async fn load(&self) -> Result<Grant, Failure> {
        self.grants
            .load()
            .await
            .map_err(|error| not_kept(&error))?
            .ok_or_else(not_signed_in)
    }

    async fn renew(&self, failed: Grant) -> Result<Grant, Failure> {
        let mut unsaved = self.unsaved.lock().await;
        for _ in 0..LOOKS {
            let stored = self.load().await?;
            if stored.access_token != failed.access_token {
                return Ok(stored);
            }
            if self
                .grants
                .claim()
                .await
                .map_err(|error| not_kept(&error))?
            {
                let renewed = self.renew_alone(&failed, &mut unsaved).await;
                self.grants.release().await;
                return renewed;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Err(Failure::retry(AdviceCode::BeingRenewed))
    }

    /// Renews while nobody else may.
    async fn renew_alone(
        &self,
        failed: &Grant,
        unsaved: &mut Option<Unsaved>,
    ) -> Result<Grant, Failure> {
        // Somebody may have come to an end between the look and the right to renew.
        let stored = self.load().await?;
        if stored.access_token != failed.access_token {
            return Ok(stored);
        }
        let kept = unsaved.take().filter(|kept| kept.replaces == stored);
        let grant = match kept {
            Some(kept) => kept.grant,
            None => match self.refresh(&stored).await? {
                Refreshed::Here(grant) => grant,
                Refreshed::Elsewhere(grant) => return Ok(grant),
            },
        };
        if let Err(error) = self.grants.save(&grant).await {
            *unsaved = Some(Unsaved {
                replaces: stored,
                grant,
            });
            return Err(not_kept(&error));
        }
        Ok(grant)
    }

    async fn refresh(&self, stored: &Grant) -> Result<Refreshed, Failure> {
        let Some(refresh_token) = &stored.refresh_token else {
            return Err(not_signed_in());
        };
        match (self.oauth)(stored)?.refresh(refresh_token).await {
            Ok(tokens) => Ok(Refreshed::Here(Grant {
                access_token: tokens.access_token,
                refresh_token: tokens
                    .refresh_token
                    .or_else(|| stored.refresh_token.clone()),
                ..stored.clone()
            })),
            Err(error) if error.is_invalid_grant() => {
                // Another process may have used the refresh token a moment before.
                let newer = self.load().await?;
                if newer == *stored {
                    Err(error.failure())
                } else {
                    Ok(Refreshed::Elsewhere(newer))
                }
            }
            Err(error) => Err(error.failure()),
        }
    }
}

enum Refreshed {
    Here(Grant),
    Elsewhere(Grant),
}

fn not_signed_in() -> Failure {
    Failure::advised(PersonNeeded::SignIn, AdviceCode::NotSignedIn)
}

/// Nothing was asked of the CRM: the same request can succeed soon.
fn not_kept(error: &GrantStoreError) -> Failure {
    Failure::retry(Words::from(error.to_string()).advising(AdviceCode::NotKept))
}
