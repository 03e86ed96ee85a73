// For texts that show the names of a template: braces of their own would be filled in.
export const BRACES = { open: "{{", close: "}}" } as const;
