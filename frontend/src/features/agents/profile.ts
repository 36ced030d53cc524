// What a form says of an agent: texts as people type them, and what the server takes.

import type { Agent, AgentValues } from "@/api/types";
import { toDollars, toMicro } from "@/lib/money";

export type Typed = {
  readonly name: string;
  readonly layer: string;
  readonly description: string;
  /** With commas between. */
  readonly skills: string;
  readonly atOnce: string;
  readonly runLimit: string;
  readonly dayLimit: string;
};

export const EMPTY: Typed = {
  name: "",
  layer: "",
  description: "",
  skills: "",
  atOnce: "",
  runLimit: "",
  dayLimit: "",
};

export function typedOf(agent: Agent): Typed {
  const dollars = (micro: number | null) => (micro === null ? "" : toDollars(micro));
  return {
    name: agent.name,
    layer: agent.layer,
    description: agent.description,
    skills: agent.skills.join(", "),
    atOnce: agent.max_concurrent === null ? "" : String(agent.max_concurrent),
    runLimit: dollars(agent.max_cost_run_micro),
    dayLimit: dollars(agent.max_cost_day_micro),
  };
}

export function profileOf(typed: Typed): AgentValues {
  return {
    name: typed.name,
    layer: typed.layer,
    description: typed.description,
    skills: typed.skills
      .split(",")
      .map((skill) => skill.trim())
      .filter(Boolean),
    max_concurrent: typed.atOnce.trim() === "" ? null : Number(typed.atOnce),
    max_cost_run_micro: toMicro(typed.runLimit),
    max_cost_day_micro: toMicro(typed.dayLimit),
  };
}

/** True where the agent mentions the text, as the server's own search has it. */
export function mentions(agent: Agent, text: string): boolean {
  const said = [agent.name, agent.layer, agent.description, ...agent.skills].join(" ");
  return said.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());
}
