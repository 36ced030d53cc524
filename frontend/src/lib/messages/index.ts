// Which messages there are. Keys start with the name of their feature.
//
// `common` and `shell` are always there. Every other catalogue is imported by the features that speak
// of it, so that no page loads the words of another; `messages.test.ts` finds the one that was forgotten.

import type { addresses } from "./addresses";
import type { agents } from "./agents";
import type { audit } from "./audit";
import type { cards } from "./cards";
import type { chat } from "./chat";
import type { common } from "./common";
import type { compared } from "./compared";
import type { dialogs } from "./dialogs";
import type { editor } from "./editor";
import type { extract } from "./extract";
import type { files } from "./files";
import type { groups } from "./groups";
import type { history } from "./history";
import type { home } from "./home";
import type { inspector } from "./inspector";
import type { knowledge } from "./knowledge";
import type { loading } from "./loading";
import type { models } from "./models";
import type { noted } from "./noted";
import type { notifications } from "./notifications";
import type { organising } from "./organising";
import type { pages } from "./pages";
import type { palette } from "./palette";
import type { people } from "./people";
import type { plugins } from "./plugins";
import type { polls } from "./polls";
import type { presence } from "./presence";
import type { remembered } from "./remembered";
import type { replays } from "./replays";
import type { runs } from "./runs";
import type { schedules } from "./schedules";
import type { shell } from "./shell";
import type { shortcuts } from "./shortcuts";
import type { tables } from "./tables";
import type { team } from "./team";
import type { templates } from "./templates";
import type { upgrades } from "./upgrades";
import type { variables } from "./variables";
import type { views } from "./views";
import "./common";
import "./shell";

export { isLoaded, textOf } from "./registry";

export type MessageKey = keyof (typeof addresses &
  typeof agents &
  typeof audit &
  typeof cards &
  typeof chat &
  typeof common &
  typeof compared &
  typeof editor &
  typeof dialogs &
  typeof remembered &
  typeof replays &
  typeof extract &
  typeof files &
  typeof groups &
  typeof history &
  typeof home &
  typeof inspector &
  typeof knowledge &
  typeof loading &
  typeof models &
  typeof noted &
  typeof notifications &
  typeof organising &
  typeof pages &
  typeof palette &
  typeof people &
  typeof plugins &
  typeof polls &
  typeof presence &
  typeof runs &
  typeof schedules &
  typeof shell &
  typeof shortcuts &
  typeof tables &
  typeof team &
  typeof templates &
  typeof upgrades &
  typeof variables &
  typeof views);
