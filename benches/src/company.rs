//! A company to measure in: agents with extensions, a stand-in Salesforce that knows the callers,
//! and a store that holds both as if they had been set up in the Console.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use jiff::{SignedDuration, Timestamp};
use linecard_clock::{Clock as _, SystemClock, SystemEntropy};
use linecard_crm::{Grant, User};
use linecard_flow::{DialGuards, Organisation};
use linecard_number::{Country, Extension, ExtensionRange, Habits};
use linecard_sandbox::salesforce::{Application, Options, Sandbox, Seed};
use linecard_store::{
    Binding, ConnectionId, ExtensionEntry, NewAccount, NewConnection, NewPhoneSystem, Role, Sealer,
    Store, UnitOfWork,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// How many agents a company has that is not said to be larger.
pub(crate) const AGENTS: usize = SMALL.agents;
/// How many people the CRM knows.
pub(crate) const CONTACTS: usize = 200;

/// Who gave consent.
pub(crate) const ADMIN: &str = "admin@example.com";
/// A day's requests of a real organisation would not be enough for a minute of this.
const DAILY_REQUESTS: u32 = 100_000_000;
/// Longer than any bench.
const SESSION: SignedDuration = SignedDuration::from_hours(24);

/// How many agents there are, each with an extension of its own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// How many.
    pub(crate) agents: usize,
    /// The extension of the first; those of the others follow.
    first: usize,
    /// All extensions, as the phone system names their channels.
    pub(crate) own: &'static str,
    range: [&'static str; 2],
}

/// A company with extensions of three digits.
pub(crate) const SMALL: Size = Size {
    agents: 50,
    first: 101,
    own: r"PJSIP/1\d\d",
    range: ["100", "199"],
};

/// A company with extensions of four digits.
pub(crate) const LARGE: Size = Size {
    agents: 1_000,
    first: 1_001,
    own: r"PJSIP/[12]\d\d\d",
    range: ["1000", "2000"],
};

impl Size {
    /// The extension of agent `agent`.
    pub(crate) fn extension(self, agent: usize) -> anyhow::Result<Extension> {
        Ok(format!("{}", self.first + agent % self.agents).parse()?)
    }

    /// How many digits of an extension tell which ten agents it is among.
    pub(crate) fn group_digits(self) -> usize {
        self.first.to_string().len() - 2
    }
}

/// The extension of agent `agent` of a small company: 101 and on.
pub(crate) fn extension(agent: usize) -> anyhow::Result<Extension> {
    SMALL.extension(agent)
}

/// The number of a caller, as the phone system gives it; one below [`CONTACTS`] is known to the
/// CRM.
pub(crate) fn number(caller: usize) -> String {
    format!("1415555{caller:04}")
}

/// What signs agent `agent` in, as the value of the session's cookie.
pub(crate) fn session(agent: usize) -> String {
    format!("bench-{agent}")
}

/// What signs the admin in, likewise.
pub(crate) fn admins_session() -> &'static str {
    "bench-admin"
}

/// The stand-in for Salesforce, with the agents and [`CONTACTS`] people, whose owners they
/// are in turn.
pub(crate) async fn salesforce(size: Size) -> anyhow::Result<Sandbox> {
    let users = (0..size.agents).map(|agent| {
        let mut user = user(&agent_email(agent));
        user["@name"] = json!(format!("agent-{agent}"));
        user
    });
    let contacts = (0..CONTACTS).map(|contact| {
        json!({
            "FirstName": "Contact", "LastName": format!("Number {contact}"),
            "Phone": format!("+{}", number(contact)),
            "OwnerId": format!("@agent-{}", contact % size.agents),
        })
    });
    let mut admin = user(ADMIN);
    admin["@name"] = json!("admin");
    let seed = json!({
        "Organization": [{ "Name": "Bench", "TimeZoneSidKey": "America/New_York" }],
        "Profile": [{ "@name": "standard", "Name": "Standard User" }],
        "User": std::iter::once(admin).chain(users).collect::<Vec<_>>(),
        "TaskStatus": [{
            "MasterLabel": "Completed", "ApiName": "Completed", "SortOrder": 1,
            "IsDefault": true, "IsClosed": true,
        }],
        "Contact": contacts.collect::<Vec<_>>(),
    });
    let options = Options {
        seed: Seed::from_json(&seed.to_string())?,
        daily_api_requests: DAILY_REQUESTS,
        ..Options::default()
    };
    Ok(Sandbox::start(options, Arc::new(SystemClock), Arc::new(SystemEntropy)).await?)
}

fn user(email: &str) -> Value {
    json!({
        "FirstName": "User", "LastName": email, "Alias": "user", "Username": email,
        "Email": email, "IsActive": true, "UserType": "Standard", "ProfileId": "@standard",
        "TimeZoneSidKey": "America/New_York",
    })
}

/// The e-mail address of agent `agent`.
pub(crate) fn agent_email(agent: usize) -> String {
    format!("agent-{agent}@example.com")
}

/// Opens the store at `url`, with its key in `folder`.
pub(crate) async fn store(url: &str, folder: &Path) -> anyhow::Result<Store> {
    let sealer = Sealer::open_or_create(&folder.join("linecard.key"), &SystemEntropy)?;
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    Ok(Store::open(url, sealer, clock, entropy).await?)
}

/// Fills an empty store: the admin and the agents, signed in and bound, a phone system, and the
/// stand-in.
pub(crate) async fn furnish(
    store: &Store,
    size: Size,
    phone_system: NewPhoneSystem,
    salesforce: &Sandbox,
    home: &str,
) -> anyhow::Result<ConnectionId> {
    let mut unit = store.begin().await?;
    organisation(&mut unit, size, home).await?;
    admin(&mut unit).await?;
    agents(&mut unit, size).await?;
    unit.phone_systems().create(phone_system).await?;
    let connection = connect(&mut unit, size, salesforce).await?;
    unit.commit().await?;
    Ok(connection)
}

/// The company itself.
pub(crate) async fn organisation(
    unit: &mut UnitOfWork,
    size: Size,
    home: &str,
) -> anyhow::Result<()> {
    let [from, to] = size.range;
    let organisation = Organisation {
        country: Country::UNITED_STATES,
        time_zone: "America/New_York".to_owned(),
        extension_ranges: vec![ExtensionRange {
            from: from.parse()?,
            to: to.parse()?,
        }],
        home_addresses: vec![home.parse()?],
        habits: Habits::default(),
        masks_numbers: false,
        dial: DialGuards::default(),
        exclusions: linecard_flow::Exclusions::default(),
        version: 1,
    };
    unit.settings().put("organisation", &organisation).await?;
    Ok(())
}

/// The agents, each signed in.
pub(crate) async fn agents(unit: &mut UnitOfWork, size: Size) -> anyhow::Result<()> {
    let expires = SystemClock.now().saturating_add(SESSION)?;
    for agent in 0..size.agents {
        let number = size.extension(agent)?;
        let name = format!("Agent {number}");
        unit.extensions()
            .put(&ExtensionEntry {
                number: number.clone(),
                name: name.clone(),
                email: Some(agent_email(agent)),
            })
            .await?;
        let account = NewAccount {
            email: agent_email(agent),
            name,
            role: Role::Agent,
            extension: Some(number),
            password_hash: None,
            language: None,
        };
        let account = unit.accounts().create(account).await?;
        let token = Sha256::digest(session(agent).as_bytes());
        unit.sessions().create(&token, account.id, expires).await?;
    }
    Ok(())
}

/// The admin, signed in.
pub(crate) async fn admin(unit: &mut UnitOfWork) -> anyhow::Result<()> {
    let account = NewAccount {
        email: ADMIN.to_owned(),
        name: "Ada".to_owned(),
        role: Role::Admin,
        extension: None,
        password_hash: None,
        language: None,
    };
    let account = unit.accounts().create(account).await?;
    let expires = SystemClock.now().saturating_add(SESSION)?;
    let token = Sha256::digest(admins_session().as_bytes());
    unit.sessions().create(&token, account.id, expires).await?;
    Ok(())
}

/// Joins the stand-in for Salesforce, and binds the agents.
pub(crate) async fn connect(
    unit: &mut UnitOfWork,
    size: Size,
    salesforce: &Sandbox,
) -> anyhow::Result<ConnectionId> {
    let application = Application::default();
    let connection = NewConnection {
        kind: "salesforce".to_owned(),
        settings: [
            ("login_url".to_owned(), salesforce.base_url().to_owned()),
            ("client_id".to_owned(), application.consumer_key),
        ]
        .into(),
        secrets: [("client_secret".to_owned(), application.consumer_secret)].into(),
    };
    let connection = unit.connections().create(connection).await?.id;
    let users = salesforce.records("User");
    let users: Vec<User> = users.iter().filter_map(read_user).collect();
    let mut bindings = Vec::new();
    for agent in 0..size.agents {
        let email = Some(agent_email(agent));
        let user = users.iter().find(|user| user.email == email);
        bindings.push(Binding {
            connection,
            crm_user: user.context("the stand-in lacks an agent")?.id.clone(),
            extension: size.extension(agent)?,
        });
    }
    unit.crm_users().replace(connection, users).await?;
    unit.bindings().replace(connection, bindings).await?;
    let grant = grant(salesforce)?;
    let mut connections = unit.connections();
    connections.set_grant(connection, Some(&grant)).await?;
    connections
        .set_identity(connection, &grant.organisation, &grant.user)
        .await?;
    Ok(connection)
}

fn read_user(record: &Value) -> Option<User> {
    let text = |field: &str| Some(record.get(field)?.as_str()?.to_owned());
    Some(User {
        id: text("Id")?,
        name: text("Name")?,
        email: text("Email"),
        is_system: false,
    })
}

/// What consent of its administrator gives.
pub(crate) fn grant(salesforce: &Sandbox) -> anyhow::Result<Grant> {
    let tokens = salesforce.sign_in(ADMIN)?;
    let tokens = tokens.context("the stand-in has no administrator")?;
    let first = |object: &str| {
        let records = salesforce.records(object);
        let id = records
            .first()
            .and_then(|record| record.get("Id")?.as_str());
        id.map(str::to_owned)
            .with_context(|| format!("the stand-in has no {object}"))
    };
    Ok(Grant {
        access_token: tokens.access_token,
        refresh_token: Some(tokens.refresh_token),
        api_base: salesforce.base_url().parse()?,
        organisation: first("Organization")?,
        user: first("User")?,
        extra: std::collections::BTreeMap::new(),
    })
}

/// The time of day.
pub(crate) fn now() -> Timestamp {
    SystemClock.now()
}
