// /app/tables/{id}

import { useParams } from "@tanstack/react-router";
import { TableView } from "@/features/tables";

export function TablePage() {
  const { tableId } = useParams({ from: "/shell/tables/$tableId" });
  return <TableView key={tableId} tableId={tableId} />;
}
