// What an agent may choose to be at.
import { Button, Divider, Popover, Stack, Text } from "@mantine/core";
import { type ReactElement, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconCheck } from "@/theme/icons";
import type { DutyMenuProps, DutyWish } from "./DutyMenu";
import { reasonName } from "./duty";

interface DutyPanelProps extends DutyMenuProps {
  /** The button that opens and closes it. */
  button(onClick: () => void): ReactElement;
}

export function DutyPanel({ duty, breaks, onChoose, button }: DutyPanelProps) {
  const { t } = useTranslation();
  const label = useId();
  const [opened, setOpened] = useState(true);
  const choice = (wish: DutyWish, text: string) => {
    const reason = wish.state === "break" ? wish.reason : undefined;
    const isChosen = duty.state === wish.state && (duty.reason ?? undefined) === reason;
    return (
      <Button
        key={`${wish.state} ${reason}`}
        variant={isChosen ? "light" : "subtle"}
        color="gray"
        justify="space-between"
        fullWidth
        aria-pressed={isChosen}
        rightSection={isChosen ? <IconCheck size={16} aria-hidden /> : null}
        onClick={() => {
          setOpened(false);
          onChoose(wish);
        }}
      >
        {text}
      </Button>
    );
  };
  return (
    <Popover
      width={240}
      position="bottom-end"
      shadow="md"
      trapFocus
      opened={opened}
      onChange={setOpened}
    >
      <Popover.Target>{button(() => setOpened(!opened))}</Popover.Target>
      <Popover.Dropdown aria-label={t("desk.duty.title")} p="xs">
        <Stack gap={4}>
          {choice({ state: "on" }, t("desk.duty.on"))}
          <Divider />
          {breaks.length > 0 ? (
            <Stack gap={4} role="group" aria-labelledby={label}>
              <Text id={label} fz="sm" c="dimmed" px={18}>
                {t("desk.duty.break")}
              </Text>
              {breaks.map((reason) => choice({ state: "break", reason }, reasonName(t, reason)))}
            </Stack>
          ) : (
            choice({ state: "break" }, t("desk.duty.break"))
          )}
          <Divider />
          {choice({ state: "off" }, t("desk.duty.off"))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
