//! Why a row of a file is not taken.

use std::fmt;

use super::{LONGEST_CELL, LONGEST_ROW};

/// Why a row is not taken, and in which column.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct RowFault {
    /// The column, from 1, where it is the fault of one.
    pub column: Option<usize>,
    /// Why.
    pub fault: Fault,
}

/// Why a row is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A quoted cell goes on after its quote, or never ends.
    BrokenQuote,
    /// The row is too long.
    RowTooLong,
    /// A cell is too long.
    CellTooLong,
    /// The row has more cells than the table has columns.
    TooManyCells {
        /// How many columns there are.
        columns: usize,
    },
    /// There is a byte of value zero.
    Nul,
    /// The bytes are no text.
    Undecodable {
        /// In this encoding.
        encoding: &'static str,
    },
    /// There is neither a name nor a company.
    NoName,
    /// There is no number.
    NoNumber,
    /// What stands where a number should has no digits, or too much else.
    NotANumber,
    /// There are more numbers of a kind than a contact has places for.
    NoPlace,
    /// A value that is one line has several, or a control character.
    LineBreak,
    /// A value has more characters than a contact takes.
    TooLong {
        /// How many it takes.
        most: usize,
    },
    /// An e-mail address is none.
    NotAnEmail,
    /// A card has no end.
    NoEnd,
    /// This text belongs to no card.
    NoCard,
}

impl Fault {
    /// The fault of a row as a whole.
    #[must_use]
    pub fn of_row(self) -> RowFault {
        RowFault {
            column: None,
            fault: self,
        }
    }

    /// The fault of a column, from 1.
    #[must_use]
    pub fn in_column(self, column: usize) -> RowFault {
        RowFault {
            column: Some(column),
            fault: self,
        }
    }

    /// The stable word under which it is shown in the reader's language.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BrokenQuote => "broken_quote",
            Self::RowTooLong => "row_too_long",
            Self::CellTooLong => "cell_too_long",
            Self::TooManyCells { .. } => "too_many_cells",
            Self::Nul => "nul",
            Self::Undecodable { .. } => "undecodable",
            Self::NoName => "no_name",
            Self::NoNumber => "no_number",
            Self::NotANumber => "not_a_number",
            Self::NoPlace => "no_place",
            Self::LineBreak => "line_break",
            Self::TooLong { .. } => "too_long",
            Self::NotAnEmail => "not_an_email",
            Self::NoEnd => "no_end",
            Self::NoCard => "no_card",
        }
    }
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(column) = self.column {
            write!(f, "column {column}: ")?;
        }
        self.fault.fmt(f)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BrokenQuote => f.write_str(
                "a quotation mark opens here and is not closed at the end of the cell; write two for \
                 one that belongs to the text",
            ),
            Self::RowTooLong => write!(f, "the row has more than {LONGEST_ROW} bytes"),
            Self::CellTooLong => write!(f, "the cell has more than {LONGEST_CELL} bytes"),
            Self::TooManyCells { columns } => {
                write!(f, "the row has more cells than the table's {columns} columns")
            }
            Self::Nul => f.write_str("there is a byte of value zero in the text"),
            Self::Undecodable { encoding } => write!(f, "the text is not {encoding}"),
            Self::NoName => f.write_str("there is neither a name nor a company"),
            Self::NoNumber => f.write_str("there is no number"),
            Self::NotANumber => f.write_str("this is not a phone number"),
            Self::NoPlace => f.write_str("there are more numbers of this kind than a contact has"),
            Self::LineBreak => f.write_str("there is a line break in it"),
            Self::TooLong { most } => write!(f, "there are more than {most} characters"),
            Self::NotAnEmail => f.write_str("this is not an e-mail address"),
            Self::NoEnd => f.write_str("the card has no END:VCARD"),
            Self::NoCard => f.write_str("this text stands outside of every card"),
        }
    }
}
