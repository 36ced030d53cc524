// Where triggers answer.

import { say } from "./registry";

export const addresses = say({
  "inspector.addresses": "Address",
  "inspector.addresses.afterPublishing": "After publishing",
  "inspector.addresses.copy": "Copy the address",
  "inspector.addresses.copyEmbed": "Copy the line",
  "inspector.addresses.embed": "Put this line into a page of yours, and a button there opens it:",
  "inspector.addresses.live": "Live",
});
