import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Action, registerActions, type Scope } from "./actions";
import { listenForKeys } from "./keyboard";
import { setPreferences } from "./preferences";

let stops: (() => void)[] = [];

beforeEach(() => {
  stops = [listenForKeys()];
  document.body.innerHTML = `
    <button id="page">x</button>
    <input id="field" />
    <div data-scope="canvas"><button id="canvas">x</button></div>
    <div data-scope="dialog"><button id="dialog">x</button><input id="dialog-field" /></div>
    <div class="cm-editor"><div id="code" contenteditable="true"></div></div>`;
});

afterEach(() => {
  for (const stop of stops) stop();
  setPreferences({ singleKeys: true });
  vi.useRealTimers();
});

function offer(scope: Scope, ...keys: string[]) {
  const run = vi.fn();
  const action: Action = { id: `${scope}.${keys}`, label: "", group: "", scope, keys, run };
  stops.push(registerActions([action]));
  return run;
}

function press(id: string, key: string, modifiers: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", {
    key,
    bubbles: true,
    cancelable: true,
    ...modifiers,
  });
  document.getElementById(id)?.dispatchEvent(event);
  return event.defaultPrevented;
}

describe("single keys", () => {
  it("work on the canvas", () => {
    const add = offer("canvas", "n");

    press("canvas", "n");

    expect(add).toHaveBeenCalledOnce();
  });

  it("never fire while somebody types", () => {
    const anywhere = offer("app", "?", "g h");

    for (const id of ["field", "code", "dialog-field"]) {
      press(id, "?", { shiftKey: true });
      press(id, "g");
      press(id, "h");
    }

    expect(anywhere).not.toHaveBeenCalled();
  });

  it("of the canvas do not fire elsewhere on the page", () => {
    const add = offer("canvas", "n");

    press("page", "n");

    expect(add).not.toHaveBeenCalled();
  });

  it("can be switched off, and chords with Ctrl go on working", () => {
    const single = offer("page", "n");
    const chord = offer("page", "mod+s");
    setPreferences({ singleKeys: false });

    press("page", "n");
    press("page", "s", { ctrlKey: true });

    expect(single).not.toHaveBeenCalled();
    expect(chord).toHaveBeenCalledOnce();
  });

  it("mean the innermost scope that claims them", () => {
    const group = offer("canvas", "g");
    const home = offer("app", "g h");

    press("canvas", "g");
    press("canvas", "h");

    expect(group).toHaveBeenCalledOnce();
    expect(home).not.toHaveBeenCalled();
  });
});

describe("a dialog", () => {
  it("shuts out what lies behind it", () => {
    const behind = offer("page", "mod+enter", "n");
    const within = offer("dialog", "mod+enter");

    press("dialog", "Enter", { ctrlKey: true });
    press("dialog", "n");

    expect(behind).not.toHaveBeenCalled();
    expect(within).toHaveBeenCalledOnce();
  });
});

describe("a field", () => {
  it("keeps undo and the clipboard for itself", () => {
    const undo = offer("page", "mod+z", "mod+shift+z", "mod+c", "mod+a", "delete");

    for (const key of ["z", "c", "a"]) {
      expect(press("field", key, { ctrlKey: true })).toBe(false);
    }
    press("field", "Delete");

    expect(undo).not.toHaveBeenCalled();
  });

  it("lets commands through", () => {
    const save = offer("page", "mod+s");

    expect(press("field", "s", { ctrlKey: true })).toBe(true);

    expect(save).toHaveBeenCalledOnce();
  });
});

describe("chords", () => {
  it("with Shift match by place where the character changes", () => {
    const stop = offer("page", "mod+shift+.");

    press("page", ">", { code: "Period", ctrlKey: true, shiftKey: true });

    expect(stop).toHaveBeenCalledOnce();
  });

  it("do not match with a modifier too many", () => {
    const palette = offer("app", "mod+k");

    press("page", "k", { ctrlKey: true, altKey: true });
    press("page", "k", { ctrlKey: true, shiftKey: true });

    expect(palette).not.toHaveBeenCalled();
  });

  it("in sequence must come soon after one another", () => {
    vi.useFakeTimers();
    const home = offer("app", "g h");

    press("page", "g");
    vi.advanceTimersByTime(2_000);
    press("page", "h");
    press("page", "g");
    press("page", "h");

    expect(home).toHaveBeenCalledOnce();
  });

  it("already handled by a component are left alone", () => {
    const save = offer("page", "mod+s");
    document.getElementById("page")?.addEventListener("keydown", (event) => event.preventDefault());

    press("page", "s", { ctrlKey: true });

    expect(save).not.toHaveBeenCalled();
  });
});
