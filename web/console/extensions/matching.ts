// Which rows of a list a search leaves.

interface Searched {
  number?: string;
  name?: string | null;
  email?: string | null;
}

/** Case does not matter; every word typed must occur in number, name or e-mail. */
export function matching<T extends Searched>(list: readonly T[], search: string): T[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return list.filter((row) => {
    const text = [row.number, row.name, row.email].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
