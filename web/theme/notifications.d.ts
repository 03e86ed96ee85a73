// The package exports its store only together with the component; vite.shared.ts names the store's file.
declare module "@mantine/notifications/store" {
  export { useNotifications } from "@mantine/notifications";
}
