// The little Markdown of sticky notes as React elements: headings, lists, bold, italics, code, links.
// Text only ever becomes text nodes; nothing is parsed as HTML.

import { Fragment, type ReactNode } from "react";

export function Markdown({ text }: { readonly text: string }) {
  return blocksOf(text).map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a text have no identity of their own.
    <Block key={index} lines={block} />
  ));
}

/** Paragraphs, headings and runs of list lines. */
function blocksOf(text: string): readonly (readonly string[])[] {
  const paragraphs = text.split(/\n\s*\n/).map((part) => part.split("\n").filter(isFilled));
  return paragraphs.flatMap((lines) => lines.reduce(addLine, []));
}

const isFilled = (line: string): boolean => line.trim() !== "";

/** Joins a line to the block before it, where both are of one kind. */
function addLine(
  blocks: readonly (readonly string[])[],
  line: string,
): readonly (readonly string[])[] {
  const last = blocks.at(-1);
  const joins = last && kindOf(line) === kindOf(last[0] ?? "") && kindOf(line) !== "heading";
  return joins ? [...blocks.slice(0, -1), [...last, line]] : [...blocks, [line]];
}

function kindOf(line: string): "heading" | "list" | "text" {
  if (HEADING.test(line)) return "heading";
  return LIST.test(line) ? "list" : "text";
}

const HEADING = /^#{1,3}\s+/;
const LIST = /^\s*[-*]\s+/;

function Block({ lines }: { readonly lines: readonly string[] }) {
  const [first = ""] = lines;
  if (kindOf(first) === "heading") {
    return <p className="font-semibold">{inline(first.replace(HEADING, ""))}</p>;
  }
  if (kindOf(first) === "text") return <p>{inline(lines.join("\n"))}</p>;
  return (
    <ul className="list-disc ps-4">
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no identity of their own.
        <li key={index}>{inline(line.replace(LIST, ""))}</li>
      ))}
    </ul>
  );
}

const MARKS = /(\*\*[^*]+\*\*|_[^_]+_|\*[^*]+\*|`[^`]+`|\[[^\]]+\]\(https?:\/\/[^\s)]+\))/;

function inline(text: string): ReactNode {
  return text.split(MARKS).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity of their own.
    <Fragment key={index}>{mark(part)}</Fragment>
  ));
}

function mark(part: string): ReactNode {
  if (part.startsWith("**") && part.endsWith("**") && part.length > 4) {
    return <strong>{part.slice(2, -2)}</strong>;
  }
  if (/^([_*]).+\1$/.test(part)) return <em>{part.slice(1, -1)}</em>;
  if (/^`.+`$/.test(part)) return <code className="font-code">{part.slice(1, -1)}</code>;
  const link = /^\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)$/.exec(part);
  if (!link) return part;
  return (
    <a href={link[2]} target="_blank" rel="noreferrer noopener" className="nodrag underline">
      {link[1]}
    </a>
  );
}
