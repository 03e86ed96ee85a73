// Microphone, speaker and ringer, chosen apart: a headset to talk with, a loudspeaker to be rung by.
import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { tryOut } from "../duty/ringer";
import { fits, USES, type Use } from "./devices";
import type { SoundHandle } from "./useSound";

export interface SoundDialogProps {
  sound: SoundHandle;
  opened: boolean;
  onClose(): void;
}

/** Stands for the system's choice in a list, where no value may be empty. */
const SYSTEM = "system";

export function SoundDialog({ sound, opened, onClose }: SoundDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("desk.sound.title")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t("desk.sound.text")}
        </Text>
        {USES.map((use) => (
          <Group key={use} align="flex-end" wrap="nowrap">
            <Picker use={use} sound={sound} />
            {use === "microphone" ? null : (
              <Button variant="default" onClick={() => void tryOut(sound.ids[use])}>
                {t(`desk.sound.try.${use}`)}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}

function Picker({ use, sound }: { use: Use; sound: SoundHandle }) {
  const { t } = useTranslation();
  const devices = sound.devices.filter((device) => fits(device, use));
  return (
    <Select
      flex={1}
      label={t(`desk.sound.${use}`)}
      allowDeselect={false}
      value={sound.ids[use] || SYSTEM}
      data={[
        { value: SYSTEM, label: t("desk.sound.system") },
        ...devices.map(({ id, label }) => ({ value: id, label })),
      ]}
      onChange={(id) => sound.choose(use, devices.find((device) => device.id === id) ?? null)}
    />
  );
}
