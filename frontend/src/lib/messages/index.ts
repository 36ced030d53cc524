// All messages in one typed catalogue. Keys start with the name of their feature.

import { common } from "./common";
import { editor } from "./editor";
import { inspector } from "./inspector";
import { pages } from "./pages";
import { palette } from "./palette";
import { people } from "./people";
import { runs } from "./runs";
import { shell } from "./shell";
import { team } from "./team";
import { variables } from "./variables";

export const messages = {
  ...common,
  ...shell,
  ...pages,
  ...editor,
  ...palette,
  ...inspector,
  ...runs,
  ...people,
  ...variables,
  ...team,
} as const;
