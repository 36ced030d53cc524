// The words of one command line, as a POSIX shell would hand them to the program.

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", 0: "\0" };

/** The words, or null where a quote stays open or another command follows. */
export function shellWords(text: string): readonly string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  while (at < text.length) {
    const part = quoted(text, at) ?? plain(text, at);
    if (part === null) return null;
    if (part.text !== null) word = (word ?? "") + part.text;
    else if (word !== null) {
      words.push(word);
      word = null;
    }
    at = part.end;
  }
  return word === null ? words : [...words, word];
}

/** A piece of a word, or the space between two where there is no text. */
type Part = { readonly text: string | null; readonly end: number };

function plain(text: string, at: number): Part | null {
  const sign = text.charAt(at);
  if (/\s/.test(sign)) return { text: null, end: at + 1 };
  if ("|;&<>`\"'".includes(sign)) return null;
  if (sign !== "\\") return { text: sign, end: at + 1 };
  const next = /^\\\r?\n/.exec(text.slice(at, at + 3));
  if (next) return { text: null, end: at + next[0].length };
  return { text: text.charAt(at + 1), end: at + 2 };
}

function quoted(text: string, at: number): Part | null {
  const opening = ["$'", "'", '"'].find((quote) => text.startsWith(quote, at));
  if (opening === undefined) return null;
  const start = at + opening.length;
  const end = closing(text, start, opening);
  if (end < 0) return null;
  const inner = text.slice(start, end);
  if (opening === "'") return { text: inner, end: end + 1 };
  if (opening === '"') return { text: inner.replace(/\\(["\\$`])/g, "$1"), end: end + 1 };
  return { text: inner.replace(/\\(u[\da-f]{4}|x[\da-f]{2}|.)/gi, escaped), end: end + 1 };
}

function closing(text: string, start: number, opening: string): number {
  const quote = opening.slice(-1);
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === quote) return at;
    if (text[at] === "\\" && opening !== "'") at += 1;
  }
  return -1;
}

function escaped(_: string, code: string): string {
  if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  return ESCAPES[code] ?? code;
}
