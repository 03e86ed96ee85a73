// The button that opens the choice of sound devices, which is fetched with the first click.
import { ActionIcon, Tooltip } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconVolume } from "@/theme/icons";
import type { SoundHandle } from "./useSound";

const SoundDialog = lazy(async () => {
  const { SoundDialog } = await import("./SoundDialog");
  return { default: SoundDialog };
});

export function SoundMenu({ sound }: { sound: SoundHandle }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Tooltip label={t("desk.sound.title")} disabled={opened}>
        <ActionIcon
          variant="subtle"
          size="lg"
          aria-label={t("desk.sound.title")}
          onClick={() => {
            sound.look();
            setAsked(true);
            setOpened(true);
          }}
        >
          <IconVolume size={20} />
        </ActionIcon>
      </Tooltip>
      {asked ? (
        <Suspense>
          <SoundDialog sound={sound} opened={opened} onClose={() => setOpened(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
