// The useful part of Markdown as React elements: text only ever becomes text, nothing is parsed as HTML.

import { Fragment, type ReactNode } from "react";
import { type Block, blocksOf, type Inline, inlineOf } from "@/lib/markdown";

type Props = { readonly text: string };

export function Markdown({ text }: Props) {
  return (
    <div className="flex flex-col gap-2.5 wrap-anywhere [&_li]:ms-4">
      {blocksOf(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a text have no identity.
        <BlockElement key={index} block={block} />
      ))}
    </div>
  );
}

function BlockElement({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case "heading":
      return <p className="pt-1 text-md font-semibold">{inline(block.text)}</p>;
    case "paragraph":
      return <p>{inline(block.text)}</p>;
    case "code":
      return (
        <pre className="overflow-x-auto rounded-control border border-line bg-sunken p-2.5 font-code text-xs">
          {block.text}
        </pre>
      );
    case "list":
      return block.isOrdered ? (
        <ol className="list-decimal">{items(block.items)}</ol>
      ) : (
        <ul className="list-disc">{items(block.items)}</ul>
      );
    case "table":
      return <TableElement rows={block.rows} />;
  }
}

function items(texts: readonly string[]): ReactNode {
  return texts.map((text, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: items of a text have no identity.
    <li key={index}>{inline(text)}</li>
  ));
}

function TableElement({
  rows: [head = [], ...body],
}: {
  readonly rows: readonly (readonly string[])[];
}) {
  return (
    <div className="overflow-x-auto">
      <table className="text-xs">
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} className="border-b border-line-strong px-2 py-1 text-start">
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a text have no identity.
            <tr key={index}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells of a text have no identity.
                <td key={column} className="border-b border-line px-2 py-1 align-top">
                  {inline(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(text: string): ReactNode {
  return inlineOf(text).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity.
    <Fragment key={index}>{partOf(part)}</Fragment>
  ));
}

function partOf(part: Inline): ReactNode {
  switch (part.kind) {
    case "text":
      return part.text;
    case "strong":
      return <strong className="font-semibold">{part.text}</strong>;
    case "emphasis":
      return <em>{part.text}</em>;
    case "code":
      return <code className="rounded-sm bg-hover px-1 font-code text-[0.92em]">{part.text}</code>;
    case "link":
      return (
        <a
          href={part.href}
          target="_blank"
          rel="noreferrer noopener"
          className="nodrag text-accent underline underline-offset-2"
        >
          {part.text}
        </a>
      );
  }
}
