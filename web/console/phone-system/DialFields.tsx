// How Asterisk's dial plan is told to call a number that an agent clicked.
import { Fieldset, Select, SimpleGrid, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

// The settings of placing calls, as far as the form knows them.
export interface DialValues {
  settings: {
    dial_context: string;
    outside_prefix: string;
    number_form: string;
    ring_context: string;
  };
}

// As FreePBX has them.
export const DIAL_DEFAULTS = {
  dial_context: "from-internal",
  outside_prefix: "",
  number_form: "local",
  ring_context: "",
};

export function DialFields<T extends DialValues>({ form }: { form: UseFormReturnType<T> }) {
  const { t } = useTranslation();
  const field = (name: "dial_context" | "outside_prefix" | "ring_context") => ({
    label: t(`phone.fields.${name}`),
    description: t(`phone.fields.${name}_hint`),
    spellCheck: false,
    ...form.getInputProps(`settings.${name}`),
  });
  return (
    <Fieldset legend={t("phone.fields.dial")}>
      <Text fz="sm" c="dimmed" mb="sm">
        {t("phone.fields.dial_text")}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} className="lc-even">
        <TextInput {...field("dial_context")} />
        <TextInput {...field("outside_prefix")} inputMode="tel" />
        <Select
          label={t("phone.fields.number_form")}
          description={t("phone.fields.number_form_hint")}
          data={[
            { value: "local", label: t("phone.fields.number_form_local") },
            { value: "international", label: t("phone.fields.number_form_international") },
            { value: "e164", label: t("phone.fields.number_form_e164") },
          ]}
          allowDeselect={false}
          {...form.getInputProps("settings.number_form")}
        />
        <TextInput {...field("ring_context")} />
      </SimpleGrid>
    </Fieldset>
  );
}
