// Whether a page opens, the call is written, the phonebook grows, a record is created; and why not.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ExplainedVerdict, Explanation } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { StatusDot, type Tone } from "@/theme/StatusDot";
import { crmName } from "../calls/names";

const TONES: Record<ExplainedVerdict["happens"], Tone> = { yes: "good", later: "warn", no: "idle" };
const WORDS = { yes: "explain.happens", later: "explain.later", no: "explain.no" } as const;

export function Verdicts({ told }: { told: Explanation }) {
  const { t } = useTranslation();
  // One line where it does not matter how the call ends.
  const [first, ...others] = told.log;
  const alike = first && others.every(({ verdict }) => same(verdict, first.verdict));
  const logged = alike && others.length > 0 ? [first] : told.log;
  return (
    <ul className="lc-verdicts">
      <Verdict of="pop" verdict={told.pop} told={told} />
      {logged.map(({ ending, verdict }) => (
        <Verdict
          key={ending}
          of="log"
          when={logged.length > 1 ? t(`explain.ending.${ending}`) : null}
          verdict={verdict}
          told={told}
        />
      ))}
      <Verdict of="sync" verdict={told.sync} told={told} />
      <Verdict of="create" verdict={told.create} told={told} />
    </ul>
  );
}

interface VerdictProps {
  of: "pop" | "log" | "sync" | "create";
  when?: string | null;
  verdict: ExplainedVerdict;
  told: Explanation;
}

function Verdict({ of, when, verdict, told }: VerdictProps) {
  const { t } = useTranslation();
  const crm = crmName(verdict.crm) ?? t("calls.crm");
  const who = verdict.who ? verdict.who.name || t("explain.nobody_named") : null;
  const reason = textOr(t, "explain.reason", verdict.reason, verdict.reason ?? "", {
    extension: told.extension ?? "–",
  });
  const shown = ["dry_run", "not_in_pilot", "signed_out", "on_break", "off_duty"];
  const text = verdict.happens === "yes" ? t(`explain.yes.${of}`, { who: who ?? "", crm }) : reason;
  return (
    <li data-verdict={of} data-happens={verdict.happens} data-reason={verdict.reason ?? ""}>
      <Text fw={600} fz="sm">
        {t(`explain.${of}`)}
        {when ? (
          <Text span c="dimmed" fw={400} inherit>
            {" "}
            ({when})
          </Text>
        ) : null}
      </Text>
      <StatusDot tone={TONES[verdict.happens]}>{t(WORDS[verdict.happens])}</StatusDot>
      <Text fz="sm" className="lc-wrap">
        {text}
        {who && shown.includes(verdict.reason ?? "")
          ? ` ${t("explain.would_be", { who, crm })}`
          : null}
        {verdict.happens !== "yes" && verdict.crm && !who ? ` (${crm})` : null}
      </Text>
    </li>
  );
}

function same(one: ExplainedVerdict, other: ExplainedVerdict): boolean {
  return one.happens === other.happens && one.reason === other.reason && one.crm === other.crm;
}
