//! A provider that signs what it is told to.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use linecard_clock::SystemEntropy;
use linecard_http::{HttpClient, HttpSettings};
use linecard_oidc::{OidcError, Person, Provider, Registration};
use openidconnect::PrivateSigningKey as _;
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use serde_json::{Value, json};
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// The moment at which all of this happens, in seconds.
pub(crate) const NOW: i64 = 1_767_254_400;

pub(crate) struct Forger {
    server: MockServer,
    key: CoreEdDsaPrivateSigningKey,
}

impl Forger {
    pub(crate) async fn new() -> Self {
        let server = MockServer::start().await;
        let pem = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519)
            .unwrap()
            .serialize_pem();
        let key = CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, None).unwrap();
        let issuer = server.uri();
        let description = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "userinfo_endpoint": format!("{issuer}/userinfo"),
            "jwks_uri": format!("{issuer}/keys"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA", "none"],
        });
        let keys = json!({ "keys": [key.as_verification_key()] });
        let userinfo = json!({
            "sub": "1", "email": "ada.by.userinfo@example.com", "email_verified": true,
        });
        for (at, answer) in [
            ("/.well-known/openid-configuration", description),
            ("/keys", keys),
            ("/userinfo", userinfo),
        ] {
            Mock::given(method("GET"))
                .and(path(at))
                .respond_with(ResponseTemplate::new(200).set_body_json(answer))
                .mount(&server)
                .await;
        }
        Self { server, key }
    }

    pub(crate) fn issuer(&self) -> String {
        self.server.uri()
    }

    pub(crate) async fn discover(&self, issuer: &str) -> Result<Provider, OidcError> {
        let settings = HttpSettings {
            allow_private: true,
            ..HttpSettings::default()
        };
        let registration = Registration {
            issuer: issuer.to_owned(),
            client_id: "linecard".to_owned(),
            client_secret: Some("secret".to_owned()),
            redirect_uri: "https://linecard.example/sign-in/oidc/callback"
                .parse()
                .unwrap(),
        };
        Provider::discover(HttpClient::new(settings).unwrap(), registration).await
    }

    /// What the browser that is sent off asks for.
    pub(crate) async fn asked(&self) -> HashMap<String, String> {
        let provider = self.discover(&self.issuer()).await.ok().unwrap();
        let (address, _) = provider.begin(&SystemEntropy);
        address.query_pairs().into_owned().collect()
    }

    /// A whole sign-in, at which the token is what `token` makes of the right claims.
    pub(crate) async fn sign_in(
        &self,
        token: impl FnOnce(Value) -> String,
    ) -> Result<Person, OidcError> {
        let provider = self.discover(&self.issuer()).await?;
        let (address, attempt) = provider.begin(&SystemEntropy);
        let asked: HashMap<_, _> = address.query_pairs().into_owned().collect();
        let token = token(json!({
            "iss": self.issuer(), "aud": "linecard", "sub": "1",
            "iat": NOW - 10, "exp": NOW + 300, "nonce": asked["nonce"],
            "email": "ada@example.com", "email_verified": true, "name": "Ada",
        }));
        let answer = json!({
            "access_token": "access", "token_type": "Bearer", "id_token": token,
        });
        let _mock = Mock::given(method("POST"))
            .and(path("/token"))
            .respond_with(ResponseTemplate::new(200).set_body_json(answer))
            .mount_as_scoped(&self.server)
            .await;
        let now = Timestamp::from_second(NOW).unwrap();
        provider.finish(&attempt, "code".to_owned(), now).await
    }

    pub(crate) fn signed(&self, claims: &Value) -> String {
        self.signature_of(claims, claims)
    }

    /// `shown`, with the signature of `claims`.
    pub(crate) fn signature_of(&self, claims: &Value, shown: &Value) -> String {
        let header = json!({ "alg": "EdDSA", "typ": "JWT" });
        let signed = format!("{}.{}", part(&header), part(claims));
        let algorithm = CoreJwsSigningAlgorithm::EdDsa;
        let signature = self.key.sign(&algorithm, signed.as_bytes()).unwrap();
        let signature = URL_SAFE_NO_PAD.encode(signature);
        format!("{}.{}.{signature}", part(&header), part(shown))
    }
}

/// A token that nobody has signed.
pub(crate) fn unsigned(claims: &Value) -> String {
    format!("{}.{}.", part(&json!({ "alg": "none" })), part(claims))
}

fn part(json: &Value) -> String {
    URL_SAFE_NO_PAD.encode(json.to_string())
}
