//! What is wrong with a query, and where.

use crate::salesforce::errors::ApiError;

/// A query that cannot be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct QueryError {
    code: &'static str,
    message: String,
    /// The offending place, as a character's number from 0.
    at: Option<usize>,
}

impl QueryError {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            at: None,
        }
    }

    pub(crate) fn at(self, at: usize) -> Self {
        Self {
            at: Some(at),
            ..self
        }
    }

    pub(crate) fn malformed(message: impl Into<String>) -> Self {
        Self::new("MALFORMED_QUERY", message)
    }

    /// The text with the vendor's caret block: the line, a caret under the place, row and column.
    pub(crate) fn in_text(self, text: &str) -> Self {
        let Some(at) = self.at else {
            return self;
        };
        let before: Vec<char> = text.chars().take(at).collect();
        let row = before.iter().filter(|one| **one == '\n').count();
        let line = text.lines().nth(row).unwrap_or_default();
        let column = before.iter().rev().take_while(|one| **one != '\n').count();
        let caret = " ".repeat(column);
        Self {
            message: format!(
                "\n{line}\n{caret}^\nERROR at Row:{}:Column:{}\n{}",
                row + 1,
                column + 1,
                self.message
            ),
            at: None,
            ..self
        }
    }
}

impl From<QueryError> for ApiError {
    fn from(error: QueryError) -> Self {
        Self::bad_request(error.code, error.message)
    }
}
