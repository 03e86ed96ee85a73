// What Linecard itself says about a CRM's failure, in the reader's language.
import type { TFunction } from "i18next";
import type { CrmAdvice } from "@/api/types";
import { textOr } from "./lookup";

/** `null`: there is none, or none that these pages know. */
export function adviceText(t: TFunction, advice: CrmAdvice | null | undefined): string | null {
  return textOr(t, "crm_advice", advice?.code, "", { about: advice?.about ?? "" }) || null;
}
