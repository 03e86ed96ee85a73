// The Console's build: served at `/`.
import { defineConfig } from "vite";
import { page } from "../vite.shared.ts";

export default defineConfig(
  page("console", "/", {
    // What the sign-in and the pages behind it have in common.
    shared:
      /@tanstack\/(react-query|query-core)\/|@mantine\/core\/esm\/(core|components\/(Divider|Paper|VisuallyHidden))\/|@mantine\/hooks\/esm\/use-(merged-ref|uncontrolled|window-event|disclosure)\/|web\/(api\/queries|theme\/Brand)/,
    inside: /console\/(shell\/Guard|home\/HomePage)\.tsx$/,
    "sign-in": /console\/shell\/SignInPage\.tsx$/,
  }),
);
