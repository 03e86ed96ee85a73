//! What crosses rooms: a real Asterisk, a real browser, a stand-in CRM.
