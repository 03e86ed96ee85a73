// Linecard's look: one accent colour, slate neutrals, system fonts with a Chinese fallback.
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from "@mantine/core";

/** The accent. White text on shade 7 has a contrast of 6.4:1 (WCAG AA asks for 4.5:1). */
const line: MantineColorsTuple = [
  "#eef3ff",
  "#dbe4fb",
  "#b7c8f4",
  "#90aaed",
  "#7090e8",
  "#5579e2",
  "#3f63d3",
  "#3252bd",
  "#28449f",
  "#1f3680",
];

const slate: MantineColorsTuple = [
  "#f7f8fa",
  "#eff1f5",
  "#e2e6ed",
  "#cdd3de",
  "#a9b2c2",
  "#7f8a9e",
  "#616c80",
  "#475164",
  "#2e3646",
  "#1a202c",
];

/** Mantine's dark palette: 0 is text, 4 borders, 6 surfaces, 7 the page. */
const dark: MantineColorsTuple = [
  "#e3e7ef",
  "#c3cad7",
  "#9aa4b6",
  "#6d788c",
  "#353e4f",
  "#2a3240",
  "#1d2430",
  "#131822",
  "#0e121a",
  "#090c12",
];

const fonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", ' +
  '"Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

export const theme = createTheme({
  primaryColor: "line",
  primaryShade: { light: 7, dark: 7 },
  colors: { line, slate, gray: slate, dark },
  fontFamily: fonts,
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Consolas, "Liberation Mono", monospace',
  headings: {
    fontFamily: fonts,
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "1.625rem", lineHeight: "1.25" },
      h2: { fontSize: "1.125rem", lineHeight: "1.35" },
      h3: { fontSize: "1rem", lineHeight: "1.4" },
    },
  },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    // Mantine's own reds miss the contrast of AA on both schemes.
    if (input.color !== "red") return colors;
    return input.variant === "filled"
      ? { ...colors, background: "#c92a2a", hover: "#b02525", color: "#fff" }
      : { ...colors, color: "light-dark(#b42318, #ff9d92)" };
  },
  components: {
    Paper: { defaultProps: { withBorder: true, radius: "lg" } },
    Modal: { defaultProps: { centered: true, radius: "lg", overlayProps: { opacity: 0.45 } } },
    // Inside a dialog a <header> would be one more banner of the page.
    ModalTitle: { defaultProps: { fw: 650, fz: "lg" } },
    ModalHeader: { defaultProps: { component: "div" } },
    Anchor: { defaultProps: { underline: "hover" } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Select: { defaultProps: { checkIconPosition: "right" } },
  },
});

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#ffffff",
    "--mantine-color-text": slate[9],
    // Mantine's own dimmed grey has 3.3:1 on white.
    "--mantine-color-dimmed": slate[6],
    "--mantine-color-placeholder": slate[6],
    "--mantine-color-error": "#b42318",
    "--mantine-color-default-border": slate[3],
    "--linecard-page": "#f5f7fa",
    "--linecard-line": slate[2],
    "--linecard-good": "#15803d",
    "--linecard-warn": "#b45309",
    "--linecard-bad": "#c92a2a",
    "--linecard-idle": "#7f8a9e",
  },
  dark: {
    "--mantine-color-body": dark[6],
    "--mantine-color-dimmed": dark[2],
    "--mantine-color-placeholder": dark[2],
    "--mantine-color-error": "#ff9d92",
    "--linecard-page": dark[7],
    "--linecard-line": dark[4],
    "--linecard-good": "#4ade80",
    "--linecard-warn": "#fbbf24",
    "--linecard-bad": "#f87171",
    "--linecard-idle": "#7c879b",
  },
});
