// Into and out of files, for a phonebook's page. Only admins come here; numbers are not hidden in
// what is exported (F17).
import { Button, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Phonebook } from "@/api/types";
import { IconChevronDown, IconFileImport } from "@/theme/icons";

const FORMATS = ["csv", "vcard3", "vcard4"] as const;

export function FileMenu({ phonebook: { id, read_only, contacts } }: { phonebook: Phonebook }) {
  const { t } = useTranslation();
  return (
    <>
      {read_only ? null : (
        <Button
          variant="default"
          leftSection={<IconFileImport size={17} />}
          renderRoot={(props) => <Link to="/contacts/$id/import" params={{ id }} {...props} />}
        >
          {t("contact_imports.open")}
        </Button>
      )}
      {contacts > 0 ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={16} />}>
              {t("contact_imports.export")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {FORMATS.map((format) => (
              <Menu.Item
                key={format}
                component="a"
                href={`/api/v1/phonebooks/${id}/export?format=${format}`}
                download
              >
                {t(`contact_imports.formats.${format}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </>
  );
}
