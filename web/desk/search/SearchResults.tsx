// Who was found: the phonebooks first, behind them what the CRMs know beyond that.
import { Text } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { textOr } from "@/texts/lookup";
import { IconHistory } from "@/theme/icons";
import { type Option, optionsOf, type Search } from "./search";

export interface SearchResultsProps {
  /** Begins the ids of the lines. */
  ids: string;
  search: Search;
  /** The id of the line that Enter calls. */
  chosen: string | null;
  reachable: boolean;
  onChoose(option: Option): void;
}

export function SearchResults({ ids, search, chosen, reachable, onChoose }: SearchResultsProps) {
  const { t } = useTranslation();
  const sources = search.sources
    .map(({ crm, contacts }) => ({ crm, options: optionsOf({ crm, contacts }) }))
    .filter(({ options }) => options.length > 0);
  const count = search.sources.reduce((sum, { contacts }) => sum + contacts.length, 0);
  const nobody = search.answered && count === 0 && search.asking.length === 0;
  useEffect(() => {
    if (chosen) document.getElementById(`${ids}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [ids, chosen]);
  return (
    <div className="lc-search-panel">
      <div
        id={`${ids}-list`}
        role="listbox"
        aria-label={t("desk.search.list")}
        className="lc-search-list"
        tabIndex={-1}
      >
        {sources.map(({ crm, options }, place) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of a listbox.
          <div key={crm ?? ""} role="group" aria-labelledby={`${ids}-source-${place}`}>
            <div id={`${ids}-source-${place}`} role="presentation" className="lc-search-source">
              {crm ? t("desk.search.in_crm", { crm }) : t("desk.search.in_phonebooks")}
            </div>
            {options.map((option) => (
              <Line
                key={option.id}
                id={`${ids}-${option.id}`}
                option={option}
                chosen={option.id === chosen}
                reachable={reachable}
                onChoose={onChoose}
              />
            ))}
          </div>
        ))}
      </div>
      <div role="status" className="lc-search-status">
        {search.asking.map((crm) => (
          <Text key={crm} fz="sm" c="dimmed">
            {t("desk.search.asking", { crm })}
          </Text>
        ))}
        {search.failed.map(({ crm, code }) => (
          <Text key={crm} fz="sm" c="var(--mantine-color-error)" className="lc-wrap">
            {textOr(t, "desk.search.failed", code, t("desk.search.failed_any", { crm }), { crm })}
          </Text>
        ))}
        {search.broken ? (
          <Text fz="sm" c="var(--mantine-color-error)">
            {t("desk.search.broken")}
          </Text>
        ) : null}
        {nobody && !search.broken ? <Text fz="sm">{t("desk.search.nobody")}</Text> : null}
        {count > 0 ? (
          <span className="lc-unseen">{t("desk.search.count", { n: String(count) })}</span>
        ) : null}
      </div>
    </div>
  );
}

interface LineProps {
  id: string;
  option: Option;
  chosen: boolean;
  reachable: boolean;
  onChoose(option: Option): void;
}

function Line({ id, option, chosen, reachable, onChoose }: LineProps) {
  const { t } = useTranslation();
  const { contact, number, leads } = option;
  const slot = number?.slot ? textOr(t, "contacts.slot", number.slot, "") : "";
  const place = [contact.phonebook, contact.phonebook ? contact.crm : null].filter(Boolean);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys, as a combobox's has.
    // biome-ignore lint/a11y/useFocusableInteractive: as above.
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      aria-disabled={number === null || !reachable}
      className="lc-search-line"
      data-leads={leads}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(option)}
    >
      <span className="lc-search-who">
        {leads ? (
          <>
            <span className="lc-search-name" title={contact.name}>
              {contact.name}
            </span>
            <span className="lc-search-company" title={contact.company ?? undefined}>
              {[contact.company, ...place].filter(Boolean).join(" · ")}
            </span>
          </>
        ) : (
          <span className="lc-unseen">{contact.name}</span>
        )}
      </span>
      <span className="lc-search-number">
        {number ? (
          <>
            <span className="lc-search-digits">{number.number}</span>
            <span className="lc-search-slot">
              {contact.recent && leads ? (
                <IconHistory size={14} role="img" aria-label={t("desk.search.recent")} />
              ) : null}
              {slot}
            </span>
          </>
        ) : (
          <span className="lc-search-slot">{t("desk.search.no_number")}</span>
        )}
      </span>
    </div>
  );
}
