// The page of the signed-in person.

export { AccountView } from "./account-view";
