import { render, screen } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel } from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Dialog } from "./dialog";
import { Segmented } from "./segmented";
import { SplitHandle } from "./split-pane";
import { TextField } from "./text-field";
import { Toaster, toast } from "./toast";
import { TooltipProvider } from "./tooltip";

describe("TextField", () => {
  it("ties its error and help to the input", () => {
    render(<TextField label="Name" help="Short." error="Too long." required />);

    const input = screen.getByRole("textbox", { name: "Name" });

    expect(input).toHaveAccessibleDescription("Too long. Short.");
    expect(input).toBeInvalid();
    expect(input).toBeRequired();
  });
});

describe("Segmented", () => {
  it("chooses by key and never chooses nothing", async () => {
    const choose = vi.fn();
    render(
      <Segmented
        label="View"
        value="list"
        onChange={choose}
        segments={[
          { value: "list", label: "List" },
          { value: "grid", label: "Cards", iconOnly: true },
        ]}
      />,
    );

    await userEvent.click(screen.getByRole("radio", { name: "List" }));
    expect(choose).not.toHaveBeenCalled();

    await userEvent.click(screen.getByRole("radio", { name: "Cards" }));
    expect(choose).toHaveBeenCalledWith("grid");
  });
});

function Pane({ after }: { readonly after: boolean }) {
  const [size, setSize] = useState(300);
  return (
    <SplitHandle
      label="Resize"
      orientation="vertical"
      size={size}
      min={200}
      max={400}
      after={after}
      onResize={setSize}
    />
  );
}

describe("SplitHandle", () => {
  it.each([
    [false, "{ArrowRight}", 316],
    [false, "{Shift>}{ArrowLeft}{/Shift}", 236],
    [true, "{ArrowRight}", 284],
    [false, "{End}{ArrowRight}", 400],
    [true, "{Home}", 200],
  ])("moves by key (pane after the bar: %s) %s", async (after, keys, size) => {
    render(<Pane after={after} />);
    screen.getByRole("separator").focus();

    await userEvent.keyboard(keys);

    expect(screen.getByRole("separator")).toHaveAttribute("aria-valuenow", String(size));
  });
});

describe("Dialog", () => {
  it("focuses its first field, and Esc closes it", async () => {
    const change = vi.fn();
    render(
      <TooltipProvider>
        <Dialog open onOpenChange={change} title="Rename">
          <TextField label="Name" />
        </Dialog>
      </TooltipProvider>,
    );

    expect(screen.getByRole("textbox")).toHaveFocus();
    await userEvent.keyboard("{Escape}");

    expect(change).toHaveBeenCalledWith(false);
  });

  it("that blocks is closed by nothing but an answer", async () => {
    const change = vi.fn();
    render(
      <TooltipProvider>
        <Dialog open blocking onOpenChange={change} title="Session ended">
          <TextField label="Password" />
        </Dialog>
      </TooltipProvider>,
    );

    await userEvent.keyboard("{Escape}");

    expect(change).not.toHaveBeenCalled();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });
});

describe("toast", () => {
  it("replaces the notice of the same key and runs its action", async () => {
    const undo = vi.fn();
    render(
      <TooltipProvider>
        <Toaster />
      </TooltipProvider>,
    );

    toast("Moved 1 node", { key: "undo" });
    toast("Moved 2 nodes", { key: "undo", action: { label: "Undo", onClick: undo } });
    // A dialog of the test before gives the pointer back a moment late; that is not the matter here.
    const user = userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never });
    await user.click(await screen.findByRole("button", { name: "Undo" }));

    expect(screen.queryByText("Moved 1 node")).not.toBeInTheDocument();
    expect(undo).toHaveBeenCalledOnce();
  });
});
