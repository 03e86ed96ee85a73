//! The HTTP API, Desk's sockets, the OAuth callback and the web pages.
