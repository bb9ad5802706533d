import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/**
 * The one place of colours, radii and measures. Screens use the `--ev-*` variables made from these and nothing else, so a
 * change here is a change everywhere. Text on its ground reaches 4.5:1, marks and borders of controls 3:1 (WCAG 2.2 AA).
 */
const light = {
  ground: '#f4f6f4',
  surface: '#ffffff',
  raised: '#ffffff',
  sunken: '#ebefec',
  hover: '#f0f4f1',
  line: '#dfe5e1',
  control: '#7f8d86',
  text: '#14201b',
  quiet: '#55635c',
  accent: '#0b6b50',
  accentHover: '#085a43',
  onAccent: '#ffffff',
  accentSoft: '#e0f2ea',
  onAccentSoft: '#07513c',
  good: '#0b6b50',
  warning: '#8a5300',
  warningSoft: '#fff1d6',
  danger: '#b3261e',
  dangerSoft: '#fdeceb',
  scrim: 'rgba(16, 26, 21, 0.45)',
  shadow: '0 1px 2px rgba(20, 32, 27, 0.06), 0 4px 16px rgba(20, 32, 27, 0.05)',
  shadowHigh: '0 8px 40px rgba(20, 32, 27, 0.22)',
};

const dark: typeof light = {
  ground: '#0c1110',
  surface: '#141b19',
  raised: '#1a2321',
  sunken: '#0f1614',
  hover: '#1c2623',
  line: '#27332f',
  control: '#6d7d75',
  text: '#e9efec',
  quiet: '#9fb0a8',
  accent: '#3ecf9f',
  accentHover: '#5bdbb0',
  onAccent: '#04241a',
  accentSoft: '#12352a',
  onAccentSoft: '#8fe8c8',
  good: '#3ecf9f',
  warning: '#f3b75a',
  warningSoft: '#37290f',
  danger: '#ff8f86',
  dangerSoft: '#3d1b19',
  scrim: 'rgba(2, 5, 4, 0.66)',
  shadow: '0 1px 2px rgba(0, 0, 0, 0.4)',
  shadowHigh: '0 12px 48px rgba(0, 0, 0, 0.6)',
};

/** Sizes in CSS pixels. Touch targets: 48 or more, keypad 64, Pay 72 (WCAG 2.5.8 asks 24; gloves and haste ask more). */
const measures = {
  'touch-min': '48px',
  'touch-key': '64px',
  'touch-pay': '72px',
  'total-size': '52px',
  'radius-s': '8px',
  'radius-m': '12px',
  'radius-l': '16px',
  'space-1': '4px',
  'space-2': '8px',
  'space-3': '12px',
  'space-4': '16px',
  'space-5': '24px',
  'space-6': '32px',
};

const evergreen: MantineColorsTuple = [
  '#e6f7f0',
  '#cfeee1',
  '#a0dec5',
  '#6bcda6',
  '#3ecf9f',
  '#22a57b',
  '#128462',
  '#0b6b50',
  '#085a43',
  '#05432f',
];

export const evertillTheme = createTheme({
  colors: { evergreen },
  primaryColor: 'evergreen',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.34,
  fontFamily: '"Inter Variable", system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "Noto Sans Mono", monospace',
  defaultRadius: 'md',
  radius: { xs: '6px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
});

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const prefixed = (tokens: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(tokens).map(([name, value]) => [`--ev-${kebab(name)}`, value]));

const schemeVariables = (tokens: typeof light): Record<string, string> => ({
  ...prefixed(tokens),
  '--mantine-color-body': tokens.ground,
  '--mantine-color-text': tokens.text,
  '--mantine-color-dimmed': tokens.quiet,
  '--mantine-color-default': tokens.surface,
  '--mantine-color-default-hover': tokens.hover,
  '--mantine-color-default-border': tokens.line,
  '--mantine-color-placeholder': tokens.quiet,
  '--mantine-color-error': tokens.danger,
});

/** Hands the tokens to CSS; give it to `MantineProvider` together with {@link evertillTheme}. */
export const evertillVariables: CSSVariablesResolver = () => ({
  variables: prefixed(measures),
  light: schemeVariables(light),
  dark: schemeVariables(dark),
});
