// Whether callers on some lines may withhold a number that the line passes on all the same.
import { Stack, Switch, TextInput, type TextInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

export interface PresentationFieldsProps {
  input: TextInputProps & { value?: string; onChange(value: string): void };
  /** The pattern of all lines, to begin with. */
  trunk: string;
}

export function PresentationFields({ input, trunk }: PresentationFieldsProps) {
  const { t } = useTranslation();
  const isOn = Boolean(input.value);
  return (
    <Stack gap="sm">
      <Switch
        label={t("endpoints.presentation")}
        description={t("endpoints.presentation_hint")}
        checked={isOn}
        onChange={(event) => input.onChange(event.currentTarget.checked ? trunk : "")}
      />
      {isOn ? (
        <TextInput
          label={t("endpoints.presentation_lines")}
          description={t("endpoints.presentation_lines_hint")}
          spellCheck={false}
          {...input}
        />
      ) : null}
    </Stack>
  );
}
