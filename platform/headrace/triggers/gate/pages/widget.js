// Puts a hosted page into any other one: <script src="https://…/chat/support?widget" async></script>.
// `data-into="#place"` shows it there, at `data-height`; without it a button opens it in a panel.
(() => {
  const script = document.currentScript;
  const page = new URL(script.src);
  const { title, kind, accent, onAccent } = JSON.parse("__FACTS__");
  const { into, height = "36rem", label = title, side = "right" } = script.dataset;

  // Kept by the page that shows it: what is inside has an origin of its own, and no storage.
  const sessionOf = (isFresh) => {
    const name = `headrace ${page.pathname}`;
    const fresh = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");
    try {
      const kept = (!isFresh && localStorage.getItem(name)) || fresh;
      localStorage.setItem(name, kept);
      return kept;
    } catch {
      return fresh;
    }
  };

  const addressOf = (isFresh) => {
    const address = new URL(page.pathname, page);
    address.searchParams.set("embedded", "1");
    if (kind === "chat") address.searchParams.set("session", sessionOf(isFresh));
    return address;
  };

  const newFrame = () => {
    const frame = document.createElement("iframe");
    frame.src = addressOf(false);
    frame.title = title;
    addEventListener("message", ({ source, data }) => {
      if (source === frame.contentWindow && data === "headrace:fresh") frame.src = addressOf(true);
    });
    return frame;
  };

  const newRoot = (parent, style) => {
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    // A sheet that is constructed needs no permission of the page's policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    parent.append(host);
    return root;
  };

  const inPlace = (place) => {
    const root = newRoot(place, FRAME);
    const frame = newFrame();
    frame.style.height = height;
    root.append(frame);
  };

  const floating = () => {
    const root = newRoot(document.body, FRAME + PANEL);
    root.host.style.cssText = `--accent:${accent};--on-accent:${onAccent}`;
    const panel = document.createElement("div");
    panel.id = "panel";
    panel.className = `panel ${side}`;
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", label);
    panel.hidden = true;
    const header = document.createElement("header");
    const name = document.createElement("strong");
    name.textContent = label;
    const close = newButton("close", CROSS, `Close ${label}`);
    const opener = newButton(`open ${side}`, kind === "chat" ? BUBBLE : PEN, label);
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-controls", "panel");
    header.append(name, close);
    panel.append(header);
    root.append(panel, opener);

    const show = (isOpen) => {
      if (isOpen && !panel.querySelector("iframe")) panel.append(newFrame());
      panel.hidden = !isOpen;
      opener.setAttribute("aria-expanded", String(isOpen));
      (isOpen ? panel.querySelector("iframe") : opener).focus();
    };
    opener.addEventListener("click", () => show(panel.hidden));
    close.addEventListener("click", () => show(false));
    root.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
    // The page inside tells of Escape, and that somebody wants to begin anew, and of nothing else.
    addEventListener("message", ({ source, data }) => {
      const inside = panel.querySelector("iframe")?.contentWindow;
      if (!panel.hidden && inside && source === inside && data === "headrace:close") show(false);
    });
  };

  const newButton = (className, drawn, name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = className;
    button.title = name;
    button.setAttribute("aria-label", name);
    const picture = document.createElementNS(SVG, "svg");
    const path = document.createElementNS(SVG, "path");
    picture.setAttribute("viewBox", "0 0 24 24");
    picture.setAttribute("aria-hidden", "true");
    path.setAttribute("d", drawn);
    picture.append(path);
    button.append(picture);
    return button;
  };

  const SVG = "http://www.w3.org/2000/svg";
  const BUBBLE = "M4 5h16v11H9l-5 4z";
  const PEN = "M4 20l1-5L16 4l4 4L9 19z";
  const CROSS = "M6 6l12 12M18 6L6 18";
  const FRAME = "iframe{display:block;width:100%;border:0;border-radius:12px;color-scheme:normal}";
  const PANEL = `
    .panel{position:fixed;bottom:5.5rem;width:24rem;height:min(36rem,calc(100dvh - 7rem));z-index:2147483000;
      display:flex;flex-direction:column;border:1px solid #8a93a3;border-radius:12px;overflow:hidden;
      background:#fff;color:#1b2230;box-shadow:0 12px 40px #0005;font:1rem/1.4 system-ui,sans-serif}
    .panel[hidden]{display:none}
    .right{right:1.25rem}.left{left:1.25rem}
    header{display:flex;align-items:center;justify-content:space-between;gap:.5rem;padding:.25rem .25rem .25rem 1rem;
      background:var(--accent);color:var(--on-accent)}
    strong{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
    iframe{flex:1;min-height:0;border-radius:0}
    button{display:grid;place-items:center;border:0;border-radius:50%;cursor:pointer}
    svg{width:1.6rem;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
    .open{position:fixed;bottom:1.25rem;z-index:2147483000;width:3.5rem;height:3.5rem;
      background:var(--accent);color:var(--on-accent);box-shadow:0 4px 16px #0004}
    .open:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
    .close{flex:none;width:2.75rem;height:2.75rem;background:#0000;color:inherit}
    .close:focus-visible{outline:3px solid currentColor;outline-offset:-5px}
    @media (prefers-color-scheme:dark){.panel{background:#1b2029;color:#e8ebf1}}
    @media (max-width:30rem){.panel{inset:0;width:auto;height:auto;border:0;border-radius:0}
      .panel:not([hidden])+.open{display:none}}
    @media (forced-colors:active){button{border:2px solid ButtonText}}`;

  const begin = () => {
    const place = into && document.querySelector(into);
    if (place) inPlace(place);
    else floating();
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
