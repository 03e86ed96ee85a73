// A link that signs somebody in, this once. It is not closed by a click beside it.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyField } from "@/theme/CopyText";
import { Dialog } from "@/theme/Dialog";

export function LinkDialog(props: { name: string; link: string; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      onClose={props.onClose}
      closeOnClickOutside={false}
      title={t("people.link_title", { name: props.name })}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <Stack>
        <Text fz="sm">{t("people.link_text")}</Text>
        <CopyField label={t("people.link")} value={props.link} />
        <Group justify="flex-end">
          <Button onClick={props.onClose}>{t("people.done")}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
