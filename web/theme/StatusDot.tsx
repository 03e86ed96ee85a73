// A state in words with a coloured dot: never by colour alone.
import { Group, Text } from "@mantine/core";

export type Tone = "good" | "warn" | "bad" | "idle";

export function StatusDot({ tone, children }: { tone: Tone; children: string }) {
  return (
    <Group gap={8} wrap="nowrap" component="span" display="inline-flex">
      <span className="lc-dot" data-tone={tone} aria-hidden="true" />
      <Text span fz="sm" fw={550}>
        {children}
      </Text>
    </Group>
  );
}
