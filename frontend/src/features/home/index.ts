// The home page.

import "@/lib/messages/home";
import "@/lib/messages/pages";

export { HomeView } from "./home-view";
