//! What is wrong with a search.

use crate::salesforce::errors::ApiError;
use crate::salesforce::soql::QueryError;

/// A search that cannot be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SearchError {
    /// The search itself cannot be read.
    Malformed(String),
    /// A part that is written as in SOQL is wrong.
    Query(QueryError),
}

impl SearchError {
    pub(super) fn no_term() -> Self {
        Self::Malformed(
            "No search term found. The search term must be enclosed in braces.".to_owned(),
        )
    }
}

impl From<QueryError> for SearchError {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}

impl From<SearchError> for ApiError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Malformed(message) => Self::bad_request("MALFORMED_SEARCH", message),
            SearchError::Query(error) => error.into(),
        }
    }
}
