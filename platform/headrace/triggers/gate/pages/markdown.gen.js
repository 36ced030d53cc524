// Written by `make gen` from frontend/src/lib/markdown.ts. Do not edit.

// Reads the useful part of Markdown: headings, paragraphs, lists, code, tables; bold, italics, links.
const HEADING = /^#{1,6}\s+/;
const BULLET = /^\s*[-*]\s+/;
const NUMBER = /^\s*\d+[.)]\s+/;
const FENCE = /^\s*```/;
const TABLE = /^\s*\|.*\|\s*$/;
const RULER = /^\s*\|[\s:|-]+\|\s*$/;
/** Lines of a paragraph keep their breaks; whether they are seen is a matter of style. */
function blocksOf(text) {
    const lines = text.split("\n");
    const blocks = [];
    let at = 0;
    while (at < lines.length) {
        const kind = kindOf(lines[at] ?? "");
        const end = kind === "blank" || kind === "heading" ? at + 1 : endOf(lines, at, kind);
        if (kind !== "blank")
            blocks.push(build(kind, lines.slice(at, end)));
        at = end;
    }
    return blocks;
}
function kindOf(line) {
    if (line.trim() === "")
        return "blank";
    if (HEADING.test(line))
        return "heading";
    if (FENCE.test(line))
        return "code";
    if (BULLET.test(line))
        return "bullets";
    if (NUMBER.test(line))
        return "numbers";
    return TABLE.test(line) ? "table" : "paragraph";
}
/** The line behind a block: code ends at its fence, lists take indented lines in, others at a change. */
function endOf(lines, start, kind) {
    const rest = lines.slice(start + 1);
    const ends = kind === "code" ? (line) => FENCE.test(line) : endsBlock(kind);
    const length = rest.findIndex(ends);
    if (length < 0)
        return lines.length;
    return start + 1 + length + (kind === "code" ? 1 : 0);
}
function endsBlock(kind) {
    const isList = kind === "bullets" || kind === "numbers";
    return (line) => {
        const next = kindOf(line);
        return next !== kind && !(isList && next === "paragraph" && /^\s/.test(line));
    };
}
function build(kind, lines) {
    switch (kind) {
        case "heading":
            return { kind, text: (lines[0] ?? "").replace(HEADING, "") };
        case "code":
            return {
                kind,
                text: lines.slice(1, FENCE.test(lines.at(-1) ?? "") ? -1 : undefined).join("\n"),
            };
        case "bullets":
            return { kind: "list", isOrdered: false, items: itemsOf(lines, BULLET) };
        case "numbers":
            return { kind: "list", isOrdered: true, items: itemsOf(lines, NUMBER) };
        case "table":
            return { kind, rows: lines.filter((line) => !RULER.test(line)).map(cellsOf) };
        case "paragraph":
            return { kind, text: lines.map((line) => line.trim()).join("\n") };
    }
}
function itemsOf(lines, mark) {
    const items = [];
    for (const line of lines) {
        if (mark.test(line))
            items.push(line.replace(mark, ""));
        else
            items.push(`${items.pop() ?? ""} ${line.trim()}`);
    }
    return items;
}
function cellsOf(line) {
    return line
        .trim()
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll("\\|", "|"));
}
const MARKS = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|(?<![\w])_[^_]+_(?![\w])|\[[^\]]+\]\(https?:\/\/[^\s)]+\))/;
function inlineOf(text) {
    return text
        .split(MARKS)
        .filter((part) => part !== "")
        .map(marked);
}
function marked(part) {
    const inner = part.slice(1, -1);
    if (/^`.+`$/.test(part))
        return { kind: "code", text: inner };
    if (/^\*\*.+\*\*$/.test(part))
        return { kind: "strong", text: inner.slice(1, -1) };
    if (/^(\*[^*]+\*|_[^_]+_)$/.test(part))
        return { kind: "emphasis", text: inner };
    const link = /^\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)$/.exec(part);
    if (link)
        return { kind: "link", text: link[1] ?? "", href: link[2] ?? "" };
    return { kind: "text", text: part };
}
