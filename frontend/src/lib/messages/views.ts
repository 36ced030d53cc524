// English messages of saved filters.

import { say } from "./registry";

export const views = say({
  "views.title": "Views",
  "views.empty": "Narrow the list, then keep its filters here under a name.",
  "views.forget": "Forget the view {name}",
  "views.name": "Keep these filters as",
  "views.save": "Keep",
});
