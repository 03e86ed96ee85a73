// Whom to call: a name, a company, pinyin, digits of a number or of a keypad. Enter calls.
import { Button, Group, Kbd, Text, TextInput } from "@mantine/core";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { fieldErrors, problemText } from "@/texts/problem";
import { IconPhoneOutgoing, IconSearch } from "@/theme/icons";
import type { Callee, DialHandle } from "../dial/useDial";
import { SearchResults } from "./SearchResults";
import {
  calleeOfNumber,
  firstChoice,
  isNumber,
  type Option,
  optionsOf,
  type Search,
  step,
} from "./search";
import "./search.css";
import { useShortcut } from "./useShortcut";

export interface SearchBoxProps {
  search: Search;
  onType(text: string): void;
  dial: DialHandle;
  /** Whether a call would reach the phone system. */
  reachable: boolean;
}

export function SearchBox({ search, onType, dial, reachable }: SearchBoxProps) {
  const { t } = useTranslation();
  const ids = useId();
  const field = useRef<HTMLInputElement>(null);
  useShortcut(field);
  const [open, setOpen] = useState(false);
  // `undefined`: the agent has not moved, so the likeliest is chosen.
  const [moved, setMoved] = useState<string | null | undefined>(undefined);
  const { text } = search;
  const options = search.sources.flatMap(optionsOf);
  const isThere = options.some(({ id }) => id === moved);
  const chosen =
    moved !== undefined && (moved === null || isThere) ? moved : firstChoice(text, options);
  const isOpen = open && text.trim() !== "" && (search.answered || options.length > 0);
  const problem = dial.error ? Problem.from(dial.error) : null;
  const why = problem ? (fieldErrors(t, problem).number ?? problemText(t, problem)) : null;

  const type = (typed: string, shows = true) => {
    onType(typed);
    setOpen(shows);
    setMoved(undefined);
    dial.forget();
  };
  const place = (callee: Callee) => {
    if (!reachable || dial.pending) return;
    // Why it was not taken stands where the list is.
    setOpen(false);
    dial.call(callee, () => type("", false));
  };
  const call = ({ number }: Option) => {
    if (number) place(calleeOfNumber(number));
  };
  const submit = () => {
    const option = isOpen ? options.find(({ id }) => id === chosen) : undefined;
    if (option) call(option);
    else if (text.trim()) place({ number: text.trim() });
  };
  const onKey = (event: React.KeyboardEvent) => {
    // Enter and the arrows choose a character while Chinese is typed.
    if (event.nativeEvent.isComposing) {
      if (event.key === "Enter") event.preventDefault();
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) setOpen(true);
      else setMoved(step(options, chosen, event.key === "ArrowDown" ? 1 : -1, isNumber(text)));
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (isOpen) setOpen(false);
      else type("");
    }
  };
  return (
    <form
      noValidate
      className="lc-search"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <Group gap="xs" wrap="nowrap">
        <TextInput
          ref={field}
          role="combobox"
          type="search"
          enterKeyHint="go"
          flex={1}
          miw={0}
          aria-label={t("desk.search.label")}
          placeholder={t("desk.search.label")}
          aria-expanded={isOpen}
          aria-controls={`${ids}-list`}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-keyshortcuts="/ Control+K"
          aria-activedescendant={isOpen && chosen ? `${ids}-${chosen}` : undefined}
          aria-describedby={why ? `${ids}-wrong` : undefined}
          leftSection={<IconSearch size={18} aria-hidden="true" />}
          rightSection={text ? null : <Kbd aria-hidden="true">/</Kbd>}
          value={text}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          error={Boolean(why)}
          onChange={(event) => type(event.currentTarget.value)}
          onFocus={() => setOpen(true)}
          onKeyDown={onKey}
        />
        <Button
          type="submit"
          leftSection={<IconPhoneOutgoing size={18} />}
          loading={dial.pending}
          disabled={!reachable}
        >
          {t("desk.dial.call")}
        </Button>
      </Group>
      {isOpen ? (
        <SearchResults
          ids={ids}
          search={search}
          chosen={chosen}
          reachable={reachable}
          onChoose={call}
        />
      ) : null}
      {why ? (
        <Text id={`${ids}-wrong`} role="alert" fz="sm" c="var(--mantine-color-error)" mt={4}>
          {why}
        </Text>
      ) : null}
    </form>
  );
}
