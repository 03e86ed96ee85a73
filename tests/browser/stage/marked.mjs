// What the extension for Chrome has marked in a page, and where that is for somebody's eyes.
import { eventually } from "./eventually.mjs";

/** The texts that are marked in one frame now, sorted. */
export function marked(frame) {
  return frame.evaluate(() => {
    const ranges = [...(CSS.highlights.get("linecard-number") ?? [])];
    return ranges.map(said).sort();

    function said({ startContainer, startOffset, endContainer, endOffset }) {
      const range = document.createRange();
      // A text that has just become shorter: Chrome paints no such mark, and it is soon taken back.
      if (endOffset > endContainer.length) return "(stale)";
      range.setStart(startContainer, startOffset);
      range.setEnd(endContainer, endOffset);
      return range.toString();
    }
  });
}

/** Waits until exactly these numbers are marked in the frames of a page together. */
export async function marks(page, numbers) {
  const wanted = [...numbers].sort().join("\n");
  let last = "";
  try {
    await eventually("the numbers are marked", async () => {
      const all = await Promise.all(page.frames().map(marked));
      last = all.flat().sort().join("\n");
      return last === wanted;
    });
  } catch (problem) {
    throw new Error(`marked are:\n${last}\nand not:\n${wanted}`, { cause: problem });
  }
}

/** Moves the pointer onto a marked number, and clicks the button that comes. */
export async function clicksNumber(page, number) {
  const [frame, spot] = await placeOf(page, number);
  await page.mouse.move(spot.x - 40, spot.y - 3);
  await page.mouse.move(spot.x, spot.y);
  const button = frame.locator("linecard-call");
  await button.waitFor();
  const box = await button.boundingBox();
  await page.mouse.move(box.x + 13, box.y + 13);
  await page.mouse.click(box.x + 13, box.y + 13);
}

/** The frame in which a number is marked, and the middle of it in the page's coordinates. */
async function placeOf(page, number) {
  for (const frame of page.frames()) {
    const spot = await frame.evaluate((wanted) => {
      for (const { startContainer, startOffset, endContainer, endOffset } of CSS.highlights.get(
        "linecard-number",
      ) ?? []) {
        const range = document.createRange();
        range.setStart(startContainer, startOffset);
        range.setEnd(endContainer, endOffset);
        if (range.toString() !== wanted) continue;
        startContainer.parentElement.scrollIntoView({ block: "center" });
        const { left, top, width, height } = range.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      }
      return null;
    }, number);
    if (!spot) continue;
    const element = await frame.frameElement().catch(() => null);
    const outer = (await element?.boundingBox()) ?? { x: 0, y: 0 };
    return [frame, { x: outer.x + spot.x, y: outer.y + spot.y }];
  }
  throw new Error(`${number} is not marked`);
}
