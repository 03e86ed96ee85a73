// Hands what was read to the browser as a file.

/** Saves `content` as a JSON file of this name. */
export function save(content: unknown, name: string): void {
  saveText(JSON.stringify(content, null, 2), "application/json", name);
}

/** Saves `text` as a file of this name. */
export function saveText(text: string, type: string, name: string): void {
  saveFile(new Blob([text], { type }), name);
}

/** Saves a file under this name. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
