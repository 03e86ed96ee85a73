// What entries and facts are called on any page.
export const labels = {
  name: "Name",
  email: "E-mail",
  status: "Status",
  since: "since {{time}}",
  their_words: "In its own words",
} as const;
