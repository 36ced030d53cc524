// Three columns with draggable bars between them; or tabs where there is no room for three.

import { type ReactNode, useEffect, useRef, useState } from "react";
import { t } from "@/lib/i18n";
import { SplitHandle } from "@/ui/split-pane";
import { TabPanel, Tabs } from "@/ui/tabs";
import { setColumnWidth, usePreferences } from "./preferences";

const MIN_PX = 220;
const MIDDLE_MIN_PX = 320;

type Props = {
  readonly input: ReactNode;
  readonly middle: ReactNode;
  readonly output: ReactNode;
};

export function Columns({ input, middle, output }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const inputWidthPx = usePreferences((preferences) => preferences.inputWidthPx);
  const outputWidthPx = usePreferences((preferences) => preferences.outputWidthPx);
  const widthPx = useWidth(frame);
  const share = Math.max(MIN_PX, (widthPx - MIDDLE_MIN_PX) / 2);
  const left = Math.min(inputWidthPx, share);
  const right = Math.min(outputWidthPx, share);
  return (
    <div ref={frame} className="flex min-h-0 flex-1">
      <div data-column="input" className="shrink-0" style={{ width: left }}>
        {input}
      </div>
      <SplitHandle
        label={t("inspector.resizeInput")}
        orientation="vertical"
        size={left}
        min={MIN_PX}
        max={share}
        onResize={(size) => setColumnWidth("input", size)}
      />
      <div className="min-w-0 flex-1 border-x border-line bg-surface">{middle}</div>
      <SplitHandle
        label={t("inspector.resizeOutput")}
        orientation="vertical"
        after
        size={right}
        min={MIN_PX}
        max={share}
        onResize={(size) => setColumnWidth("output", size)}
      />
      <div data-column="output" className="shrink-0" style={{ width: right }}>
        {output}
      </div>
    </div>
  );
}

function useWidth(frame: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(1_200);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}

export type Column = "input" | "parameters" | "output";

type TabbedProps = Props & {
  readonly shown: Column;
  readonly onShow: (column: Column) => void;
};

export function TabbedColumns({ input, middle, output, shown, onShow }: TabbedProps) {
  return (
    <Tabs
      label={t("inspector.columns")}
      value={shown}
      tabs={[
        { value: "input", label: t("inspector.input") },
        { value: "parameters", label: t("inspector.parameters") },
        { value: "output", label: t("inspector.output") },
      ]}
      onChange={onShow}
      className="min-h-0 flex-1 *:first:px-2"
    >
      <TabPanel value="input" data-column="input" className="min-h-0">
        {input}
      </TabPanel>
      <TabPanel value="parameters">{middle}</TabPanel>
      <TabPanel value="output" data-column="output" className="min-h-0">
        {output}
      </TabPanel>
    </Tabs>
  );
}
