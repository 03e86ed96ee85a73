// The short messages in the corner. What shows them is fetched with the first of them.
import { useNotifications } from "@mantine/notifications/store";
import { lazy, Suspense, useRef } from "react";

const Notifications = lazy(async () => {
  const { Notifications } = await import("@mantine/notifications");
  return { default: Notifications };
});

export function Messages() {
  const { notifications } = useNotifications();
  // Once there they stay: the last one fades out by itself.
  const asked = useRef(false);
  asked.current ||= notifications.length > 0;
  if (!asked.current) return null;
  return (
    <Suspense>
      <Notifications position="bottom-right" autoClose={3500} />
    </Suspense>
  );
}
