// The page around forms that are shown to those who are not signed in.
import { Box, Center, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Brand } from "@/theme/Brand";
import { LanguageSwitch } from "./LanguageSwitch";

export interface FrontDoorProps {
  title: string;
  text: string;
  wide?: boolean;
  children?: ReactNode;
}

export function FrontDoor({ title, text, wide, children }: FrontDoorProps) {
  return (
    <Center mih="100dvh" px="md" py="xl">
      <Box component="main" w="100%" maw={wide ? 560 : 420}>
        <Group justify="space-between" mb="lg">
          <Brand />
          <LanguageSwitch />
        </Group>
        <Paper p={{ base: "lg", sm: "xl" }} shadow="sm">
          <Stack gap="lg">
            <Stack gap={4}>
              <Title order={1}>{title}</Title>
              <Text c="dimmed">{text}</Text>
            </Stack>
            {children}
          </Stack>
        </Paper>
      </Box>
    </Center>
  );
}
