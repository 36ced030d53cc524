// A made-up language for tests: accents show what is not translated, length shows what is clipped.

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ACCENTED = "áƀçđéƒǧħíĵǩłɱñóƥɋřšťúṽŵẋýžÁƁÇĐÉƑǦĦÍĴǨŁṀÑÓƤɊŘŠŤÚṼŴẊÝŽ";
const GROWTH = 0.4;

/** The message with accents and 40 % more length; what stands in braces stays as it is. */
export function pseudo(message: string): string {
  let depth = 0;
  let text = "";
  for (const letter of message) {
    if (letter === "{") depth += 1;
    text += depth === 0 ? accented(letter) : letter;
    if (letter === "}") depth -= 1;
  }
  const length = message.replaceAll(/\{[^{}]*\}/g, "").length;
  // In pieces, as words are.
  const more = "~".repeat(Math.ceil(length * GROWTH)).replaceAll(/~{5}/g, "~~~~~ ");
  return text + more.trimEnd();
}

function accented(letter: string): string {
  const at = LETTERS.indexOf(letter);
  return at < 0 ? letter : ([...ACCENTED][at] ?? letter);
}
