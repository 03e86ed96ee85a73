// Answers pages that ask whether what they found are numbers.
import { read } from "../kept";
import { type Checked, MOST_TEXTS } from "../messages";
import { numbersIn } from "../numbers/numbers";
import { LONGEST } from "../numbers/prefilter";

/** The numbers in each text. More texts, or longer ones, than our own script asks for are not looked at. */
export async function placesIn(texts: readonly string[]): Promise<Checked> {
  const country = await read("country");
  return texts
    .slice(0, MOST_TEXTS)
    .map((text) => (text.length > LONGEST ? [] : numbersIn(text, country)));
}
