// How the file is read, and what becomes of a row whose contact is there.
import { Group, Radio, Select, Stack, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ImportPlan, ImportPreview } from "@/api/types";
import { readAnew } from "./plan";

const POLICIES = ["skip", "update", "add"] as const;
const DELIMITERS = [
  [",", "comma"],
  [";", "semicolon"],
  ["\t", "tab"],
  ["|", "bar"],
] as const;

export function PlanFields({
  preview: { plan, format, encodings, guessed_encoding },
  onChange,
}: {
  preview: ImportPreview;
  onChange(plan: ImportPlan): void;
}) {
  const { t } = useTranslation();
  const automatic = guessed_encoding
    ? t("contact_imports.encoding_guessed", { encoding: guessed_encoding })
    : t("contact_imports.encoding_automatic");
  return (
    <Stack>
      <Group align="flex-end" gap="lg">
        <Select
          w={310}
          label={t("contact_imports.encoding")}
          data={[
            { value: "", label: automatic },
            ...encodings.map((value) => ({ value, label: value })),
          ]}
          value={plan.encoding ?? ""}
          allowDeselect={false}
          onChange={(value) => onChange(readAnew(plan, { encoding: value || null }))}
        />
        {format === "csv" ? (
          <>
            <Select
              label={t("contact_imports.delimiter")}
              data={DELIMITERS.map(([value, word]) => ({
                value,
                label: t(`contact_imports.delimiters.${word}`),
              }))}
              value={plan.delimiter}
              allowDeselect={false}
              onChange={(value) => value && onChange(readAnew(plan, { delimiter: value }))}
            />
            <Switch
              mb={8}
              label={t("contact_imports.has_header")}
              checked={plan.has_header}
              onChange={(event) => onChange({ ...plan, has_header: event.currentTarget.checked })}
            />
          </>
        ) : null}
      </Group>
      <Radio.Group
        label={t("contact_imports.on_duplicate")}
        description={t("contact_imports.on_duplicate_text")}
        value={plan.on_duplicate}
        onChange={(value) =>
          onChange({ ...plan, on_duplicate: value as ImportPlan["on_duplicate"] })
        }
      >
        <Stack gap={8} mt={8}>
          {POLICIES.map((policy) => (
            <Radio
              key={policy}
              value={policy}
              label={t(`contact_imports.policy.${policy}`)}
              description={t(`contact_imports.policy.${policy}_text`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  );
}
