//! Getting a CRM's consent: the way there and the way back (A10, A11, A24).

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{
    Advice, AuthorizationRequest, Connector, Consent, Failure, Grant, Settings, SignIn,
};
use linecard_store::{AccountId, Connection, ConnectionId, NewAuthorization, StoreError};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{Connections, settings};

/// How long an admin may take at the CRM's consent page.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);

/// What the CRM sent the browser back with.
#[derive(Clone)]
pub enum ConsentAnswer {
    /// Consent was given; this is exchanged for a grant.
    Given(Consent),
    /// It was not.
    Error {
        /// The code of RFC 6749, section 4.1.2.1, or the CRM's own.
        error: String,
        /// The CRM's words.
        description: Option<String>,
    },
}

/// How the last attempt to get consent went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastAuthorization {
    /// When the answer came.
    pub at: Timestamp,
    /// What went wrong.
    pub result: Result<(), NotAuthorized>,
}

/// Why consent was not obtained, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAuthorized {
    /// The stable code: [`AuthorizeError::code`].
    pub code: &'static str,
    /// The CRM's words, or a sentence; may be empty.
    pub words: String,
    /// What to do about it.
    pub advice: Option<Advice>,
}

/// Consent was not obtained.
#[derive(Debug, thiserror::Error)]
pub enum AuthorizeError {
    /// The state is not one that was given out to this admin, or was used, or is too old.
    #[error("this answer does not belong to a sign-in that was started here, or it is too old")]
    UnknownState,
    /// The person at the CRM said no.
    #[error("consent was denied: {words}")]
    Denied {
        /// The CRM's words.
        words: String,
    },
    /// The connection is with another organisation.
    #[error("signed in to organisation {signed_in}, but {connected} is connected")]
    OtherOrganisation {
        /// The organisation that is connected.
        connected: String,
        /// The organisation that was signed in to.
        signed_in: String,
    },
    /// The CRM or the way to it failed.
    #[error(transparent)]
    Failed(#[from] Failure),
    /// The connection or its kind is gone.
    #[error("there is no such connection")]
    NoConnector,
    /// The attempt could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AuthorizeError {
    /// The stable word under which the pages show it in the reader's language.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownState => "unknown_state",
            Self::Denied { .. } => "consent_denied",
            Self::OtherOrganisation { .. } => "other_organisation",
            Self::Failed(failure) => failure.code(),
            Self::NoConnector => "no_such_connection",
            Self::Store(_) => "not_kept",
        }
    }

    /// What Linecard knows about it.
    #[must_use]
    pub fn advice(&self) -> Option<&Advice> {
        match self {
            Self::Failed(failure) => failure.advice(),
            _ => None,
        }
    }

    /// The CRM's words, or a sentence; may be empty.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Denied { words } => words.clone(),
            Self::Failed(failure) => failure.words().to_owned(),
            other => other.to_string(),
        }
    }
}

impl Connections {
    /// Starts an attempt for the admin `account` and tells the address of the consent page.
    pub async fn authorize(
        &self,
        id: ConnectionId,
        account: AccountId,
        redirect_uri: Url,
    ) -> Result<Url, AuthorizeError> {
        let now = self.0.clock.now();
        let request = AuthorizationRequest {
            redirect_uri,
            state: self.0.entropy.token(),
            verifier: self.0.entropy.token(),
        };
        let mut unit = self.0.store.begin().await?;
        let connection = unit.connections().get(id).await?;
        let connection = connection.ok_or(AuthorizeError::NoConnector)?;
        let connector = self
            .connector(&connection.kind)
            .ok_or(AuthorizeError::NoConnector)?;
        let secrets = unit.connections().secrets(id).await?;
        let page = connector.authorize(&settings(&connection, secrets), &request)?;
        unit.authorizations().delete_expired(now).await?;
        unit.authorizations()
            .create(NewAuthorization {
                state_sha256: sha256(&request.state),
                connection: id,
                account,
                redirect_uri: request.redirect_uri,
                verifier: request.verifier,
                expires: now.checked_add(PATIENCE).unwrap_or(Timestamp::MAX),
            })
            .await?;
        unit.commit().await?;
        Ok(page)
    }

    /// Takes the answer. The state is used up, whatever the answer; it must have been given to
    /// the same admin, `account`.
    pub async fn finish(
        &self,
        state: &str,
        account: Option<AccountId>,
        answer: ConsentAnswer,
    ) -> Result<ConnectionId, AuthorizeError> {
        let now = self.0.clock.now();
        let mut unit = self.0.store.begin().await?;
        let taken = unit.authorizations().take(&sha256(state), now).await?;
        unit.commit().await?;
        let attempt = taken
            .filter(|attempt| Some(attempt.account) == account)
            .ok_or(AuthorizeError::UnknownState)?;
        let id = attempt.connection;
        let request = AuthorizationRequest {
            redirect_uri: attempt.redirect_uri,
            state: state.to_owned(),
            verifier: attempt.verifier,
        };
        let result = self.consented(id, &request, answer).await;
        self.remember(id, &result);
        result.map(|()| id)
    }

    /// Signs in with nothing but what the admin filled in (A18, A20), where that is the CRM's way.
    /// What is wrong is told at once.
    pub async fn connect(&self, id: ConnectionId) -> Result<(), AuthorizeError> {
        let result = self.signed_in_by_settings(id).await;
        self.remember(id, &result);
        result
    }

    async fn signed_in_by_settings(&self, id: ConnectionId) -> Result<(), AuthorizeError> {
        let (connection, connector, settings) = self.to_sign_in(id).await?;
        if connector.sign_in(&settings) != SignIn::Settings {
            let refused = Failure::not_offered("sign-in without a consent page");
            return Err(AuthorizeError::Failed(refused));
        }
        let grant = connector.connect(&settings).await?;
        self.adopt(&connection, &grant).await?;
        self.look_around(id).await;
        Ok(())
    }

    /// What somebody signs in with, at what.
    async fn to_sign_in(
        &self,
        id: ConnectionId,
    ) -> Result<(Connection, &Arc<dyn Connector>, Settings), AuthorizeError> {
        let mut unit = self.0.store.read().await?;
        let connection = unit.connections().get(id).await?;
        let connection = connection.ok_or(AuthorizeError::NoConnector)?;
        let secrets = unit.connections().secrets(id).await?;
        let connector = self
            .connector(&connection.kind)
            .ok_or(AuthorizeError::NoConnector)?;
        let settings = settings(&connection, secrets);
        Ok((connection, connector, settings))
    }

    fn remember(&self, id: ConnectionId, result: &Result<(), AuthorizeError>) {
        let told = LastAuthorization {
            at: self.0.clock.now(),
            result: match result {
                Ok(()) => Ok(()),
                Err(error) => Err(NotAuthorized {
                    code: error.code(),
                    words: error.words(),
                    advice: error.advice().cloned(),
                }),
            },
        };
        self.last(|last| last.insert(id, told));
    }

    /// What an admin wants to see after signing in: the users, and what the connection may do.
    async fn look_around(&self, id: ConnectionId) {
        if let Err(error) = self.refresh_users(id).await {
            tracing::warn!(%error, "signed in, but the list of users could not be fetched");
        }
        if let Err(error) = self.probe(id).await {
            tracing::warn!(%error, "signed in, but what the connection may do could not be tried");
        }
    }

    /// How the last attempt since the start went.
    #[must_use]
    pub fn last_authorization(&self, id: ConnectionId) -> Option<LastAuthorization> {
        self.last(|last| last.get(&id).cloned())
    }

    async fn consented(
        &self,
        id: ConnectionId,
        request: &AuthorizationRequest,
        answer: ConsentAnswer,
    ) -> Result<(), AuthorizeError> {
        let (connection, connector, settings) = self.to_sign_in(id).await?;
        let consent = match answer {
            ConsentAnswer::Given(consent) => consent,
            ConsentAnswer::Error { error, description } => {
                let words = description.unwrap_or_else(|| error.clone());
                return Err(if error == "access_denied" {
                    AuthorizeError::Denied { words }
                } else {
                    connector
                        .consent_refused(format!("{error}: {words}"))
                        .into()
                });
            }
        };
        let grant = connector.exchange(&settings, request, &consent).await?;
        self.adopt(&connection, &grant).await?;
        self.look_around(id).await;
        Ok(())
    }

    /// Keeps a new grant, unless it is for another organisation than the connected one.
    async fn adopt(&self, connection: &Connection, grant: &Grant) -> Result<(), AuthorizeError> {
        if let Some(connected) = &connection.organisation
            && *connected != grant.organisation
        {
            return Err(AuthorizeError::OtherOrganisation {
                connected: connected.clone(),
                signed_in: grant.organisation.clone(),
            });
        }
        let mut unit = self.0.store.begin().await?;
        let mut connections = unit.connections();
        connections.set_grant(connection.id, Some(grant)).await?;
        connections
            .set_identity(connection.id, &grant.organisation, &grant.user)
            .await?;
        connections.set_problem(connection.id, None).await?;
        unit.commit().await?;
        self.troubled(|troubled| troubled.remove(&connection.id));
        self.reload(connection.id).await?;
        Ok(())
    }
}

/// States are kept as digests only: whoever reads the database cannot use one.
fn sha256(state: &str) -> Vec<u8> {
    Sha256::digest(state.as_bytes()).to_vec()
}
