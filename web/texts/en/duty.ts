// What agents may be at, as an administrator chooses it.
export const duty = {
  title: "Duty",
  intro: "What agents may choose to be at in Desk, beside on and off duty.",
  reasons: "Reasons for a break",
  reasons_hint:
    "In the order in which Desk offers them. “Lunch”, “Meeting” and “Training” are shown in the reader's language. Without any, a break has no reason.",
  wrap_up: "Wrap-up after a call",
  wrap_up_hint:
    "For so long after a call outside an agent can finish its notes; “Ready now” in Desk ends it. 0: none.",
  seconds: "seconds",
} as const;
