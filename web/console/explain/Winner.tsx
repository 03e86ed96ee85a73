// Who the outside party is taken for, and what put this record before the others.
import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Explanation } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { crmName } from "../calls/names";
import { FoundRecord } from "./FoundRecord";

/** No CRM knows the caller; a phonebook of the company's own may name them. */
function Unknown({ told }: { told: Explanation }) {
  const { t } = useTranslation();
  if (told.named.length === 0) return <Text fz="sm">{t("explain.no_winner")}</Text>;
  return (
    <>
      <Text fz="sm">{t("explain.named")}</Text>
      <ul className="lc-records">
        {told.named.map(({ name, company, phonebook }) => (
          <li key={`${phonebook} ${name}`}>
            <Text fz="sm" className="lc-wrap">
              <Text span fw={600} inherit>
                {name}
              </Text>
              <Text span c="dimmed" inherit>
                {company ? ` · ${company}` : ""} ·{" "}
                {t("explain.phonebook_knows", { name: phonebook })}
              </Text>
            </Text>
          </li>
        ))}
      </ul>
    </>
  );
}

export function Winner({ told }: { told: Explanation }) {
  const { t } = useTranslation();
  const { winner } = told;
  if (!winner) return <Unknown told={told} />;
  const crm = crmName(winner.crm) ?? t("calls.crm");
  const others = winner.matches.filter(
    (match) => match.crm !== winner.crm || match.record.id !== winner.record.id,
  );
  return (
    <Stack gap={6}>
      <FoundRecord record={winner.record} crm={crm} />
      <Text fz="sm">
        {textOr(t, "explain.precedence", winner.precedence, winner.precedence, { crm })}{" "}
        {textOr(t, "explain.decided_by", winner.decided_by, winner.decided_by)}
      </Text>
      {others.length > 0 ? (
        <div>
          <Text fz="sm" c="dimmed">
            {t("explain.others")}
          </Text>
          <ul className="lc-records">
            {others.map((match) => (
              <li key={`${match.crm} ${match.record.module} ${match.record.id}`}>
                <FoundRecord record={match.record} crm={crmName(match.crm)} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Stack>
  );
}
