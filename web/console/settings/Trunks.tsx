// The trunks that write numbers in a way of their own.
import {
  ActionIcon,
  Button,
  Group,
  NativeSelect,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { NumberHabits } from "@/api/types";
import { localeOf } from "@/texts/lookup";
import { IconPlus, IconTrash } from "@/theme/icons";
import { countries } from "./places";

type Trunk = NumberHabits["trunks"][number];

const PLAIN = ["as_dialled", "national", "international"] as const;

export interface TrunksProps {
  trunks: Trunk[];
  onChange(trunks: Trunk[]): void;
  errors: Record<string, ReactNode>;
}

export function Trunks({ trunks, onChange, errors }: TrunksProps) {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n);
  const places = useMemo(() => countries(locale), [locale]);
  const change = (at: number, part: Partial<Trunk>) =>
    onChange(trunks.map((trunk, index) => (index === at ? { ...trunk, ...part } : trunk)));
  return (
    <Stack gap="sm" align="stretch">
      <div>
        <Title order={3} fz="sm">
          {t("numbers.trunks")}
        </Title>
        <Text c="dimmed" fz="sm">
          {t("numbers.trunks_text")}
        </Text>
      </div>
      {trunks.map((trunk, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a trunk that is being named has only its place
        <Paper key={at} p="sm" withBorder component="fieldset" className="lc-trunk">
          <Text component="legend" className="lc-unseen">
            {t("numbers.trunk")} {trunk.name || at + 1}
          </Text>
          <Group align="flex-start" wrap="nowrap" gap="sm">
            <SimpleGrid cols={{ base: 1, sm: 2 }} flex={1} spacing="sm">
              <TextInput
                label={t("numbers.trunk_name")}
                placeholder="PJSIP/provider"
                maxLength={80}
                value={trunk.name}
                onChange={(event) => change(at, { name: event.currentTarget.value })}
                error={errors[`trunks.${at}.name`]}
              />
              <NativeSelect
                label={t("numbers.trunk_country")}
                data={[{ value: "", label: t("numbers.trunk_country_own") }, ...places]}
                value={trunk.country ?? ""}
                onChange={(event) => change(at, { country: event.currentTarget.value || null })}
                error={errors[`trunks.${at}.country`]}
              />
              <NativeSelect
                label={t("numbers.plain")}
                data={PLAIN.map((it) => ({ value: it, label: t(`numbers.plain_is.${it}`) }))}
                value={trunk.plain}
                onChange={(event) => {
                  const picked = PLAIN.find((it) => it === event.currentTarget.value);
                  if (picked) change(at, { plain: picked });
                }}
              />
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
                {(["strip", "add"] as const).map((field) => (
                  <TextInput
                    key={field}
                    label={t(`numbers.${field}`)}
                    inputMode="numeric"
                    maxLength={15}
                    value={trunk[field] ?? ""}
                    onChange={(event) => change(at, { [field]: event.currentTarget.value || null })}
                    error={errors[`trunks.${at}.${field}`]}
                  />
                ))}
              </SimpleGrid>
            </SimpleGrid>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={`${t("actions.remove")}: ${trunk.name || t("numbers.trunk")}`}
              onClick={() => onChange(trunks.filter((_, index) => index !== at))}
            >
              <IconTrash size={17} />
            </ActionIcon>
          </Group>
        </Paper>
      ))}
      {trunks.length === 0 ? <Text fz="sm">{t("numbers.no_trunks")}</Text> : null}
      <div>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} />}
          onClick={() =>
            onChange([
              ...trunks,
              { name: "", country: null, plain: "as_dialled", strip: null, add: null },
            ])
          }
        >
          {t("numbers.add_trunk")}
        </Button>
      </div>
    </Stack>
  );
}
