// A page's title, what it is for, and its main actions. Names the browser's tab too.
import { Anchor, Breadcrumbs, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";

export interface PageHeadProps {
  title: string;
  text?: string;
  /** The way here; the pages of CRMs and of phonebooks lie deeper than the navigation. */
  under?: { label: string; to?: "/integrations/crm" | "/contacts" }[];
  children?: ReactNode;
}

export function PageHead({ title, text, under, children }: PageHeadProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t("page.product")}`;
  }, [title, t]);
  return (
    <Stack gap={6} mb="lg">
      {under ? (
        <Breadcrumbs fz="sm" separatorMargin={6}>
          {under.map(({ label, to }) =>
            to ? (
              <Anchor key={label} renderRoot={(props) => <Link to={to} {...props} />} fz="sm">
                {label}
              </Anchor>
            ) : (
              <Text key={label} fz="sm" c="dimmed">
                {label}
              </Text>
            ),
          )}
        </Breadcrumbs>
      ) : null}
      <Group justify="space-between" align="center" gap="sm" mih={36}>
        <Title order={1}>{title}</Title>
        <Group gap="sm">{children}</Group>
      </Group>
      {text ? <Text c="dimmed">{text}</Text> : null}
    </Stack>
  );
}
