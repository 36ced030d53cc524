// The gallery of templates, and the page on which one is set up.

import "@/lib/messages/templates";

export { TemplateView } from "./template-view";
export { type TemplatesSearch, TemplatesView } from "./templates-view";
