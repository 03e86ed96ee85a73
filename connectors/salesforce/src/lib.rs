//! Salesforce: authorise, find, log.
