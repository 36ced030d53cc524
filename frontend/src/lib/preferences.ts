// What one person chose on this device. The theme is a cookie, so that the server can draw it at once.

import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { readCookie, writeCookie } from "./cookies";

export type Theme = "light" | "dark" | "system";
export type Density = "comfortable" | "compact";

export type PreferenceState = {
  readonly theme: Theme;
  readonly density: Density;
  /** Shortcuts of one key without Ctrl or Alt (WCAG 2.1.4). */
  readonly singleKeys: boolean;
  /** Beside what the system wishes. */
  readonly lessMotion: boolean;
};

const THEME_COOKIE = "headrace_theme";
const STORAGE_KEY = "headrace.preferences";
const YEAR_S = 365 * 24 * 60 * 60;
const THEMES: readonly string[] = ["light", "dark", "system"] satisfies readonly Theme[];

const store = createStore<PreferenceState>(() => ({ theme: storedTheme(), ...storedRest() }));

export function preferences(): PreferenceState {
  return store.getState();
}

export function usePreferences(): PreferenceState {
  return useStore(store);
}

export function setPreferences(change: Partial<PreferenceState>): void {
  store.setState(change);
  const { theme, ...rest } = store.getState();
  writeCookie(THEME_COOKIE, theme, "/", YEAR_S);
  localStorage.setItem(STORAGE_KEY, JSON.stringify(rest));
  applyPreferences();
}

/** Puts theme, density and motion on <html>, where the tokens read them. */
export function applyPreferences(): void {
  const { theme, density, lessMotion } = store.getState();
  document.documentElement.dataset["theme"] = theme;
  document.documentElement.dataset["density"] = density;
  document.documentElement.dataset["motion"] = lessMotion ? "less" : "all";
}

export function isTheme(value: unknown): value is Theme {
  return typeof value === "string" && THEMES.includes(value);
}

function storedTheme(): Theme {
  const stored = readCookie(THEME_COOKIE) ?? document.documentElement.dataset["theme"];
  return isTheme(stored) ? stored : "system";
}

function storedRest(): Omit<PreferenceState, "theme"> {
  const stored = parse(localStorage.getItem(STORAGE_KEY));
  return {
    density: stored["density"] === "compact" ? "compact" : "comfortable",
    singleKeys: stored["singleKeys"] !== false,
    lessMotion: stored["lessMotion"] === true,
  };
}

function parse(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
