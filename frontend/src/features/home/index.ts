// The home page.

import "@/lib/messages/home";
import "@/lib/messages/pages";
import "@/lib/messages/people";

export { HomeView } from "./home-view";
