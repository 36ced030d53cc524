// The gallery of templates, and the page on which one is set up.

export { TemplateView } from "./template-view";
export { type TemplatesSearch, TemplatesView } from "./templates-view";
