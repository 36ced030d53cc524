// Says how complex the question of a call was; the router keeps to it for questions like it.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { modelKeys } from "@/api/model-queries";
import { refresh } from "@/api/refresh";
import type { ModelCall } from "@/api/types";
import { t } from "@/lib/i18n";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import { Select } from "@/ui/select";
import { toast } from "@/ui/toast";

const MOST = 10;
/** From here on premium and standard models answer: see docs/models.md. */
const PREMIUM_FROM = 8;
const STANDARD_FROM = 5;

type Props = { readonly call: ModelCall; readonly onClose: () => void };

export function ComplexityDialog({ call, onClose }: Props) {
  const [wanted, setWanted] = useState(String(call.complexity));
  const client = useQueryClient();
  const correcting = useMutation({
    mutationFn: () => api.put(`llm/calls/${call.id}/complexity/`, { complexity: Number(wanted) }),
    onSuccess: async () => {
      toast(t("calls.corrected"), { kind: "success" });
      await refresh(client, modelKeys.all);
      onClose();
    },
  });
  const points = Object.entries(call.features).filter(([name]) => name !== "base");
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("calls.correct")}
      description={t("calls.correctText")}
      width="small"
      footer={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            variant="primary"
            busy={correcting.isPending}
            disabled={Number(wanted) === call.complexity}
            onClick={() => correcting.mutate()}
          >
            {t("common.save")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-1">
        <Select
          label={t("calls.complexity")}
          help={points.length > 0 ? t("calls.points", { points: pointsOf(points) }) : undefined}
          value={wanted}
          options={CHOICES}
          onChange={setWanted}
        />
      </div>
    </Dialog>
  );
}

/** True where the router estimated it: only that can be corrected. */
export function isEstimated({ features }: ModelCall): boolean {
  return "base" in features;
}

const CHOICES = Array.from({ length: MOST }, (_, index) => {
  const points = index + 1;
  return { value: String(points), label: t("calls.answeredBy", { points, tier: tierOf(points) }) };
});

function tierOf(points: number): string {
  if (points >= PREMIUM_FROM) return t("models.tier.premium");
  return t(points >= STANDARD_FROM ? "models.tier.standard" : "models.tier.efficient");
}

function pointsOf(points: readonly (readonly [string, unknown])[]): string {
  return points.map(([name, value]) => `${name.replaceAll("_", " ")} ${String(value)}`).join(", ");
}
