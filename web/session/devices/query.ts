// The programs that act for oneself.
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";

export const ownDevicesQuery = queryOptions({
  queryKey: ["own-devices"],
  queryFn: () => answer(api.GET("/api/v1/session/devices")),
});
