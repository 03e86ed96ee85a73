// Over which server mail goes.
export const mail = {
  title: "Mail",
  intro: "The server over which Linecard sends mail: alerts, to the people you choose.",
  fields: {
    host: "Server",
    port: "Port",
    security: "Encryption",
    user: "User",
    user_hint: "Leave it empty where the server asks for none.",
    password: "Password",
    password_set: "One is kept. Leave this empty to keep it.",
    sender: "Sender's address",
    sender_name: "Sender's name",
    authority: "Own certificate authority (PEM)",
    authority_hint: "Only for a server whose certificate is not signed by a public authority.",
  },
  security: {
    tls: "TLS (usually port 465)",
    start_tls: "STARTTLS (usually port 587)",
    plain: "None, without a password",
  },
  remove: "Remove the server",
  remove_title: "Remove the mail server?",
  remove_text: "No mail is sent any more. Its password is deleted.",
  test: "Send a test mail",
  test_text: "Tries what is saved.",
  test_to: "To",
  test_good: "The server has taken the mail. See whether it arrives.",
  test_bad: "The mail was not sent",
  problem: {
    unreachable:
      "The server does not answer. Check its name and port, and whether a firewall lets Linecard through.",
    tls: "No encrypted connection came about. Check that encryption and port belong together, and that the server's certificate is valid for its name.",
    sign_in:
      "The server does not accept user and password. Some want a password made for programs.",
    refused: "The server does not take this mail. It may not let this user send as this sender.",
    busy: "The server wants to be asked again later.",
    settings: "What is filled in cannot be used.",
  },
} as const;
