// What people do to things on any page, and how it went.
export const actions = {
  save: "Save",
  saved: "Saved",
  unsaved: "Not saved yet",
  cancel: "Cancel",
  close: "Close",
  delete: "Delete",
  edit: "Edit",
  remove: "Remove",
  copy: "Copy",
  copied: "Copied",
  retry: "Try again",
  reload: "Load again",
  overwrite: "Overwrite with mine",
  show_theirs: "Discard mine and show theirs",
  ok: "OK",
} as const;
