//! Stand-in CRMs with record pages of their own, for the demo and the tests.
