// What the choice about agents who did not answer does, either way (E7).
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function UnansweredChoice({ name, on }: { name: string; on: boolean }) {
  const { t } = useTranslation();
  const choices = [
    { label: t("crm.journal.unanswered_off"), text: t("crm.journal.unanswered_off_text"), is: !on },
    {
      label: t("crm.journal.unanswered_on"),
      text: t("crm.journal.unanswered_on_text", { name }),
      is: on,
    },
  ];
  return (
    <>
      <dl className="lc-choices">
        {choices.map(({ label, text, is }) => (
          <div key={label} className={is ? "lc-choice lc-chosen" : "lc-choice"}>
            <Text component="dt" fz="sm" fw={600}>
              {label}
            </Text>
            <Text component="dd" m={0} fz="sm" c={is ? undefined : "dimmed"}>
              {text}
            </Text>
          </div>
        ))}
      </dl>
      <Text fz="sm" c="dimmed">
        {t("crm.journal.unanswered_alone")}
      </Text>
    </>
  );
}
