// A text to paste elsewhere, with a copy button that says when it has copied.
import { ActionIcon, Code, CopyButton, Group, TextInput, Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IconCheck, IconCopy } from "./icons";

function CopyIcon({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t("actions.copied") : t("actions.copy")}>
          <ActionIcon
            variant="subtle"
            color={copied ? "teal" : "gray"}
            onClick={copy}
            aria-label={`${copied ? t("actions.copied") : t("actions.copy")}: ${label}`}
          >
            {copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** As a form field that cannot be edited. */
export function CopyField(props: { label: string; value: string; description?: string }) {
  return (
    <TextInput
      {...props}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      rightSection={<CopyIcon value={props.value} label={props.label} />}
    />
  );
}

/** Inside running text or steps. */
export function CopyCode({ value, label }: { value: string; label: string }) {
  return (
    <Group gap={4} wrap="nowrap" align="center">
      <Code className="lc-wrap">{value}</Code>
      <CopyIcon value={value} label={label} />
    </Group>
  );
}

/** Several lines, such as a piece of a configuration file. */
export function CopyBlock({ value, label }: { value: string; label: string }) {
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      {/* Long lines scroll, by keyboard too. */}
      <Code block flex={1} fz="xs" miw={0} tabIndex={0} role="region" aria-label={label}>
        {value}
      </Code>
      <CopyIcon value={value} label={label} />
    </Group>
  );
}
