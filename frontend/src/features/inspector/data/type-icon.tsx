// A small drawing for the type of a value.

import {
  Braces,
  Brackets,
  Calendar,
  CircleSlash,
  File,
  Hash,
  type LucideIcon,
  ToggleLeft,
  Type,
} from "lucide-react";
import { type MessageKey, t } from "@/lib/i18n";
import { Icon } from "@/ui/icon";
import type { DataType } from "../model/data-tree";

const DRAWINGS: Readonly<Record<DataType, LucideIcon>> = {
  text: Type,
  number: Hash,
  boolean: ToggleLeft,
  date: Calendar,
  list: Brackets,
  object: Braces,
  null: CircleSlash,
  file: File,
};

const nameKey = (type: DataType): MessageKey => `inspector.type.${type}`;

export function TypeIcon({ type }: { readonly type: DataType }) {
  return (
    <Icon icon={DRAWINGS[type]} size={13} label={t(nameKey(type))} className="text-fg-subtle" />
  );
}
