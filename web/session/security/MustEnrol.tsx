// In the place of every page while the organisation wants a second factor that is not set up yet.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Loaded } from "@/theme/Loaded";
import { FrontDoor } from "../FrontDoor";
import { secondFactorQuery } from "./query";
import { SecondFactor } from "./SecondFactor";

export function MustEnrol() {
  const { t } = useTranslation();
  const state = useQuery(secondFactorQuery);
  return (
    <FrontDoor title={t("security.must")} text={t("security.must_text")}>
      <Loaded of={state}>{(known) => <SecondFactor state={known} level={2} />}</Loaded>
    </FrontDoor>
  );
}
