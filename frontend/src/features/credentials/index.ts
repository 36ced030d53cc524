// Credentials: the pages, and the dialog that makes one from anywhere.

import { lazy } from "react";

export { CredentialDialog } from "./credential-dialog";
export { CredentialPicker } from "./credential-picker";

// The editor loads this module for the dialog; the pages would be dead weight there.
export const CredentialsView = lazy(async () => ({
  default: (await import("./credentials-view")).CredentialsView,
}));

export const OAuthReturn = lazy(async () => ({
  default: (await import("./oauth-return")).OAuthReturn,
}));
