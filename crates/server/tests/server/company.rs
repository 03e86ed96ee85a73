//! A company that runs Linecard: the real server on a free port, SQLite in a temporary folder.

use std::path::Path;
use std::sync::{Arc, Mutex};

use linecard_clock::{Clock, Entropy, SystemEntropy, TestClock};
use linecard_flow::{Disk, DiskSpace, Flow, Parts};
use linecard_http::{HttpClient, HttpSettings};
use linecard_server::{Reload, Server, ServerSettings, TrustedProxies, links};
use linecard_store::{Sealer, Store};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_util::sync::{CancellationToken, DropGuard};
use url::Url;

use crate::browser::Browser;
use crate::fake_crm::FakeConnector;
use crate::fake_phones::{FakeKind, FakePhones};

/// Far longer than anything takes.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const PHONE_SECRET: &str = "phone-secret-that-nobody-may-see";
pub(crate) const CLIENT_SECRET: &str = "client-secret-that-nobody-may-see";

/// A disk that is as full as a test says.
pub(crate) struct FakeDisks(Mutex<Disk>);

impl FakeDisks {
    pub(crate) const ROOMY: Disk = Disk {
        free: 1 << 39,
        total: 1 << 40,
    };

    pub(crate) fn is(&self, disk: Disk) {
        *self.0.lock().unwrap() = disk;
    }
}

impl DiskSpace for FakeDisks {
    fn of(&self, _folder: &Path) -> Option<Disk> {
        Some(*self.0.lock().unwrap())
    }
}

pub(crate) struct Company {
    pub(crate) base: String,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) phones: Arc<FakePhones>,
    pub(crate) disks: Arc<FakeDisks>,
    entropy: Arc<dyn Entropy>,
    store: Store,
    home: Url,
    /// Has the server look at its certificate.
    pub(crate) reload: Reload,
    _stop: DropGuard,
    _folder: TempDir,
}

impl Company {
    /// Nobody has an account yet.
    pub(crate) async fn before_set_up() -> Self {
        Self::with_flow().await.0
    }

    /// The same, with the flow that the server shows.
    pub(crate) async fn with_flow() -> (Self, Flow) {
        Self::served(|_| {}).await
    }

    /// The same, where the server is set up otherwise.
    pub(crate) async fn served(adjust: impl FnOnce(&mut ServerSettings)) -> (Self, Flow) {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(TestClock::at("2026-01-01T08:00:00Z".parse().unwrap()));
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let store = Store::open(
            &format!("sqlite://{}/linecard.db", folder.path().display()),
            Sealer::for_tests(),
            Arc::clone(&clock) as Arc<dyn Clock>,
            Arc::clone(&entropy),
        )
        .await
        .unwrap();
        let phones = Arc::new(FakePhones::default());
        let disks = Arc::new(FakeDisks(Mutex::new(FakeDisks::ROOMY)));
        let kind = |simulation| {
            Arc::new(FakeKind {
                phones: Arc::clone(&phones),
                simulation,
            })
        };
        let flow = Flow::start(Parts {
            store: store.clone(),
            node: linecard_store::Node::named("company"),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            entropy: Arc::clone(&entropy),
            phone_systems: vec![kind(false), kind(true)],
            connectors: vec![Arc::new(FakeConnector::new())],
            disks: Arc::clone(&disks) as Arc<dyn DiskSpace>,
            import_folder: linecard_flow::ImportFolder {
                path: folder.path().join("imports"),
                longest: 1_000_000,
            },
            webhooks: loopback(),
        })
        .await
        .unwrap();
        let home = Url::parse("http://linecard.test").unwrap();
        let mut settings = ServerSettings {
            listen: "127.0.0.1:0".parse().unwrap(),
            home: home.clone(),
            stand_ins: Vec::new(),
            tls: None,
            redirect_from: None,
            trusted_proxies: TrustedProxies::default(),
            chrome_extensions: vec![linecard_server::ExtensionId::ours()],
            identity: loopback(),
            ice: linecard_server::IceSettings::default(),
        };
        adjust(&mut settings);
        let scheme = if settings.tls.is_some() {
            "https"
        } else {
            "http"
        };
        let server = Server::bind(settings, flow.clone()).await.unwrap();
        let base = format!("{scheme}://{}", server.local_addr().unwrap());
        let reload = server.reload();
        let stop = CancellationToken::new();
        tokio::spawn(server.run(stop.clone().cancelled_owned()));
        let company = Self {
            base,
            clock,
            phones,
            disks,
            entropy,
            store,
            home,
            reload,
            _stop: stop.drop_guard(),
            _folder: folder,
        };
        (company, flow)
    }

    /// The first admin has been made; the browser is the admin's.
    pub(crate) async fn new() -> (Self, Browser) {
        Self::before_set_up().await.begun().await
    }

    /// Makes the first admin; the browser is the admin's.
    pub(crate) async fn begun(self) -> (Self, Browser) {
        let admin = self.browser();
        let set_up = self.set_up().await;
        admin.post("/api/v1/set-up", set_up).await.is(201);
        (self, admin)
    }

    /// The database that the server shows.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// Somebody who is not signed in.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(&self.base)
    }

    /// The token of a new link to the set-up.
    pub(crate) async fn set_up_token(&self) -> Option<String> {
        let clock: &dyn Clock = &*self.clock;
        let link = links::create_set_up_link(&self.store, clock, &*self.entropy, &self.home)
            .await
            .unwrap()?;
        assert_eq!(link.path(), "/set-up");
        Some(token(&link))
    }

    /// A set-up that is fit to be sent.
    pub(crate) async fn set_up(&self) -> Value {
        json!({
            "token": self.set_up_token().await,
            "name": "Ada",
            "email": "ada@example.com",
            "password": PASSWORD,
            "country": "US",
            "time_zone": "America/New_York",
            "language": "en",
        })
    }

    /// Makes an agent at extension 101 and signs in by the link that the admin was given.
    pub(crate) async fn agent(&self, admin: &Browser) -> Browser {
        self.person(admin, "Alice", "agent", Some("101")).await.1
    }

    /// Makes an account and signs in to it by the link that the admin was given.
    pub(crate) async fn person(
        &self,
        admin: &Browser,
        name: &str,
        role: &str,
        extension: Option<&str>,
    ) -> (String, Browser) {
        let wanted = json!({
            "email": format!("{}@example.com", name.to_lowercase()),
            "name": name,
            "role": role,
            "extension": extension,
            "password": PASSWORD,
        });
        let made = admin.post("/api/v1/accounts", wanted).await.is(201).json();
        let link = Url::parse(made["sign_in_link"].as_str().unwrap()).unwrap();
        let browser = self.browser();
        browser
            .post("/api/v1/session/link", json!({ "token": token(&link) }))
            .await
            .is(200);
        let id = made["account"]["id"].as_str().unwrap().to_owned();
        (id, browser)
    }

    /// Links the fake phone system (`fake`, or `toy`, the simulated one), and waits until it is
    /// known whether the link came up.
    pub(crate) async fn link_phones(&self, admin: &Browser, kind: &str) -> Value {
        let settings = json!({ "host": "pbx.test" });
        self.link_phones_with(admin, kind, &settings).await
    }

    /// The same with other settings.
    pub(crate) async fn link_phones_with(
        &self,
        admin: &Browser,
        kind: &str,
        settings: &Value,
    ) -> Value {
        let wanted = json!({
            "kind": kind,
            "name": "Office",
            "settings": settings,
            "secrets": { "secret": PHONE_SECRET },
        });
        let linked = admin
            .post("/api/v1/phone-systems", wanted)
            .await
            .is(201)
            .json();
        let decided = async {
            loop {
                let all = admin.get("/api/v1/phone-systems").await.is(200).json();
                let states = all.as_array().unwrap();
                if states.iter().all(|it| it["link"]["state"] != "connecting") {
                    return;
                }
            }
        };
        tokio::time::timeout(PATIENCE, decided).await.unwrap();
        linked
    }

    /// Fills in the fake CRM's settings.
    pub(crate) async fn fill_in_crm(&self, admin: &Browser) -> Value {
        let wanted = json!({
            "settings": { "client_id": "3MVG" },
            "secrets": { "client_secret": CLIENT_SECRET },
            "home_address": "http://linecard.test/",
        });
        admin.put("/api/v1/crm/fake", wanted).await.is(200).json()
    }

    /// Asks for consent and returns the state that the CRM sends back.
    pub(crate) async fn begin_consent(&self, admin: &Browser) -> String {
        let begun = admin
            .post("/api/v1/crm/fake/authorize", json!(null))
            .await
            .is(200)
            .json();
        let page = Url::parse(begun["url"].as_str().unwrap()).unwrap();
        let (_, state) = page
            .query_pairs()
            .find(|(name, _)| name == "state")
            .unwrap();
        state.into_owned()
    }

    /// Connects the fake CRM, and binds extension 101 to Alice.
    pub(crate) async fn connect_crm(&self, admin: &Browser) {
        self.fill_in_crm(admin).await;
        let state = self.begin_consent(admin).await;
        admin
            .get(&format!(
                "/integration/callback/api/crm/fake/?code=good&state={state}"
            ))
            .await
            .is(200);
        let alice = json!({ "name": "Alice", "email": "alice@example.com" });
        admin.put("/api/v1/extensions/101", alice).await.is(200);
        admin
            .post("/api/v1/crm/fake/users/refresh", json!(null))
            .await
            .is(200);
        let bindings = json!({ "bindings": [{ "crm_user": "005A", "extension": "101" }] });
        admin
            .put("/api/v1/crm/fake/bindings", bindings)
            .await
            .is(200);
    }
}

/// Sends to addresses of this machine, too.
pub(crate) fn loopback() -> HttpClient {
    HttpClient::new(HttpSettings {
        allow_private: true,
        ..HttpSettings::default()
    })
    .unwrap()
}

pub(crate) fn token(link: &Url) -> String {
    let (name, token) = link.query_pairs().next().unwrap();
    assert_eq!(name, "token");
    token.into_owned()
}
