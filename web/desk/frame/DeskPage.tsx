// The agent's page: on duty or off, the cards of the calls, and what is not well.
import { Badge, Button, Group, Paper, Stack, Text, Title, Tooltip } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Session } from "@/api/types";
import { AccountMenu } from "@/session/AccountMenu";
import { Brand } from "@/theme/Brand";
import { Empty } from "@/theme/Empty";
import { IconCoffee, IconHeadset, IconPhoneOff } from "@/theme/icons";
import { Loading } from "@/theme/Loaded";
import { Announcer } from "../cards/Announcer";
import { CardView } from "../cards/CardView";
import { rings, type ShownCard } from "../cards/desk";
import { DialView } from "../dial/DialView";
import { calleeOf, useDial } from "../dial/useDial";
import { DutyMenu, type DutyWish } from "../duty/DutyMenu";
import { isAtWork } from "../duty/duty";
import { askToNotify } from "../duty/notify";
import { WrapUp } from "../duty/WrapUp";
import { HistoryPanel } from "../history/HistoryPanel";
import { useHistory } from "../history/useHistory";
import { PhoneButtons } from "../phone/PhoneButtons";
import { PhoneNotice } from "../phone/PhoneNotice";
import { callsByCard, fetchesFrom, missedHere, type PhoneCall } from "../phone/phone";
import { tellsSoundSoFar } from "../phone/soundSoFar";
import { type AtSoftphone, useSoftphone } from "../phone/useSoftphone";
import { useSoundReports } from "../phone/useSoundReports";
import { SearchBox } from "../search/SearchBox";
import { SoundMenu } from "../sound/SoundMenu";
import { SoundNotice } from "../sound/SoundNotice";
import { useSound } from "../sound/useSound";
import { Banners } from "./Banners";
import "./desk.css";
import { useDesk } from "./useDesk";
import { useRinging } from "./useRinging";

export interface DeskPageProps {
  session: Session;
  extension: string;
  /** The agent writes something that is not kept yet, or does not any more. */
  onWriting(writing: boolean): void;
}

export function DeskPage({ session, extension, onWriting }: DeskPageProps) {
  const { t } = useTranslation();
  const handle = useDesk(extension);
  const { desk } = handle;
  const writing = desk.cards.some(({ kept }) => kept);
  useEffect(() => onWriting(writing), [writing, onWriting]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new session gets a line at once
  useEffect(() => handle.retryNow(), [session]);
  const sound = useSound();
  const atWork = isAtWork(desk.duty);
  const isOpen = handle.line.state === "open";
  const reports = useSoundReports(handle.measured, isOpen && desk.ready);
  const softphone = useSoftphone(
    desk.softphone,
    atWork && handle.leads,
    sound.ids,
    desk.iceServers,
    reports.take,
  );
  const { phone, line } = softphone;
  const { takeSoFar } = reports;
  useEffect(() => {
    if (line) return tellsSoundSoFar(() => line.soundSoFar(), takeSoFar);
  }, [line, takeSoFar]);
  const dial = useDial(phone.state === "ready");
  const mayChoose = isOpen && desk.ready;
  const reachable = isOpen && desk.link === "up";
  const ended = desk.cards.flatMap(({ card }) => (card.state === "ended" ? [card.call] : []));
  const masked = desk.ready ? desk.masked : null;
  const history = useHistory(extension, ended, mayChoose, masked);
  const ringing = useRinging(desk.cards, atWork && handle.leads, sound.ids.ringer);
  const atSoftphone = (call: PhoneCall | undefined): AtSoftphone | null => {
    if (!call || !line) return null;
    const other = phone.calls.find(({ id, talks }) => talks && id !== call.id) ?? null;
    return { call, other, line };
  };
  const shownCards = desk.cards.map(({ card }) => card);
  const byCard = callsByCard(phone.calls, shownCards);
  useEffect(() => reports.follow(byCard));
  /** What the card shows of the softphone. While that fetches the call it picks up by itself, and the
   * card stands as it did. */
  const softphoneOf = ({ card, startedAt, ringsSince, pending }: ShownCard) => {
    const call = byCard.get(card.call);
    const fetches = pending === "pick_up" && phone.trouble === null;
    if (!rings(card) || ringsSince === null || (call && !fetches))
      return { softphone: atSoftphone(call), elsewhere: null, fetchesFrom: null };
    const without = { ...phone, calls: phone.calls.filter((other) => other !== call) };
    const canFetch = desk.abilities.pick_up;
    return {
      softphone: null,
      elsewhere: missedHere(without, startedAt),
      fetchesFrom: canFetch ? fetchesFrom(without, ringsSince) : null,
    };
  };
  const withCard = new Set(byCard.values());
  const without = phone.calls.filter((call) => call.talks && !withCard.has(call)).map(atSoftphone);
  const away = desk.duty.state === "break" ? "break" : "off";
  const choose = (wish: DutyWish) => {
    if (wish.state === "on") {
      // All four need this very click: the browser grants them to a person's deed only.
      ringing.unlock();
      void askToNotify();
      softphone.tryMicrophone();
    }
    handle.setDuty(wish);
  };
  return (
    <div className="lc-desk">
      <header className="lc-desk-header">
        <Group justify="space-between" wrap="nowrap" h="100%" gap="sm">
          <Group wrap="nowrap" gap="md" miw={0} className="lc-desk-brand">
            <Brand part={t("desk.title")} />
            {session.simulation ? (
              <Tooltip label={t("console.simulation_text")} multiline w={260}>
                <Badge variant="default" radius="sm" tt="none" visibleFrom="sm">
                  {t("console.simulation")}
                </Badge>
              </Tooltip>
            ) : null}
          </Group>
          <Group wrap="nowrap" gap="lg" className="lc-desk-tools">
            <Text fz="sm" className="lc-cut" visibleFrom="sm" maw={220} title={desk.name}>
              <strong>{extension}</strong> {desk.name}
            </Text>
            <DutyMenu
              duty={desk.duty}
              breaks={desk.breaks}
              disabled={!mayChoose}
              onChoose={choose}
            />
            <SoundMenu sound={sound} />
            <AccountMenu account={session.account} />
          </Group>
        </Group>
      </header>
      <main className="lc-desk-main">
        <Title order={1} className="lc-unseen">
          {t("desk.title")}
        </Title>
        <Stack gap="md">
          <Banners handle={handle} ringing={ringing} />
          {desk.wrapUpEnds ? (
            <WrapUp
              ends={desk.wrapUpEnds}
              disabled={!mayChoose}
              onReady={() => choose({ state: "on" })}
            />
          ) : null}
          <PhoneNotice softphone={softphone} />
          {atWork && handle.leads ? <SoundNotice lost={sound.lost} /> : null}
          {desk.ready && desk.abilities.dial ? (
            <SearchBox
              search={handle.search}
              onType={handle.lookFor}
              dial={dial}
              reachable={reachable}
            />
          ) : null}
          {desk.dials.map((shown) => (
            <DialView
              key={shown.dialling.call}
              shown={shown}
              abilities={desk.abilities}
              reachable={reachable}
              onAsk={(what) => handle.ask(shown.dialling.call, what)}
              onAgain={() => {
                const callee = calleeOf(shown.dialling);
                if (callee) dial.call(callee, () => handle.dismiss(shown.dialling.call));
              }}
              onDismiss={() => handle.dismiss(shown.dialling.call)}
            />
          ))}
          {without.map((at) =>
            at ? (
              <Paper
                key={at.call.id}
                p="md"
                className="lc-card-buttons"
                aria-label={t("desk.phone.no_card")}
              >
                <PhoneButtons {...at} />
                <Button color="red" onClick={() => at.line.hangUp(at.call.id)}>
                  {t("desk.hang_up")}
                </Button>
              </Paper>
            ) : null,
          )}
          {desk.cards.map((shown) => (
            <CardView
              key={shown.card.call}
              shown={shown}
              abilities={desk.abilities}
              popMode={desk.popMode}
              reachable={reachable}
              online={isOpen}
              {...softphoneOf(shown)}
              onAsk={(what) => handle.ask(shown.card.call, what)}
              onCall={(callee) => dial.call(callee, () => handle.dismiss(shown.card.call))}
              onDismiss={() => handle.dismiss(shown.card.call)}
              creates={desk.creates}
              onTell={handle.tell}
              onWriting={(on) => handle.writing(shown.card.call, on)}
            />
          ))}
          {desk.ready && desk.cards.length + desk.dials.length === 0 ? (
            atWork ? (
              <Empty
                icon={IconHeadset}
                title={t("desk.empty_on")}
                text={t(`desk.empty_on_text.${desk.popMode}`, { extension })}
              />
            ) : (
              <Empty
                icon={away === "break" ? IconCoffee : IconPhoneOff}
                title={t(`desk.empty_${away}`)}
                text={t(`desk.empty_${away}_text`)}
              >
                <Button disabled={!mayChoose} onClick={() => choose({ state: "on" })}>
                  {t(`desk.duty.come_${away}`)}
                </Button>
              </Empty>
            )
          ) : null}
          {desk.ready || handle.line.state === "lost" ? null : <Loading />}
          {desk.ready ? (
            <HistoryPanel
              history={history}
              reachable={reachable && desk.abilities.dial && !dial.pending}
              onCall={(callee) => dial.call(callee)}
            />
          ) : null}
        </Stack>
      </main>
      <Announcer cards={desk.cards} masked={desk.masked} />
    </div>
  );
}
