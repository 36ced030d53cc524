// Every page, one visit each: both themes, wide and at 400 %, two fifths longer words; nothing breaks WCAG.

import { DESKTOP, expectAccessible, showIn, test as signedIn, useTheme } from "./fixtures";
import { furnished } from "./furniture";
import { expectTranslated } from "./longer-language";
import { strangers } from "./people";
import { placesOf, type Shown } from "./places";
import { expectForcedColors, expectReflow, expectWiderText, ZOOMED } from "./reflow";
import { Sent } from "./sent";

const NOTHING: Shown = {
  workflow: "",
  chat: "",
  execution: "",
  later: "",
  table: "",
  collection: "",
};
const more = { "/workflows as a grid": "/workflows?view=grid" };

/** A tenant that has something for every page, made once for all of them. */
const test = signedIn.extend<object, { readonly furniture: Shown }>({
  furniture: [
    async ({ browser, ownerCookies }, use) => {
      const page = await strangers(browser);
      await page.context().addCookies(ownerCookies);
      await use(await furnished(page));
      await page.context().close();
    },
    { scope: "worker" },
  ],
});

test.describe.configure({ mode: "parallel" });

for (const place of Object.keys({ ...placesOf(NOTHING), ...more })) {
  test(`${place} is accessible, translated and fits`, async ({ app, furniture }) => {
    const sent = new Sent(app);
    const paths: Readonly<Record<string, string>> = { ...placesOf(furniture), ...more };
    await app.addInitScript(() => localStorage.setItem("headrace.locale", "pseudo"));
    // Colours depend on the theme and boxes on the size: two of the four pairs see all of both.
    await app.setViewportSize(ZOOMED);
    await useTheme(app, "dark");
    await sent.open(paths[place] ?? "");
    await expectAccessible(app);
    await expectTranslated(app, sent);
    await expectReflow(app);

    await app.setViewportSize(DESKTOP);
    await showIn(app, "light");
    await expectAccessible(app);
    await expectTranslated(app, sent);
    await expectReflow(app);
    await expectWiderText(app);
    await expectForcedColors(app);
  });
}
