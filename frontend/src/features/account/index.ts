// The page of the signed-in person.

import "@/lib/messages/pages";
import "@/lib/messages/team";

export { AccountView } from "./account-view";
