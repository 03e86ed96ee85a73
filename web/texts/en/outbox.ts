// What waits to be written into CRMs, and what they refused.
export const outbox = {
  title: "Not written yet",
  intro: "What waits to be written into the CRMs, and what they refused.",
  which: "Which list",
  parked: "Refused",
  waiting: "Waiting",
  none_parked: "Nothing was refused",
  none_waiting: "Nothing waits",
  none_text: "Everything that is to be written stands in its CRM.",
  replay: "Try again",
  replay_all: "Try all again",
  replayed: "Tried again: {{n}}",
  attempts: "Tries: {{n}}",
  next: "next try {{time}}",
  hint: "What was refused does not hold up other calls. Put right what the CRM's words say, then try again.",
  state: {
    waiting: "Waiting",
    under_way: "Being written",
    waiting_for_person: "Waits until the connection is put right",
    parked: "Refused",
  },
  kind: { log: "Call", amend: "Note or recording", follow_up: "Follow-up task" },
} as const;
