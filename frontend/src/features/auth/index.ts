// Signing in and out, the session, and what it may do.

export { safeNext } from "./model/next";
export { can, useCan, useSession, type Verb } from "./session";
export { SessionExpiredDialog } from "./session-expired";
export { signOut } from "./sign-in";
export { SignInScreen } from "./sign-in-screen";
