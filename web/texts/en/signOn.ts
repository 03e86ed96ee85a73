// Signing in at the company's identity provider.
export const signOn = {
  title: "Single sign-on",
  intro:
    "People sign in at your company's identity provider: Microsoft Entra ID, Google, Okta, Keycloak or another one that speaks OpenID Connect.",
  button: "Sign in with {{name}}",
  or: "or with a password",
  in_emergency: "Emergency sign-in with a password",
  everybody: "Everybody with a password",
  fields: {
    redirect: "Redirect address",
    redirect_hint: "Register a web application with this address at the provider first.",
    issuer: "Issuer",
    issuer_hint: "Letter for letter as the provider shows it, such as https://login.example.com",
    client_id: "Client ID",
    client_secret: "Client secret",
    secret_set: "One is kept. Leave this empty to keep it.",
    name: "Name on the button",
    name_hint: "What your people call it.",
    newcomers: "People without an account here",
    newcomers_hint: "People are known by the e-mail address that the provider has verified.",
    password_only_for: "Whose password still works",
    password_only_for_hint:
      "Choose one administrator for the day on which the provider is down; nobody else's password works then.",
    enabled: "Offer it on the sign-in pages",
  },
  newcomers: {
    refused: "Are refused until somebody invites them",
    agents: "Become agents, if one extension has their e-mail address",
  },
  test: "Test the provider",
  test_text:
    "Asks the provider that is saved for its description and its keys. Client ID and secret show when you sign in: try it in a private window before you limit passwords.",
  test_good: "The provider answers, is the issuer you named, and has keys.",
  test_bad: "Nobody can sign in there",
  problem: {
    unreachable:
      "The provider does not answer. Check the issuer's address and whether a firewall lets Linecard through. A provider inside your network needs network.allow_private in the configuration.",
    not_a_provider:
      "What answers there is no identity provider. The issuer is the address before /.well-known/openid-configuration.",
    wrong_issuer:
      "The provider calls itself otherwise. Copy its issuer letter for letter, with or without the slash at the end.",
  },
} as const;
