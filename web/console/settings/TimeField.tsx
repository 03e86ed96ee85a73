// A time of day, as the browser lets people enter it.
import { TextInput } from "@mantine/core";

export interface TimeFieldProps {
  label: string;
  /** `09:00:00` */
  value: string;
  onChange(value: string): void;
}

export function TimeField({ label, value, onChange }: TimeFieldProps) {
  return (
    <TextInput
      type="time"
      w={120}
      flex="none"
      label={label}
      value={value.slice(0, 5)}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        if (typed) onChange(`${typed}:00`);
      }}
    />
  );
}
