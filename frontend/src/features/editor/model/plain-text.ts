// Markdown where there is room for one line only.

/** Its first line without its marks. */
export function firstLine(markdown: string): string {
  const [line = ""] = markdown.trim().split("\n");
  return line.replace(/[*_`#>]/g, "").trim();
}
