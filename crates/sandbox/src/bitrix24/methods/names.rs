//! Which methods there are, and which scope each needs.

/// Every method. Those without a scope work with any.
const METHODS: [(&str, &str); 41] = [
    ("batch", ""),
    ("methods", ""),
    ("profile", ""),
    ("scope", ""),
    ("server.time", ""),
    ("user.current", "user"),
    ("user.get", "user"),
    ("crm.settings.mode.get", "crm"),
    ("crm.duplicate.findbycomm", "crm"),
    ("crm.item.add", "crm"),
    ("crm.item.get", "crm"),
    ("crm.item.list", "crm"),
    ("crm.item.update", "crm"),
    ("crm.item.delete", "crm"),
    ("crm.lead.add", "crm"),
    ("crm.lead.get", "crm"),
    ("crm.lead.list", "crm"),
    ("crm.lead.update", "crm"),
    ("crm.lead.delete", "crm"),
    ("crm.deal.add", "crm"),
    ("crm.deal.get", "crm"),
    ("crm.deal.list", "crm"),
    ("crm.contact.add", "crm"),
    ("crm.contact.get", "crm"),
    ("crm.contact.list", "crm"),
    ("crm.contact.update", "crm"),
    ("crm.contact.delete", "crm"),
    ("crm.company.add", "crm"),
    ("crm.company.get", "crm"),
    ("crm.company.list", "crm"),
    ("crm.company.update", "crm"),
    ("crm.company.delete", "crm"),
    ("crm.activity.add", "crm"),
    ("crm.activity.get", "crm"),
    ("crm.activity.list", "crm"),
    ("crm.activity.update", "crm"),
    ("crm.activity.delete", "crm"),
    ("crm.activity.binding.add", "crm"),
    ("crm.activity.binding.delete", "crm"),
    ("crm.activity.binding.list", "crm"),
    ("telephony.externalcall.searchcrmentities", "telephony"),
];

/// Methods that exist but answer nobody but an application.
const APPLICATION: [&str; 2] = [
    "telephony.externalcall.register",
    "telephony.externalcall.finish",
];

/// The scope that a method needs; `None` if there is no such method.
pub(super) fn scope(method: &str) -> Option<&'static str> {
    if APPLICATION.contains(&method) {
        return Some("telephony");
    }
    METHODS
        .iter()
        .find(|(name, _)| *name == method)
        .map(|(_, scope)| *scope)
}

/// Every method's name.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    METHODS.iter().map(|(name, _)| *name).chain(APPLICATION)
}

/// Whether these scopes let one call a method that needs `scope`. There are three for users.
pub(super) fn is_granted(scope: &str, granted: &[String]) -> bool {
    scope.is_empty()
        || granted
            .iter()
            .any(|one| one == scope || scope == "user" && one.starts_with("user_b"))
}
