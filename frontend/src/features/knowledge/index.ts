// Knowledge: collections with their documents and a search, memories, labelled examples.

export { CollectionView } from "./collection-view";
export { CollectionsView } from "./collections-view";
export { LabelsView } from "./labels-view";
export { MemoriesView } from "./memories-view";
