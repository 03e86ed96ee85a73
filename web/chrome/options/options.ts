// The settings page of the extension for Chrome.
import { text } from "../texts";
import { begin, element, heading } from "./elements";
import { signing } from "./signing";
import { sites } from "./sites";
import { standing } from "./standing";

const main = begin(text("options_title"));
const { form, show } = signing();

main.append(
  heading(text("options_title")),
  element("h2", {}, text("sign_in_heading")),
  standing(show),
  form,
  element("h2", {}, text("sites_heading")),
  ...sites(),
  element("h2", {}, text("keys_heading")),
  element("p", {}, text("keys_hint")),
);
