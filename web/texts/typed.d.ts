// A key that the English texts do not have is a compile error.
import type { en } from "./en";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en; later: object };
    returnNull: false;
  }
}
