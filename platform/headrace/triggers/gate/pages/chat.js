// Sends a message without leaving the page, and shows the answer as it comes.
(() => {
  const form = document.getElementById("write");
  const box = document.getElementById("message");
  const log = document.getElementById("log");
  const button = form.querySelector("button[type=submit]");
  const picker = form.elements.file;
  const chosen = document.getElementById("chosen");
  const note = document.getElementById("note");
  const { mostFiles, mostBytes } = form.dataset;
  const isFramed = parent !== window;

  const WHY = {
    403: "This page was open for too long. Load it again to go on.",
    413: "That is too large to be sent.",
    429: "That were many messages at once. Wait a moment.",
  };

  // What came with the page is plain text for those without scripts.
  for (const said of log.querySelectorAll("[data-markdown]")) drawMarkdown(said, said.textContent);
  log.scrollTop = log.scrollHeight;

  // Whoever reads further up is not torn away from it.
  const following = (change) => {
    const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    change();
    if (isAtEnd) log.scrollTop = log.scrollHeight;
  };

  const newBubble = (isMine) => {
    const bubble = newElement("div");
    bubble.className = isMine ? "said mine" : "said";
    return bubble;
  };

  const showMine = (text, files) => {
    const bubble = newBubble(true);
    bubble.append(newElement("div", text));
    for (const { name } of files) {
      const file = newElement("p", name);
      file.className = "file";
      bubble.append(file);
    }
    log.append(bubble);
    log.scrollTop = log.scrollHeight;
    return bubble;
  };

  /** An answer that grows. Readers are told of it when it is whole. */
  const newAnswer = () => {
    const bubble = newBubble(false);
    const [calls, text, sources] = ["ul", "div", "div"].map((tag) => newElement(tag));
    calls.className = "calls";
    text.className = "coming";
    text.append("…");
    bubble.setAttribute("aria-busy", "true");
    bubble.append(calls, text, sources);
    log.append(bubble);
    log.scrollTop = log.scrollHeight;
    const rows = new Map();
    return {
      bubble,
      text: (words) => drawMarkdown(text, words),
      reply: (words) => {
        if (words === "" && sources.childElementCount === 0) text.textContent = "Done.";
        else drawMarkdown(text, words);
        calls.remove();
      },
      call: ({ call, name, status }) => {
        const row = rows.get(call) ?? newElement("li");
        rows.set(call, row);
        row.className = status;
        row.textContent = `${name}: ${CALLS[status] ?? status}`;
        calls.append(row);
      },
      sources: (found) => sources.replaceChildren(drawnSources(found)),
      end: () => {
        text.className = "";
        bubble.removeAttribute("aria-busy");
      },
    };
  };

  const CALLS = {
    running: "at work…",
    completed: "done",
    failed: "did not work",
    waiting: "waits for a person",
  };

  const drawnSources = (found) => {
    const list = newElement("ol");
    for (const { title, text, url } of found) {
      const name = newElement(url ? "a" : "strong", title);
      if (url) Object.assign(name, { href: url, target: "_blank", rel: "noopener noreferrer" });
      list.append(newElement("li", name, text ? newElement("p", text) : ""));
    }
    const folded = newElement("details", newElement("summary", `Sources (${found.length})`), list);
    folded.className = "sources";
    return folded;
  };

  const newKey = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16)).join("");

  // "late" means that the run goes on: the same key asks again and starts nothing.
  const ask = async (body, answer) => {
    const sent = await fetch(location.href, {
      method: "POST",
      body,
      headers: { Accept: "text/event-stream" },
    });
    if (!sent.ok || !sent.body) throw new Error(WHY[sent.status]);
    const reader = sent.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    let last = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return last;
      const events = (rest + value).split("\n\n");
      rest = events.pop();
      for (const event of events) {
        const [, kind, data] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
        if (kind) last = kind;
        if (kind in answer) following(() => answer[kind](JSON.parse(data)));
      }
    }
  };

  const send = async (body) => {
    button.disabled = true;
    const answer = newAnswer();
    try {
      let last = "late";
      while (last === "late") {
        last = await ask(body, answer);
        if (last === "late") await new Promise((go) => setTimeout(go, 2000));
      }
      if (last !== "reply") throw new Error();
      answer.end();
    } catch (error) {
      failed(answer.bubble, body, whyNot(error));
    }
    button.disabled = false;
    box.focus();
  };

  const whyNot = ({ name, message }) =>
    (name === "Error" && message) || "This could not be sent. Your message is kept here.";

  // The same key again: what did arrive is answered, and not done a second time.
  const failed = (bubble, body, why) => {
    const again = newElement("button", "Try again");
    again.type = "button";
    again.className = "second";
    bubble.removeAttribute("aria-busy");
    bubble.className = "said failed";
    bubble.replaceChildren(newElement("p", why), again);
    again.addEventListener("click", () => {
      bubble.remove();
      void send(body);
    });
  };

  const begin = () => {
    const given = new FormData(form);
    const files = picker ? [...picker.files] : [];
    given.delete("file");
    files.forEach((file, at) => given.set(at === 0 ? "file" : `file_${at + 1}`, file));
    showMine(box.value, files);
    form.elements._key.value = newKey();
    box.value = "";
    grow();
    if (picker) choose([]);
    void send(files.length > 0 ? given : new URLSearchParams(given));
  };

  const choose = (files) => {
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const wrong =
      (files.length > mostFiles && `At most ${mostFiles} files with one message.`) ||
      (size > mostBytes && "Those files are too large together.");
    note.textContent = wrong || "";
    const kept = new DataTransfer();
    for (const file of wrong ? [] : files) kept.items.add(file);
    picker.files = kept.files;
    chosen.replaceChildren(...[...picker.files].map(newChip));
  };

  const newChip = (file) => {
    const remove = newElement("button", "×");
    remove.type = "button";
    remove.setAttribute("aria-label", `Remove ${file.name}`);
    remove.addEventListener("click", () => {
      choose([...picker.files].filter((one) => one !== file));
      picker.focus();
    });
    return newElement("li", newElement("span", file.name), remove);
  };

  const grow = () => {
    box.rows = Math.min(6, Math.max(1, box.value.split("\n").length));
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (box.value.trim() && !button.disabled) begin();
  });
  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  if (picker) {
    picker.addEventListener("change", () => choose([...picker.files]));
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length > 0)
        choose([...picker.files, ...event.dataTransfer.files]);
    });
    box.addEventListener("paste", ({ clipboardData }) => {
      if (clipboardData.files.length > 0) choose([...picker.files, ...clipboardData.files]);
    });
  }
  // Tells the page that shows this one in a panel, whoever that is, of these two wishes only.
  const tell = (wish) => parent.postMessage(`headrace:${wish}`, "*");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isFramed) tell("close");
  });
  document.getElementById("fresh").addEventListener("click", (event) => {
    if (!isFramed) return;
    event.preventDefault();
    tell("fresh");
  });
})();
