// Where the keys of the canvas go when what had the focus is deleted.

import { afterEach, expect, it } from "vitest";
import { keepFocusOnCanvas } from "./focus";

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

afterEach(() => document.body.replaceChildren());

function canvasWithCard() {
  document.body.innerHTML =
    '<button id="aside"></button><div class="canvas" tabindex="0"><div id="card" tabindex="0"></div></div>';
  const find = (selector: string) => {
    const found = document.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`No ${selector}`);
    return found;
  };
  return { canvas: find(".canvas"), card: find("#card"), aside: find("#aside") };
}

it("goes to the canvas before a focused card is removed", () => {
  const { canvas, card } = canvasWithCard();
  card.focus();

  keepFocusOnCanvas();

  expect(document.activeElement).toBe(canvas);
});

it("goes to the canvas when nothing is left that could have it", async () => {
  const { canvas } = canvasWithCard();

  keepFocusOnCanvas();
  await frame();
  await frame();
  await frame();

  expect(document.activeElement).toBe(canvas);
});

it("stays where it is outside of the canvas", async () => {
  const { aside } = canvasWithCard();
  aside.focus();

  keepFocusOnCanvas();
  await frame();
  await frame();
  await frame();

  expect(document.activeElement).toBe(aside);
});
