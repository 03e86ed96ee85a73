// 除 CRM 的原话之外，Linecard 自己对 CRM 故障的说明。邮件也使用这些文字，因此保存为 JSON。
import type { crmAdvice as advice } from "../en/crmAdvice";
import type { Shape } from "../shape";
import texts from "./crmAdvice.json";

export const crmAdvice: Shape<typeof advice> = texts;
