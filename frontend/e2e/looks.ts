// A page as it should look: compared with pictures that `manage.py pictures` takes again.

import type { Page } from "@playwright/test";
import { DESKTOP, expect, PHONE, showIn } from "./fixtures";
import { holdStill, settle } from "./still";

const LOOKS = [
  { look: "light", theme: "light", viewport: DESKTOP },
  { look: "dark", theme: "dark", viewport: DESKTOP },
  { look: "phone", theme: "light", viewport: PHONE },
] as const;

/** Compares what stands there in every look; afterwards it is as wide as before. */
export async function expectLooks(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? DESKTOP;
  const still = await holdStill(page);
  for (const { look, theme, viewport } of LOOKS) {
    await page.setViewportSize(viewport);
    // The app's own choice; hosted pages follow what the system wishes.
    await showIn(page, theme);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await settle(page);
    await expectLook(page, `${name}-${look}.png`);
  }
  await page.setViewportSize(before);
  await still.release();
}

/** What a slow machine draws late is in the second picture; the first one is then forgotten. */
async function expectLook(page: Page, file: string): Promise<void> {
  try {
    await expect(page).toHaveScreenshot(file);
  } catch {
    await settle(page);
    await expect.soft(page).toHaveScreenshot(file);
  }
}
