// What the node itself lists for a parameter: options to choose from, or rows that belong there.

import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { keys } from "@/api/queries";
import { useForm } from "../form/form-context";
import { useInspected } from "../inspector-context";
import type { Field } from "../model/fields";

export type Option = {
  readonly value: string;
  readonly label: string;
  /** Of a row: what its value is. */
  readonly type?: string;
  readonly required?: boolean;
  readonly help?: string;
};

type Answer = { readonly options: readonly Option[] };

const NONE: readonly Option[] = [];

export function useOptions(field: Field) {
  const { spec, params } = useForm();
  // Which accounts it may ask in the name of.
  const credentials = useInspected().node.credentials ?? {};
  const isAsked = field.hints.optionsFrom !== null;
  // What is being filled in does not change what belongs there.
  const { [field.name]: _, ...others } = params;
  const { data, isPending, error } = useQuery({
    queryKey: [...keys.catalog, "options", spec.type, field.name, others, credentials],
    queryFn: ({ signal }) =>
      api.post<Answer>(
        `nodes/${spec.type}/options/${field.name}/`,
        { params: others, credentials },
        { signal },
      ),
    enabled: isAsked,
    retry: false,
  });
  return { options: data?.options ?? NONE, isLoading: isAsked && isPending, error };
}
