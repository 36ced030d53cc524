// The bar at the bottom left: zoom, fit, minimap.

import { Map as MapIcon, Maximize, Minus, Plus } from "lucide-react";
import { formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import { IconButton } from "@/ui/icon-button";
import { Tooltip } from "@/ui/tooltip";
import { useEditor, useEditorUi } from "../store";
import { useCamera, useViewport } from "./rf";

const ZOOM_STEP = 1.25;

export function ZoomBar() {
  const { ui } = useEditor();
  const minimap = useEditorUi((state) => state.minimap);
  const camera = useCamera();
  const { zoom } = useViewport();
  return (
    <div
      role="toolbar"
      aria-label={t("editor.zoom")}
      className="flex items-center rounded-panel border border-line bg-surface p-1 shadow-panel"
    >
      <IconButton
        icon={Minus}
        label={t("editor.zoomOut")}
        keys="-"
        tooltipSide="top"
        onClick={() => camera.zoomBy(1 / ZOOM_STEP)}
      />
      <Tooltip text={t("editor.zoomReset")} keys="0" side="top">
        <button
          type="button"
          onClick={() => camera.zoomTo(1)}
          className="h-control w-12 rounded-control text-center text-xs text-fg-muted hover:bg-hover hover:text-fg"
        >
          {formatPercent(Math.round(zoom * 100) / 100)}
        </button>
      </Tooltip>
      <IconButton
        icon={Plus}
        label={t("editor.zoomIn")}
        keys="+"
        tooltipSide="top"
        onClick={() => camera.zoomBy(ZOOM_STEP)}
      />
      <IconButton
        icon={Maximize}
        label={t("editor.fit")}
        keys="1"
        tooltipSide="top"
        onClick={() => camera.fit()}
      />
      <IconButton
        icon={MapIcon}
        label={t("editor.minimap")}
        keys="m"
        tooltipSide="top"
        pressed={minimap}
        onClick={() => ui.setState({ minimap: !minimap })}
        className="max-sm:hidden"
      />
    </div>
  );
}
