// What a created record would be called (G5). The server says for certain; this is the example.
import type { CrmCreation } from "@/api/types";

const SAMPLE: Record<string, string> = { Number: "5503301", Caller_Name: "Eve Adams" };

export function sampleName({ first_name, last_name }: CrmCreation): string {
  return [first_name, last_name]
    .map((text) =>
      text.replace(/\{\{\s*\.?(\w+)\s*\}\}/g, (as_is, name: string) => SAMPLE[name] ?? as_is),
    )
    .join(" ")
    .trim();
}
