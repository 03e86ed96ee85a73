//! The connector against a stand-in Zoho CRM.
