// Sends a message without leaving the page, and shows the answer as it comes.
(() => {
  const form = document.getElementById("write");
  const box = document.getElementById("message");
  const log = document.getElementById("log");
  const button = form.querySelector("button");

  const show = (text, isMine) => {
    const bubble = document.createElement("div");
    bubble.className = isMine ? "said mine" : "said";
    bubble.textContent = text;
    log.append(bubble);
    bubble.scrollIntoView({ block: "nearest" });
    return bubble;
  };

  const newKey = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16)).join("");

  // "late" means that the run goes on: the same key asks again and starts nothing.
  const ask = async (body, bubble) => {
    const answer = await fetch(location.href, {
      method: "POST",
      body,
      headers: { Accept: "text/event-stream" },
    });
    if (!answer.ok || !answer.body) throw new Error(`${answer.status}`);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
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
        if (kind === "text" || kind === "reply") bubble.textContent = JSON.parse(data);
      }
    }
  };

  const send = async () => {
    const given = new FormData(form);
    const body = form.elements.file ? given : new URLSearchParams(given);
    show(box.value, true);
    const bubble = show("…", false);
    box.value = "";
    button.disabled = true;
    try {
      while ((await ask(body, bubble)) === "late") await new Promise((go) => setTimeout(go, 2000));
      form.elements._key.value = newKey();
      if (form.elements.file) form.elements.file.value = "";
    } catch {
      bubble.textContent = "This could not be sent. Try again.";
      box.value = body.get("message");
    }
    button.disabled = false;
    box.focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (box.value.trim() && !button.disabled) send();
  });
  // Tells the page that shows this one in a panel, whoever that is: it says nothing else.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && parent !== window) parent.postMessage("headrace:close", "*");
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
})();
