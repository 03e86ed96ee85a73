// Hands what was read to the browser as a file.

/** Saves `content` as a JSON file of this name. */
export function save(content: unknown, name: string): void {
  const file = new Blob([JSON.stringify(content, null, 2)], { type: "application/json" });
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
