// Publishing: what is wrong, what will be switched on, at which address, and a note for the history.

import "@/lib/messages/dialogs";
import { Check, CircleAlert, ExternalLink, Zap } from "lucide-react";
import { useState } from "react";
import { messageOf } from "@/api/problem";
import type { Workflow } from "@/api/types";
import { TestsBadge } from "@/features/workflow-tests";
import { t } from "@/lib/i18n";
import { Button, buttonClass } from "@/ui/button";
import { CopyButton } from "@/ui/copy-button";
import { Dialog } from "@/ui/dialog";
import { Icon } from "@/ui/icon";
import { TextField } from "@/ui/text-field";
import { countOf, fieldOf } from "../model/problems";
import { activationOf, type WebhookAddress } from "../model/publishing";
import { inspect } from "../operations";
import { useDocument, useDocumentState, useEditor } from "../store";
import { usePublishing } from "../use-publishing";
import { ProblemList } from "./problems-dialog";
import { PublishChanges } from "./publish-changes";

type Props = { readonly workflow: Workflow; readonly onClose: () => void };

export function PublishDialog({ workflow, onClose }: Props) {
  const editor = useEditor();
  const [note, setNote] = useState("");
  const errors = useDocumentState((state) => countOf(state.problems, "error"));
  const problems = useDocumentState((state) => state.problems.length);
  const { publish } = usePublishing(workflow);
  const published = publish.data;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={
        published
          ? t("editor.publish.done", { version: published.published_version ?? 1 })
          : t("editor.publish.title")
      }
      description={published ? t("editor.publish.doneHint") : t("editor.publish.hint")}
      width="large"
      footer={
        published ? (
          <Button variant="primary" onClick={onClose}>
            {t("editor.publish.finish")}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button
              variant="primary"
              disabled={errors > 0}
              busy={publish.isPending}
              onClick={() => publish.mutate(note)}
            >
              {t("editor.publish")}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-5">
        {publish.isError && (
          <p
            role="alert"
            className="flex items-start gap-2 rounded-control bg-error-soft p-3 text-error"
          >
            <Icon icon={CircleAlert} className="mt-px" />
            {messageOf(publish.error)}
          </p>
        )}
        {problems > 0 && !published && (
          <section>
            <h3 className="mb-1 text-base font-medium">
              {errors > 0 ? t("editor.publish.blocked", { count: errors }) : t("editor.problems")}
            </h3>
            <ProblemList
              onJump={(problem) => {
                onClose();
                if (problem.node !== null) inspect(editor, problem.node, fieldOf(problem));
              }}
            />
          </section>
        )}
        {!published && workflow.published_version !== null && (
          <PublishChanges workflow={workflow} version={workflow.published_version} />
        )}
        {!published && <TestsBadge workflowId={workflow.id} isLong />}
        {!published && (
          <TextField
            label={t("editor.publish.note")}
            optional
            value={note}
            maxLength={500}
            placeholder={t("editor.publish.notePlaceholder")}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
        <WhatStarts isPublished={published !== undefined} />
      </div>
    </Dialog>
  );
}

function WhatStarts({ isPublished }: { readonly isPublished: boolean }) {
  const { catalog, workflowId } = useEditor();
  const document = useDocument((whole) => whole);
  const { triggers, webhooks } = activationOf(document, catalog.byType, {
    origin: location.origin,
    workflowId,
  });
  return (
    <section className="flex flex-col gap-3">
      <h3 className="text-base font-medium">{t("editor.publish.active")}</h3>
      {triggers.length === 0 && <p className="text-fg-muted">{t("editor.publish.noTrigger")}</p>}
      <ul className="flex flex-col gap-2">
        {triggers.map((node) => (
          <li key={node.id} className="flex items-center gap-2">
            <Icon
              icon={isPublished ? Check : Zap}
              className={isPublished ? "text-success" : "text-fg-subtle"}
            />
            <span className="font-medium">{node.name}</span>
            <span className="text-fg-muted">{catalog.byType(node.type)?.title}</span>
          </li>
        ))}
      </ul>
      {webhooks.map((webhook) => (
        <Address key={webhook.node.id} webhook={webhook} isPublished={isPublished} />
      ))}
    </section>
  );
}

type AddressProps = { readonly webhook: WebhookAddress; readonly isPublished: boolean };

function Address({ webhook: { methods, url, curl }, isPublished }: AddressProps) {
  return (
    <div className="flex flex-col gap-2 rounded-control border border-line bg-sunken p-3">
      <div className="flex items-center gap-2">
        {methods.length > 0 && (
          <span className="text-xs font-medium text-fg-muted">{methods.join(" · ")}</span>
        )}
        <code className="min-w-0 flex-1 font-code text-xs wrap-anywhere">{url}</code>
        <CopyButton text={url} label={t("editor.publish.copyUrl")} iconOnly />
      </div>
      {curl === null && isPublished && (
        <a href={url} target="_blank" rel="noreferrer" className={`${buttonClass()} self-start`}>
          <Icon icon={ExternalLink} />
          {t("editor.publish.open")}
        </a>
      )}
      {curl !== null && (
        <div className="flex items-start gap-2 border-t border-line pt-2">
          <pre className="min-w-0 flex-1 overflow-x-auto font-code text-xs whitespace-pre-wrap text-fg-muted">
            {curl}
          </pre>
          <CopyButton text={curl} label={t("editor.publish.copyCurl")} iconOnly />
        </div>
      )}
    </div>
  );
}
