//! What every CRM connector must do, on a stand-in.

use crate::company::Acme;

linecard_conformance::suite!(Acme);
