// What runs in each page and each frame of it: marks numbers while somebody is signed in and the site
// is not switched off, and takes everything back when that changes.
import { follow, read } from "../kept";
import { Marking } from "./marking";
import { siteOf } from "./site";

/** What the last copy of this script left in the page, so that two never work side by side. */
declare global {
  var linecardPage: { end(): void } | undefined;
}

globalThis.linecardPage?.end();

const site = siteOf(location);
let marking: Marking | null = null;
let off = false;
/** `null` while nobody is signed in. */
let country: string | null = null;

const followed = [
  follow("off", (sites) => {
    off = sites.includes(site);
    decide();
  }),
  follow("country", (value) => {
    country = value;
    decide();
    marking?.again();
  }),
];

function decide(): void {
  const wanted = !off && country !== null;
  if (wanted && !marking) marking = new Marking(end);
  if (!wanted && marking) {
    marking.end();
    marking = null;
  }
}

function end(): void {
  marking?.end();
  marking = null;
  // Of an extension that is gone nothing can be asked any more, not even to be left alone.
  if (chrome.runtime?.id) for (const leave of followed) leave();
  globalThis.linecardPage = undefined;
}

globalThis.linecardPage = { end };
void Promise.all([read("off"), read("country")]).then(([sites, value]) => {
  off = sites.includes(site);
  country = value;
  decide();
});
