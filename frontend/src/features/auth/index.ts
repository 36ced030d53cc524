// Signing in and out, the session, and what it may do.

export { InvitationScreen } from "./invitation-screen";
export { safeNext } from "./model/next";
export { NewPasswordScreen } from "./new-password-screen";
export { can, useCan, useSession, type Verb } from "./session";
export { SessionExpiredDialog } from "./session-expired";
export { signOut } from "./sign-in";
export { SignInScreen } from "./sign-in-screen";
export { VisitScreen } from "./visit-screen";
