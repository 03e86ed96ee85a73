// The ways in: the company's identity provider, and e-mail with password; used by the Console and
// by Desk.
import { Button, Divider, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Session } from "@/api/types";
import { Loaded } from "@/theme/Loaded";
import { signInWaysQuery } from "./query";
import { SignInForm } from "./SignInForm";

export interface SignInWaysProps {
  /** The page to come to; a path of this site. */
  to: string;
  onSignedIn?: (session: Session) => void;
}

export function SignInWays({ to, onSignedIn }: SignInWaysProps) {
  const { t } = useTranslation();
  const ways = useQuery(signInWaysQuery);
  const [inEmergency, setInEmergency] = useState(false);
  const form = <SignInForm {...(onSignedIn ? { onSignedIn } : {})} />;
  return (
    <Loaded of={ways}>
      {({ single_sign_on, passwords }) =>
        single_sign_on === null ? (
          form
        ) : (
          <Stack>
            <Button component="a" href={`/sign-in/oidc?${new URLSearchParams({ to })}`} fullWidth>
              {t("sign_on.button", { name: single_sign_on })}
            </Button>
            {passwords || inEmergency ? (
              <>
                <Divider label={t("sign_on.or")} />
                {form}
              </>
            ) : (
              <Button variant="subtle" color="gray" onClick={() => setInEmergency(true)}>
                {t("sign_on.in_emergency")}
              </Button>
            )}
          </Stack>
        )
      }
    </Loaded>
  );
}
