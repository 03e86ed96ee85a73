// Whether the connection to Asterisk is encrypted, and which certificate is taken.
import { Stack, Switch, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

// The settings of the encryption, as far as the form knows them.
export interface TlsValues {
  settings: { tls: string; tls_fingerprint: string };
}

export const TLS_DEFAULTS = { tls: "off", tls_fingerprint: "" };

export function TlsFields<T extends TlsValues>({ form }: { form: UseFormReturnType<T> }) {
  const { t } = useTranslation();
  const isOn = form.values.settings.tls === "on";
  return (
    <Stack gap="sm">
      <Switch
        label={t("phone.fields.tls")}
        description={t("phone.fields.tls_hint")}
        checked={isOn}
        onChange={(event) =>
          form.getInputProps("settings.tls").onChange(event.currentTarget.checked ? "on" : "off")
        }
      />
      {isOn ? (
        <TextInput
          label={t("phone.fields.tls_fingerprint")}
          description={t("phone.fields.tls_fingerprint_hint")}
          spellCheck={false}
          {...form.getInputProps("settings.tls_fingerprint")}
        />
      ) : null}
    </Stack>
  );
}
