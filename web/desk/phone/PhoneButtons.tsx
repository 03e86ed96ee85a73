// What can be done with a call at the softphone while one talks: mute, hold, keys, joining it with
// the other one.
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  IconArrowsJoin,
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPlayerPause,
  IconPlayerPlay,
} from "@/theme/icons";
import { Keypad } from "./Keypad";
import type { AtSoftphone } from "./useSoftphone";

export function PhoneButtons({ call, other, line }: AtSoftphone) {
  const { t } = useTranslation();
  const [keys, setKeys] = useState(false);
  const Microphone = call.muted ? IconMicrophoneOff : IconMicrophone;
  const Hold = call.held ? IconPlayerPlay : IconPlayerPause;
  const { id } = call;
  return (
    <>
      <Button
        variant={call.muted ? "filled" : "default"}
        aria-pressed={call.muted}
        leftSection={<Microphone size={18} />}
        onClick={() => line.mute(id, !call.muted)}
      >
        {t("desk.phone.mute")}
      </Button>
      <Button
        variant={call.held ? "filled" : "default"}
        aria-pressed={call.held}
        leftSection={<Hold size={18} />}
        onClick={() => line.hold(id, !call.held)}
      >
        {t("desk.phone.hold")}
      </Button>
      <Button
        variant="default"
        aria-expanded={keys}
        leftSection={<IconDialpad size={18} />}
        onClick={() => setKeys(!keys)}
      >
        {t("desk.phone.keys")}
      </Button>
      {other && !call.held ? (
        <Button
          leftSection={<IconArrowsJoin size={18} />}
          // The one that was there first keeps its name in the journal.
          onClick={() => line.join(other.id, id)}
        >
          {t("desk.phone.join")}
        </Button>
      ) : null}
      {call.soundLost ? (
        <Text role="status" fz="sm" c="var(--mantine-color-error)" w="100%">
          {t("desk.phone.sound_lost")}
        </Text>
      ) : null}
      {call.notJoined ? (
        <Text role="alert" fz="sm" c="var(--mantine-color-error)" w="100%">
          {t("desk.phone.not_joined")}
        </Text>
      ) : null}
      {keys ? <Keypad onPress={(key) => line.press(id, key)} /> : null}
    </>
  );
}
