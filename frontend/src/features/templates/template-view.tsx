// /app/templates/$slug: what a template does, what it looks like, and what it asks.

import "@/lib/messages/templates";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Template } from "@/api/types";
import { Page } from "@/features/shell";
import { t } from "@/lib/i18n";
import { Card } from "@/ui/card";
import { Markdown } from "@/ui/markdown";
import { SetUpForm } from "./set-up-form";
import { Needs } from "./templates-view";

type Props = { readonly template: Template; readonly canvas: ReactNode };

export function TemplateView({ template, canvas }: Props) {
  return (
    <Page
      title={template.title}
      intro={template.summary}
      above={
        <Link to="/templates" search={{}} className="rounded-small text-fg-muted hover:underline">
          {t("templates.title")}
        </Link>
      }
    >
      <section
        aria-label={t("templates.preview")}
        className="relative h-80 overflow-hidden rounded-panel border border-line max-sm:h-56"
      >
        {canvas}
      </section>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] items-start gap-4 max-lg:grid-cols-1">
        <Card title={t("templates.what")}>
          <div className="flex flex-col gap-4 px-4 pt-1 pb-4">
            <Markdown text={template.description} />
            <Needs row={template} />
          </div>
        </Card>
        <SetUpForm template={template} />
      </div>
    </Page>
  );
}
