// English messages about the card of an approval while it is designed.

import { say } from "./registry";

export const cards = say({
  "inspector.card": "The card, as on a phone",
  "inspector.card.fault": "{field}: {message}",
  "inspector.card.noData": "Without data of a run: what expressions read is empty.",
  "inspector.card.untitled": "Without a title",
  "inspector.card.withData": "With item {number} of the last run.",
});
