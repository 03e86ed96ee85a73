// First run: creates the administrator, with the one-time token from the printed link.
import { Anchor, Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { setUpQuery } from "@/api/queries";
import { FrontDoor } from "@/session/FrontDoor";
import { Loaded } from "@/theme/Loaded";
import { Notice } from "@/theme/Notice";
import { SetUpForm } from "./SetUpForm";

const route = getRouteApi("/set-up");

export function SetUpPage() {
  const { token } = route.useSearch();
  const { t } = useTranslation();
  const setUp = useQuery(setUpQuery);
  useEffect(() => {
    document.title = `${t("session.set_up")} · ${t("page.product")}`;
  }, [t]);
  return (
    <FrontDoor wide title={t("session.set_up")} text={t("session.set_up_text")}>
      <Loaded of={setUp}>
        {({ needed }) =>
          needed ? (
            token ? (
              <SetUpForm token={token} />
            ) : (
              <Notice tone="warn" title={t("session.set_up_no_token")}>
                {t("session.set_up_no_token_text")}
              </Notice>
            )
          ) : (
            <Stack>
              <Notice title={t("session.set_up_done")}>{t("session.set_up_done_text")}</Notice>
              <Button component="a" href="/sign-in">
                {t("session.sign_in")}
              </Button>
            </Stack>
          )
        }
      </Loaded>
      {setUp.error ? <Anchor href="/">{t("page.to_home")}</Anchor> : null}
    </FrontDoor>
  );
}
