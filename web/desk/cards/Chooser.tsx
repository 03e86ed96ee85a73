// Which of several records with the caller's number is meant (X3).
import { Radio, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Choice } from "@/api/desk";
import { textOr } from "@/texts/lookup";

export interface ChooserProps {
  choices: readonly Choice[];
  busy: boolean;
  onChoose(choice: Choice): void;
}

const named = ({ connection, contact, id }: Choice) => `${connection} ${contact.module} ${id}`;

export function Chooser({ choices, busy, onChoose }: ChooserProps) {
  const { t } = useTranslation();
  const chosen = choices.find((it) => it.chosen);
  return (
    <Radio.Group
      label={t("desk.file.choose")}
      size="sm"
      value={chosen ? named(chosen) : null}
      onChange={(value) => {
        const choice = choices.find((it) => named(it) === value);
        if (choice) onChoose(choice);
      }}
    >
      <Stack gap={6} mt={6}>
        {choices.map((it) => (
          <Radio
            key={named(it)}
            value={named(it)}
            disabled={busy}
            size="sm"
            classNames={{ label: "lc-wrap" }}
            label={[
              it.contact.name,
              it.contact.company,
              textOr(t, "desk.module", it.contact.module, it.contact.module),
              it.crm,
            ]
              .filter(Boolean)
              .join(" · ")}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
