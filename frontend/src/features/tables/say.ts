// The texts of these pages, which no other page loads.

import { speakerOf } from "@/lib/i18n";
import { tables } from "@/lib/messages/tables";

export const say = speakerOf(tables);
export type TablesMessage = keyof typeof tables;
