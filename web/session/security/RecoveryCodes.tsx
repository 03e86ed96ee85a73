// The recovery codes, this once.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyBlock } from "@/theme/CopyText";

export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone(): void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <div>
        <Text fw={600}>{t("security.recovery")}</Text>
        <Text fz="sm" c="dimmed">
          {t("security.recovery_text")}
        </Text>
      </div>
      <CopyBlock value={codes.join("\n")} label={t("security.recovery")} />
      <Group>
        <Button onClick={onDone}>{t("security.recovery_done")}</Button>
      </Group>
    </Stack>
  );
}
