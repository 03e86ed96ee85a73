//! One provider: found, asked to sign somebody in, and believed only after every check.

use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp};
use linecard_clock::Entropy;
use linecard_http::HttpClient;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClientAuthMethod,
    CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AuthType, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    StandardErrorResponse, StandardTokenResponse, TokenResponse as _, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::person::Extra;
use crate::wire::Wire;
use crate::{OidcError, Person};

/// How far the provider's clock and ours may be apart.
const DRIFT: SignedDuration = SignedDuration::from_mins(1);

type TokenFields = IdTokenFields<
    Extra,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type CodeClient = Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<TokenFields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// How Linecard is registered at the provider. No `Debug`: it holds a secret.
#[derive(Clone)]
pub struct Registration {
    /// The provider's issuer, letter for letter: it is compared as text (Core 1.0, 3.1.3.7).
    pub issuer: String,
    /// The name under which the provider knows Linecard.
    pub client_id: String,
    /// What proves it; a public client has none and relies on PKCE.
    pub client_secret: Option<String>,
    /// Where the provider sends the browser back to.
    pub redirect_uri: Url,
}

/// What a sign-in that has begun must know when it comes back. No `Debug`: it holds secrets of
/// the browser that began it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Comes back in the address (RFC 6749, 10.12).
    pub state: String,
    /// Comes back inside the token (Core 1.0, 15.5.2).
    nonce: String,
    /// Goes along with the code (RFC 7636).
    verifier: String,
}

/// A provider as it describes itself.
pub struct Provider {
    wire: Wire,
    client: CodeClient,
    /// How it signs tokens.
    algorithms: Vec<CoreJwsSigningAlgorithm>,
}

impl Provider {
    /// Reads what the provider says of itself, and its keys.
    pub async fn discover(http: HttpClient, registration: Registration) -> Result<Self, OidcError> {
        let wire = Wire(http);
        let issuer = IssuerUrl::new(registration.issuer)
            .map_err(|error| OidcError::NotAProvider(error.to_string()))?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &wire).await?;
        let mut algorithms = metadata.id_token_signing_alg_values_supported().clone();
        // A provider may offer unsigned tokens (Core 1.0, section 2); nobody here takes one.
        algorithms.retain(|one| *one != CoreJwsSigningAlgorithm::None);
        let by_body_only = metadata
            .token_endpoint_auth_methods_supported()
            .is_some_and(|ways| {
                ways.contains(&CoreClientAuthMethod::ClientSecretPost)
                    && !ways.contains(&CoreClientAuthMethod::ClientSecretBasic)
            });
        let client = CodeClient::from_provider_metadata(
            metadata,
            ClientId::new(registration.client_id),
            registration.client_secret.map(ClientSecret::new),
        )
        .set_redirect_uri(RedirectUrl::from_url(registration.redirect_uri))
        .set_auth_type(if by_body_only {
            AuthType::RequestBody
        } else {
            AuthType::BasicAuth
        });
        Ok(Self {
            wire,
            client,
            algorithms,
        })
    }

    /// Where to send the browser, and what it must bring back.
    #[must_use]
    pub fn begin(&self, entropy: &dyn Entropy) -> (Url, Attempt) {
        let attempt = Attempt {
            state: entropy.token(),
            nonce: entropy.token(),
            verifier: entropy.token(),
        };
        let verifier = PkceCodeVerifier::new(attempt.verifier.clone());
        let (state, nonce) = (attempt.state.clone(), attempt.nonce.clone());
        let (address, _, _) = self
            .client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        (address, attempt)
    }

    /// Turns the code that came back into the person it stands for.
    pub async fn finish(
        &self,
        attempt: &Attempt,
        code: String,
        now: Timestamp,
    ) -> Result<Person, OidcError> {
        let answer = self
            .client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| OidcError::NotAProvider(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier.clone()))
            .request_async(&self.wire)
            .await?;
        let token = answer
            .id_token()
            .ok_or_else(|| OidcError::NotAProvider("there is no ID token".to_owned()))?;
        let by_then = SystemTime::from(now.saturating_sub(DRIFT).unwrap_or(now));
        let verifier = self
            .client
            .id_token_verifier()
            .set_allowed_algs(self.algorithms.clone())
            .set_time_fn(move || by_then.into());
        let claims = token.claims(&verifier, &Nonce::new(attempt.nonce.clone()))?;
        if claims.email().is_some() {
            return Person::of(
                claims.email(),
                claims.email_verified(),
                claims.name(),
                claims.additional_claims(),
            );
        }
        // With a code the standard has the address here and not in the token (Core 1.0, 5.4).
        let Ok(question) = self.client.user_info(
            answer.access_token().clone(),
            Some(claims.subject().clone()),
        ) else {
            return Err(OidcError::NoEmail);
        };
        let told: UserInfoClaims<Extra, CoreGenderClaim> =
            question.request_async(&self.wire).await?;
        Person::of(
            told.email(),
            told.email_verified(),
            told.name(),
            told.additional_claims(),
        )
    }
}
