// Tables: the list, and the page of one with its rows.

import "@/lib/messages/tables";

export { TableView } from "./table-view";
export { TablesView } from "./tables-view";
