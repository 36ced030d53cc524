// Tables: the list, and the page of one with its rows.

export { TableView } from "./table-view";
export { TablesView } from "./tables-view";
