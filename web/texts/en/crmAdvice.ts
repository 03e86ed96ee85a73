// What Linecard itself says about a CRM's failure, beside the CRM's own words. A kind of advice
// without a text fails the build. The texts are JSON because mail about troubles says them, too.
import type { CrmAdvice } from "@/api/types";
import texts from "./crmAdvice.json";

export const crmAdvice = texts satisfies Record<CrmAdvice["code"], string>;
