// Choices that the server or the machine knows: time zones, workflows, files, options of a node.

import { useInfiniteQuery } from "@tanstack/react-query";
import { useId } from "react";
import { workflowsQuery } from "@/api/queries";
import { t } from "@/lib/i18n";
import { Combobox, type ComboboxOption } from "@/ui/combobox";
import { Input } from "@/ui/input";
import { useInputFiles } from "../data/use-input-files";
import { useForm } from "../form/form-context";
import { textOf } from "../model/json";
import type { ControlProps } from "./control";
import { OptionsFault } from "./options-fault";
import { useOptions } from "./use-options";

const ZONES: readonly ComboboxOption[] = ["UTC", ...Intl.supportedValuesOf("timeZone")]
  .filter((zone, index, zones) => zones.indexOf(zone) === index)
  .map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));

export function TimezoneControl({ field, value, onChange, naming, disabled }: ControlProps) {
  const { timezone } = useForm();
  const ofWorkflow = { value: "", label: t("inspector.timezone.workflow", { zone: timezone }) };
  return (
    <Combobox
      label={field.label}
      naming={naming}
      value={textOf(value)}
      options={[ofWorkflow, ...ZONES]}
      placeholder={ofWorkflow.label}
      disabled={disabled}
      onChange={onChange}
    />
  );
}

export function WorkflowControl({ field, value, onChange, naming, disabled }: ControlProps) {
  const { data, isPending } = useInfiniteQuery(workflowsQuery());
  const rows = data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Combobox
      label={field.label}
      naming={naming}
      value={textOf(value)}
      options={rows.map(({ id, name }) => ({ value: id, label: name }))}
      placeholder={field.hints.placeholder || t("inspector.workflow.choose")}
      isLoading={isPending}
      disabled={disabled}
      onChange={onChange}
    />
  );
}

/** The name of a file on the item; what the input carries is offered. */
export function FileControl({
  field,
  value,
  onChange,
  onTemplate,
  naming,
  disabled,
}: ControlProps) {
  const listId = useId();
  const names = useInputFiles();
  return (
    <>
      <Input
        {...naming}
        list={listId}
        value={textOf(value)}
        disabled={disabled}
        placeholder={field.hints.placeholder || "data"}
        onChange={({ target }) => {
          if (target.value.includes("{{") && field.hints.expression) onTemplate(target.value);
          else onChange(target.value);
        }}
      />
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

/** Options that the node itself lists: models, tables, channels. Others may be typed. */
export function OptionsControl({ field, value, onChange, naming, disabled }: ControlProps) {
  const { options, isLoading, error } = useOptions(field);
  return (
    <>
      <Combobox
        label={field.label}
        naming={naming}
        value={textOf(value)}
        options={options}
        placeholder={field.hints.placeholder || t("inspector.select.choose")}
        isLoading={isLoading}
        disabled={disabled}
        allowsOther
        onChange={onChange}
      />
      <OptionsFault error={error} />
    </>
  );
}
