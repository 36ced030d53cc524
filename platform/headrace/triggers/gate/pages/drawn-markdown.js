// Draws what `blocksOf` and `inlineOf` read, as elements: no text of anybody ever becomes markup.
const newElement = (tag, ...inside) => {
  const element = document.createElement(tag);
  element.append(...inside);
  return element;
};

const TAGS = { strong: "strong", emphasis: "em", code: "code" };

const drawnInline = (text) =>
  inlineOf(text).map((part) => {
    if (part.kind === "text") return part.text;
    if (part.kind !== "link") return newElement(TAGS[part.kind], part.text);
    const link = newElement("a", part.text);
    link.href = part.href;
    link.target = "_blank";
    link.rel = "noopener noreferrer nofollow";
    return link;
  });

const drawnRow = (tag) => (cells) =>
  newElement("tr", ...cells.map((cell) => newElement(tag, ...drawnInline(cell))));

const drawnTable = ([head = [], ...rows]) => {
  const table = newElement(
    "table",
    newElement("thead", drawnRow("th")(head)),
    newElement("tbody", ...rows.map(drawnRow("td"))),
  );
  const scrolled = newElement("div", table);
  scrolled.className = "wide";
  return scrolled;
};

const drawnBlock = (block) => {
  if (block.kind === "table") return drawnTable(block.rows);
  if (block.kind === "code") return newElement("pre", newElement("code", block.text));
  if (block.kind === "heading")
    return newElement("p", newElement("strong", ...drawnInline(block.text)));
  if (block.kind === "paragraph") return newElement("p", ...drawnInline(block.text));
  const items = block.items.map((item) => newElement("li", ...drawnInline(item)));
  return newElement(block.isOrdered ? "ol" : "ul", ...items);
};

const drawMarkdown = (element, text) => element.replaceChildren(...blocksOf(text).map(drawnBlock));
