// The fields of one CRM's form, as its connector asks for them.
import { PasswordInput, Select, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CrmConnection, CrmField } from "@/api/types";
import { textOr } from "@/texts/lookup";
import { followsFrom, shownFields } from "./fields";
import type { FilledInForm } from "./useFilledIn";

export function CrmFields(props: { connection: CrmConnection; form: FilledInForm }) {
  const { connection, form } = props;
  return shownFields(connection, form.values.settings).map((field) => (
    <OneField key={field.name} connection={connection} form={form} field={field} />
  ));
}

interface OneFieldProps {
  connection: CrmConnection;
  form: FilledInForm;
  field: CrmField;
}

function OneField({ connection, form, field }: OneFieldProps) {
  const { t } = useTranslation();
  const texts = `crm_fields.${connection.kind}`;
  const { name, kind } = field;
  const label = textOr(t, texts, name, name);
  const hint = textOr(t, texts, `${name}_hint`, "") || undefined;
  if (kind === "secret") {
    const isSet = connection.secrets[name] === "set";
    return (
      <PasswordInput
        label={label}
        description={isSet ? t("crm.secret_set") : hint}
        autoComplete="new-password"
        {...form.getInputProps(`secrets.${name}`)}
      />
    );
  }
  const input = form.getInputProps(`settings.${name}`);
  if (kind === "choice" && field.choices.every(({ value }) => value === "on" || value === "off")) {
    return (
      <Switch
        label={label}
        description={hint}
        checked={form.values.settings[name] === "on"}
        onChange={(event) =>
          form.setFieldValue(`settings.${name}`, event.currentTarget.checked ? "on" : "off")
        }
      />
    );
  }
  if (kind === "choice") {
    return (
      <Select
        label={label}
        description={hint}
        allowDeselect={false}
        data={field.choices.map(({ value }) => ({
          value,
          label: textOr(t, "crm_fields.choices", value, value),
        }))}
        {...input}
        onChange={(value) => {
          if (value === null) return;
          const follows = followsFrom(connection, name, value);
          const has = Object.entries(follows).filter(([it]) => it in form.values.settings);
          form.setFieldValue("settings", {
            ...form.values.settings,
            ...Object.fromEntries(has),
            [name]: value,
          });
        }}
      />
    );
  }
  return (
    <TextInput label={label} description={hint} spellCheck={false} autoComplete="off" {...input} />
  );
}
