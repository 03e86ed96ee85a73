// What Linecard created for the number before.
import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Explanation } from "@/api/types";
import { webAddress } from "@/api/webAddress";
import { localeOf, textOr } from "@/texts/lookup";
import { Said } from "@/theme/Said";
import { crmName } from "../calls/names";

export function Created({ told }: { told: Explanation }) {
  const { t, i18n } = useTranslation();
  const time = new Intl.DateTimeFormat(localeOf(i18n), { dateStyle: "medium", timeStyle: "short" });
  return (
    <ul className="lc-records">
      {told.created.map((created) => {
        const page = webAddress(created.page);
        const facts = [
          textOr(t, "crm_settings.created.state", created.state, created.state),
          created.by_hand ? t("crm_settings.created.by_hand") : t("crm_settings.created.by_itself"),
          created.extension,
          crmName(created.crm),
          time.format(new Date(created.at)),
        ];
        return (
          <li key={`${created.crm} ${created.at}`}>
            <Text fz="sm" className="lc-wrap">
              {page ? (
                <Anchor href={page} target="_blank" rel="noopener noreferrer" inherit fw={600}>
                  {created.name}
                </Anchor>
              ) : (
                created.name
              )}
              <Text span c="dimmed" inherit>
                {facts
                  .filter(Boolean)
                  .map((fact) => ` · ${fact}`)
                  .join("")}
              </Text>
            </Text>
            <Said words={created.words} advice={created.advice} />
          </li>
        );
      })}
    </ul>
  );
}
