// How the node behaves whatever its parameters: errors, retries, time limit, items, switched off.

import type { NodeSettings, RetrySettings } from "@/api/types";
import { setDisabled, setSettings, useCommit, useDocumentState } from "@/features/editor";
import { type MessageKey, t } from "@/lib/i18n";
import { Field } from "@/ui/field";
import { Input } from "@/ui/input";
import { Select } from "@/ui/select";
import { Switch } from "@/ui/switch";
import { useDraft } from "./form/use-draft";
import { useInspected } from "./inspector-context";

const ON_ERROR = ["stop", "continue", "error_port"] as const;
const ON_CRASH = ["retry", "stop_and_ask"] as const;
const FIRST_RETRIES: RetrySettings = {
  max_attempts: 3,
  initial_s: 1,
  factor: 2,
  max_s: 60,
  jitter: true,
};

const errorKey = (choice: string) => `inspector.behaviour.onError.${choice}` as MessageKey;
const crashKey = (choice: string) => `inspector.behaviour.onCrash.${choice}` as MessageKey;

export function BehaviourTab() {
  const { node, spec } = useInspected();
  const commit = useCommit();
  const readOnly = useDocumentState((state) => state.readOnly);
  const settings: NodeSettings = { ...spec?.settings_defaults, ...node.settings };
  const isTrigger = spec?.kind === "trigger";
  const set = (change: NodeSettings) =>
    commit(
      t("inspector.step.behaviour", { name: node.name }),
      (document) => setSettings(document, node.id, withChange(node.settings, change)),
      { key: `settings:${node.id}:${Object.keys(change).join()}` },
    );
  return (
    <div className="flex flex-col gap-5">
      <Switch
        label={t("inspector.behaviour.disabled")}
        help={t("inspector.behaviour.disabledHelp")}
        checked={node.disabled ?? false}
        disabled={readOnly}
        onChange={(disabled) =>
          commit(t("inspector.step.disable", { name: node.name }), (document) =>
            setDisabled(document, new Set([node.id]), disabled),
          )
        }
      />
      {!isTrigger && (
        <>
          <Select
            label={t("inspector.behaviour.onError")}
            help={t("inspector.behaviour.onErrorHelp")}
            value={settings.on_error ?? "stop"}
            options={ON_ERROR.map((value) => ({ value, label: t(errorKey(value)) }))}
            disabled={readOnly}
            onChange={(value) => {
              const found = ON_ERROR.find((one) => one === value);
              if (found) set({ on_error: found });
            }}
          />
          <Retries settings={settings} set={set} disabled={readOnly} />
          <NumberField
            label={t("inspector.behaviour.timeout")}
            help={t("inspector.behaviour.timeoutHelp")}
            unit={t("inspector.duration.seconds")}
            value={settings.timeout_s ?? null}
            disabled={readOnly}
            onChange={(seconds) => set({ timeout_s: seconds })}
          />
          <Switch
            label={t("inspector.behaviour.alwaysOutput")}
            help={t("inspector.behaviour.alwaysOutputHelp")}
            checked={settings.always_output ?? false}
            disabled={readOnly}
            onChange={(on) => set({ always_output: on })}
          />
          <Switch
            label={t("inspector.behaviour.executeOnce")}
            help={t("inspector.behaviour.executeOnceHelp")}
            checked={settings.execute_once ?? false}
            disabled={readOnly}
            onChange={(on) => set({ execute_once: on })}
          />
          {spec?.effect !== "pure" && (
            <Select
              label={t("inspector.behaviour.onCrash")}
              help={t("inspector.behaviour.onCrashHelp")}
              value={settings.on_crash ?? "retry"}
              options={ON_CRASH.map((value) => ({ value, label: t(crashKey(value)) }))}
              disabled={readOnly}
              onChange={(value) => {
                const found = ON_CRASH.find((one) => one === value);
                if (found) set({ on_crash: found });
              }}
            />
          )}
        </>
      )}
    </div>
  );
}

/** Null means the default: nothing is stored then. */
function withChange(before: NodeSettings | undefined, change: NodeSettings): NodeSettings {
  const merged = Object.entries({ ...before, ...change });
  return Object.fromEntries(merged.filter(([, value]) => value !== null));
}

type PartProps = {
  readonly settings: NodeSettings;
  readonly set: (change: NodeSettings) => void;
  readonly disabled: boolean;
};

function Retries({ settings, set, disabled }: PartProps) {
  const retry = settings.retry ?? null;
  const isOn = retry !== null && retry.max_attempts > 1;
  const change = (part: Partial<RetrySettings>) =>
    set({ retry: { ...(retry ?? FIRST_RETRIES), ...part } });
  return (
    <div className="flex flex-col gap-3">
      <Switch
        label={t("inspector.behaviour.retry")}
        help={t("inspector.behaviour.retryHelp")}
        checked={isOn}
        disabled={disabled}
        onChange={(on) => set({ retry: on ? FIRST_RETRIES : null })}
      />
      {isOn && (
        <div className="grid grid-cols-2 gap-3 rounded-control border border-line bg-sunken p-3">
          <NumberField
            label={t("inspector.behaviour.attempts")}
            value={retry.max_attempts}
            disabled={disabled}
            onChange={(attempts) =>
              change({ max_attempts: Math.max(1, Math.round(attempts ?? 1)) })
            }
          />
          <NumberField
            label={t("inspector.behaviour.firstPause")}
            unit={t("inspector.duration.seconds")}
            value={retry.initial_s ?? 1}
            disabled={disabled}
            onChange={(seconds) => change({ initial_s: seconds ?? 0 })}
          />
          <NumberField
            label={t("inspector.behaviour.factor")}
            value={retry.factor ?? 2}
            disabled={disabled}
            onChange={(factor) => change({ factor: factor ?? 1 })}
          />
          <NumberField
            label={t("inspector.behaviour.longestPause")}
            unit={t("inspector.duration.seconds")}
            value={retry.max_s ?? 60}
            disabled={disabled}
            onChange={(seconds) => change({ max_s: seconds ?? 0 })}
          />
        </div>
      )}
    </div>
  );
}

type NumberFieldProps = {
  readonly label: string;
  readonly help?: string;
  readonly unit?: string;
  readonly value: number | null;
  readonly disabled: boolean;
  /** Null for an empty field. */
  readonly onChange: (value: number | null) => void;
};

function NumberField({ label, help, unit, value, disabled, onChange }: NumberFieldProps) {
  const draft = useDraft(
    value,
    (one) => (one === null || one === undefined ? "" : String(one)),
    (text) => {
      if (text.trim() === "") return null;
      const number = Number(text);
      return Number.isFinite(number) && number >= 0 ? number : undefined;
    },
    (next) => onChange(typeof next === "number" ? next : null),
  );
  return (
    <Field label={unit ? `${label} (${unit})` : label} help={help}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          value={draft.text}
          disabled={disabled}
          {...(draft.isBroken ? { "aria-invalid": true } : {})}
          onChange={({ target }) => draft.type(target.value)}
        />
      )}
    </Field>
  );
}
