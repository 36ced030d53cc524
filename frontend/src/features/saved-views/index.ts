// Saved filters of lists. The only door into this feature.

export { SavedViews } from "./saved-views";
