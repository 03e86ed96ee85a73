//! The second CRM, and what the admin chooses about either.

use linecard_flow::Exclusions;
use linecard_rules::journal;
use linecard_rules::terms::Terms;
use linecard_store::{Binding, Connection, ConnectionId, NewConnection};

use super::{Office, ext, grant};

impl Office {
    /// Joins the second CRM, behind the first; 101, 102 and 103 are bound in it.
    pub(crate) async fn join_second(&self) -> ConnectionId {
        let id = self.add_second("good").await;
        let mut unit = self.flow.store().begin().await.unwrap();
        let bound = [("205A", "101"), ("205B", "102"), ("205C", "103")];
        let bound = bound.map(|(user, extension)| Binding {
            connection: id,
            crm_user: user.to_owned(),
            extension: ext(extension),
        });
        unit.bindings().replace(id, bound.into()).await.unwrap();
        let grant = grant("2ORG");
        let mut connections = unit.connections();
        connections.set_grant(id, Some(&grant)).await.unwrap();
        connections
            .set_identity(id, &grant.organisation, &grant.user)
            .await
            .unwrap();
        unit.commit().await.unwrap();
        self.flow.connections().reload(id).await.unwrap();
        id
    }

    /// The admin binds one more extension in the first CRM.
    pub(crate) async fn binds_too(&self, user: &str, extension: &str) {
        let mut unit = self.flow.store().begin().await.unwrap();
        let mut users = unit.crm_users().list(self.connection).await.unwrap();
        users.push(linecard_crm::User {
            id: user.to_owned(),
            name: user.to_owned(),
            email: None,
            is_system: false,
        });
        unit.crm_users()
            .replace(self.connection, users)
            .await
            .unwrap();
        let mut bindings = unit.bindings().list(self.connection).await.unwrap();
        bindings.push(Binding {
            connection: self.connection,
            crm_user: user.to_owned(),
            extension: ext(extension),
        });
        unit.bindings()
            .replace(self.connection, bindings)
            .await
            .unwrap();
        unit.commit().await.unwrap();
        self.flow.directory_changed().await.unwrap();
    }

    /// Fills the second CRM's settings in, and signs in nowhere.
    pub(crate) async fn add_second(&self, key: &str) -> ConnectionId {
        let mut unit = self.flow.store().begin().await.unwrap();
        let second = NewConnection {
            kind: "second".to_owned(),
            settings: [].into(),
            secrets: [("key".to_owned(), key.to_owned())].into(),
        };
        let id = unit.connections().create(second).await.unwrap().id;
        unit.commit().await.unwrap();
        id
    }

    /// The connection as it is kept.
    pub(crate) async fn kept(&self, id: ConnectionId) -> Option<Connection> {
        let mut unit = self.flow.store().read().await.unwrap();
        unit.connections().get(id).await.unwrap()
    }

    /// The admin chooses on what terms the first CRM is used.
    pub(crate) async fn terms(&self, terms: Terms) {
        let version = self.kept(self.connection).await.unwrap().terms_version;
        let mut unit = self.flow.store().begin().await.unwrap();
        unit.connections()
            .set_terms(self.connection, version, &terms)
            .await
            .unwrap();
        unit.commit().await.unwrap();
        self.flow.directory_changed().await.unwrap();
    }

    /// The admin chooses what is written into the first CRM.
    pub(crate) async fn journal(&self, journal: journal::Options) {
        let version = self.kept(self.connection).await.unwrap().journal_version;
        let mut unit = self.flow.store().begin().await.unwrap();
        unit.connections()
            .set_journal(self.connection, version, &journal)
            .await
            .unwrap();
        unit.commit().await.unwrap();
        self.flow.directory_changed().await.unwrap();
    }

    /// The admin keeps numbers and times out of every CRM.
    pub(crate) async fn exclude(&self, exclusions: Exclusions) {
        let mut organisation = self.flow.organisation().await.unwrap();
        organisation.exclusions = exclusions;
        organisation.home_addresses = vec!["http://127.0.0.1".parse().unwrap()];
        self.flow.put_organisation(organisation).await.unwrap();
    }
}
