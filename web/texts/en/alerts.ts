// Who is told when something needs a person.
export const alerts = {
  title: "Alerts",
  intro:
    "When something needs a person, Linecard says so once, and once more when it is over. Webhooks can be told, too.",
  recipients: "Mail to",
  recipients_hint: "E-mail addresses. Press Enter after each.",
  no_mail: "No mail server is set up",
  no_mail_text: "Alerts are shown here and told to webhooks, and not mailed.",
  set_up_mail: "Set up mail",
  language: "Language of the mail",
  which: "What is told",
  minutes: "After minutes",
  percent: "From percent",
  kind: {
    link_down: "The link to the phone system is down",
    crm_needs_person: "A CRM waits for a person",
    entries_refused: "A CRM refused calls",
    quota_nearly_used: "A CRM's quota is nearly used",
    backlog: "Calls have waited long to be written",
    webhook_off: "A webhook was switched off",
  },
  now: "Needs somebody now",
  none: "Nothing needs anybody now.",
  since: "Since {{time}}",
  mailed: "Mailed",
  not_mailed: "Not mailed yet",
  way_out: "Put it right",
} as const;
