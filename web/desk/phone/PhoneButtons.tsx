// What can be done with a call at the softphone while one talks: mute, hold, keys.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPlayerPause,
  IconPlayerPlay,
} from "@/theme/icons";
import { Keypad } from "./Keypad";
import type { AtSoftphone } from "./useSoftphone";

export function PhoneButtons({ call, line }: AtSoftphone) {
  const { t } = useTranslation();
  const [keys, setKeys] = useState(false);
  const Microphone = call.muted ? IconMicrophoneOff : IconMicrophone;
  const Hold = call.held ? IconPlayerPlay : IconPlayerPause;
  return (
    <>
      <Button
        variant={call.muted ? "filled" : "default"}
        aria-pressed={call.muted}
        leftSection={<Microphone size={18} />}
        onClick={() => line.mute(!call.muted)}
      >
        {t("desk.phone.mute")}
      </Button>
      <Button
        variant={call.held ? "filled" : "default"}
        aria-pressed={call.held}
        leftSection={<Hold size={18} />}
        onClick={() => line.hold(!call.held)}
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
      {keys ? <Keypad onPress={(key) => line.press(key)} /> : null}
    </>
  );
}
