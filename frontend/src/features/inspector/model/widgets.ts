// The closed list of controls, as the server's SDK has it.

import { WIDGETS, type Widget } from "@/api/widgets.gen";

export { WIDGETS, type Widget };

export function isWidget(name: unknown): name is Widget {
  return (WIDGETS as readonly unknown[]).includes(name);
}
