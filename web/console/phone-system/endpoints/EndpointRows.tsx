// A row per phone or line, with what an admin can choose for it.
import { Group, Select, Table, Text, TextInput } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { PhoneEndpoint } from "@/api/types";
import { type Assignments, type Choice, isGood } from "./assignments";
import "./endpoints.css";

export interface EndpointRowsProps {
  endpoints: readonly PhoneEndpoint[];
  choices: Assignments;
  onChoose(endpoint: string, choice: Choice): void;
}

export function EndpointRows({ endpoints, choices, onChoose }: EndpointRowsProps) {
  const { t } = useTranslation();
  return (
    <Table verticalSpacing="xs" className="lc-endpoints">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t("endpoints.endpoint")}</Table.Th>
          <Table.Th>{t("endpoints.owner")}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {endpoints.map((endpoint) => (
          <Row
            key={endpoint.endpoint}
            endpoint={endpoint}
            choice={choices.get(endpoint.endpoint) ?? { owner: "found" }}
            onChoose={(choice) => onChoose(endpoint.endpoint, choice)}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface RowProps {
  endpoint: PhoneEndpoint;
  choice: Choice;
  onChoose(choice: Choice): void;
}

function Row({ endpoint, choice, onChoose }: RowProps) {
  const { t } = useTranslation();
  const name = endpoint.endpoint;
  const choose = (owner: string | null) => {
    if (owner === "extension") onChoose({ owner, extension: endpoint.extension ?? "" });
    else if (owner === "trunk" || owner === "ignored" || owner === "found") onChoose({ owner });
  };
  return (
    <Table.Tr data-nobody={endpoint.owner === "unassigned" && choice.owner === "found"}>
      <Table.Td>
        <Text className="lc-cut" title={name} ff="monospace" fz="sm">
          {name}
        </Text>
        {endpoint.name ? (
          <Text className="lc-cut" title={endpoint.name} fz="sm" c="dimmed">
            {endpoint.name}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>
        <Group gap="xs" align="flex-start">
          <Select
            aria-label={`${t("endpoints.owner")}: ${name}`}
            data={[
              { value: "found", label: foundLabel(t, endpoint, choice) },
              { value: "extension", label: t("endpoints.as_extension") },
              { value: "trunk", label: t("endpoints.as_trunk") },
              { value: "ignored", label: t("endpoints.as_ignored") },
            ]}
            value={choice.owner}
            allowDeselect={false}
            onChange={choose}
            className="lc-owner"
          />
          {choice.owner === "extension" ? (
            <TextInput
              aria-label={`${t("endpoints.extension")}: ${name}`}
              value={choice.extension}
              inputMode="tel"
              placeholder={t("endpoints.extension")}
              className="lc-number"
              error={isGood(choice) ? undefined : t("endpoints.needs_extension")}
              onChange={(event) =>
                onChoose({ owner: "extension", extension: event.currentTarget.value })
              }
            />
          ) : null}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** What an endpoint counts as while nothing is chosen for it, as far as that is known. */
function foundLabel(t: TFunction, endpoint: PhoneEndpoint, choice: Choice): string {
  if (choice.owner !== "found") return t("endpoints.found");
  switch (endpoint.owner) {
    case "extension":
      return t("endpoints.found_extension", { number: endpoint.extension ?? "" });
    case "trunk":
      return t("endpoints.found_trunk");
    default:
      return t("endpoints.found_nobody");
  }
}
