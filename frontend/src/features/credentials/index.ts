// Credentials: the page, and the dialog that makes one from anywhere.

export { CredentialDialog } from "./credential-dialog";
export { CredentialsView } from "./credentials-view";
export { OAuthReturn } from "./oauth-return";
