// Where Asterisk keeps its own records of past calls: for what ends while Linecard is away.
import { Fieldset, PasswordInput, Select, SimpleGrid, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

// The settings of the records, as far as the form knows them.
export interface RecordsValues {
  settings: { records_kind: string; records_table: string; records_time_zone: string };
  secrets: { records: string };
}

export const RECORDS_DEFAULTS = {
  records_kind: "cel",
  records_table: "",
  records_time_zone: "",
};

export interface RecordsFieldsProps<T extends RecordsValues> {
  form: UseFormReturnType<T>;
  // Whether an address is saved.
  isSet: boolean;
}

export function RecordsFields<T extends RecordsValues>({ form, isSet }: RecordsFieldsProps<T>) {
  const { t } = useTranslation();
  return (
    <Fieldset legend={t("phone.fields.records")}>
      <Text fz="sm" c="dimmed" mb="sm">
        {t("phone.fields.records_text")}
      </Text>
      <PasswordInput
        label={t("phone.fields.records_address")}
        description={t(
          isSet ? "phone.fields.records_address_set" : "phone.fields.records_address_hint",
        )}
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps("secrets.records")}
      />
      <SimpleGrid cols={{ base: 1, xs: 3 }} mt="sm" className="lc-even">
        <Select
          label={t("phone.fields.records_kind")}
          data={[
            { value: "none", label: t("phone.fields.records_kind_none") },
            { value: "cel", label: t("phone.fields.records_kind_cel") },
            { value: "cdr", label: t("phone.fields.records_kind_cdr") },
          ]}
          allowDeselect={false}
          {...form.getInputProps("settings.records_kind")}
        />
        <TextInput
          label={t("phone.fields.records_table")}
          description={t("phone.fields.records_table_hint")}
          spellCheck={false}
          {...form.getInputProps("settings.records_table")}
        />
        <TextInput
          label={t("phone.fields.records_time_zone")}
          description={t("phone.fields.records_time_zone_hint")}
          spellCheck={false}
          {...form.getInputProps("settings.records_time_zone")}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
