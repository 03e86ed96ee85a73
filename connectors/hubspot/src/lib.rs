//! HubSpot: sign in, list its users, find who calls, log the call.
