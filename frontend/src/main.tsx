// Starts the app on the page that the server drew around it.

import "./styles/fonts.css";
import "./styles/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/app";
import { reloadOnStaleChunk } from "@/app/stale-chunk";
import { applyPreferences } from "@/lib/preferences";
import { shareCspNonce } from "@/ui/csp";
import { loadDeferredWhenIdle } from "@/ui/deferred";

shareCspNonce();
applyPreferences();
reloadOnStaleChunk();

const root = document.getElementById("root");
if (!root) throw new Error("The page lacks its #root element.");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
addEventListener("load", loadDeferredWhenIdle, { once: true });
