// Where softphones reach Asterisk, and the password that their endpoints share.
import { Fieldset, PasswordInput, SimpleGrid, Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

// The settings of softphones, as far as the form knows them.
export interface SoftphoneValues {
  settings: { sip_websocket: string };
  secrets: { sip_secret: string };
}

export const SOFTPHONE_DEFAULTS = { sip_websocket: "" };

export interface SoftphoneFieldsProps<T extends SoftphoneValues> {
  form: UseFormReturnType<T>;
  /** A password is kept already. */
  isSet: boolean;
}

export function SoftphoneFields<T extends SoftphoneValues>({
  form,
  isSet,
}: SoftphoneFieldsProps<T>) {
  const { t } = useTranslation();
  return (
    <Fieldset legend={t("phone.fields.softphones")}>
      <Text fz="sm" c="dimmed" mb="sm">
        {t("phone.fields.softphones_text")}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} className="lc-even">
        <TextInput
          label={t("phone.fields.sip_websocket")}
          description={t("phone.fields.sip_websocket_hint")}
          spellCheck={false}
          {...form.getInputProps("settings.sip_websocket")}
        />
        <PasswordInput
          label={t("phone.fields.sip_secret")}
          description={t(isSet ? "phone.fields.sip_secret_set" : "phone.fields.sip_secret_hint")}
          autoComplete="new-password"
          {...form.getInputProps("secrets.sip_secret")}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
