// The providers that everything stands in, and the router inside.

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { SessionExpiredDialog } from "@/features/auth";
import { listenForKeys } from "@/lib/keyboard";
import { Toaster } from "@/ui/toast";
import { TooltipProvider } from "@/ui/tooltip";
import { createQueryClient } from "./query-client";
import { createAppRouter } from "./router";

const queryClient = createQueryClient();
const router = createAppRouter(queryClient);

export function App() {
  useEffect(listenForKeys, []);
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <RouterProvider router={router} />
        <SessionExpiredDialog />
        <Toaster />
      </TooltipProvider>
    </QueryClientProvider>
  );
}
