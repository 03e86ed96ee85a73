// A problem in words: what is wrong, what to do, and where that is done.
import type { LinkProps } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { HealthProblem } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { momentText } from "@/texts/moment";
import { bytesText } from "./bytes";

export interface ProblemWords {
  title: string;
  todo: string;
  /** Where it is put right; `null`: not in the Console. */
  way: { to: LinkProps["to"]; params?: { kind: string }; label: string } | null;
}

export function useProblemWords(): (problem: HealthProblem) => ProblemWords {
  const { t, i18n } = useTranslation();
  return (problem) => words(t, localeOf(i18n), problem);
}

function words(t: TFunction, locale: string, problem: HealthProblem): ProblemWords {
  const { subject, crm, link, trouble, home } = problem;
  const n = new Intl.NumberFormat(locale).format(problem.amount ?? 0);
  const outbox = { to: "/calls/not-written", label: t("health.out.outbox") } as const;
  const ofCrm = crm
    ? ({
        to: "/integrations/crm/$kind",
        params: { kind: crm },
        label: t("health.out.crm", { name: subject }),
      } as const)
    : null;
  switch (problem.what) {
    case "link":
    case "link_notice":
      return {
        title: `${subject}: ${t(link ? `phone.problem.${link}` : "health.problem.settings")}`,
        todo: t(link ? `phone.problem.${link}_do` : "health.problem.settings_do"),
        way: { to: "/phone-system", label: t("health.out.phone_system") },
      };
    case "crm":
      return {
        title: `${subject}: ${t(`crm.attention.${trouble ?? "unreachable"}`)}`,
        todo: t(`crm.attention.${trouble ?? "unreachable"}_do`),
        way: ofCrm,
      };
    case "refused":
      return {
        title: t("health.problem.refused", { subject, n }),
        todo: t("health.problem.refused_do"),
        way: outbox,
      };
    case "waiting":
      return {
        title: t("health.problem.waiting", {
          subject,
          n,
          time: problem.since ? momentText(problem.since, locale) : "",
        }),
        todo: t("health.problem.waiting_do"),
        way: outbox,
      };
    case "quota":
      return {
        title: t("health.problem.quota", { subject, n }),
        todo: t("health.problem.quota_do"),
        way: ofCrm,
      };
    case "home_address":
      return {
        title: `${subject}: ${t(`health.home.${home ?? "unreachable"}`)}`,
        todo: t(`health.home.${home ?? "unreachable"}_do`),
        way: { to: "/settings", label: t("health.out.settings") },
      };
    case "disk":
      return {
        title: t("health.problem.disk", { size: bytesText(problem.amount ?? 0, locale) }),
        todo: t("health.problem.disk_do"),
        way: null,
      };
    case "webhook_off":
      return {
        title: t("health.problem.webhook_off", { subject }),
        todo: t("health.problem.webhook_off_do"),
        way: { to: "/settings/webhooks", label: t("health.out.webhooks") },
      };
    case "certificate_ends":
    case "certificate_refused":
      return {
        title: t(`health.problem.${problem.what}`, { subject, n }),
        todo: t(`health.problem.${problem.what}_do`),
        way: null,
      };
  }
}
