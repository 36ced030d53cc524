// Sends a file as soon as it is chosen, and says how far it is. Without this it comes with the page.
(() => {
  const form = document.querySelector("form");
  const sending = new Set();
  let pressed = null;

  const newElement = (tag, text) =>
    Object.assign(document.createElement(tag), { textContent: text });

  const fieldOf = (input) => {
    const { name } = input;
    const state = newElement("p", "");
    state.className = "attached";
    state.setAttribute("role", "status");
    input.after(state);
    const error = document.getElementById(`${name}-error`);
    const sealed = Object.assign(document.createElement("input"), { type: "hidden", name });
    return { input, name, state, error, sealed, request: null };
  };

  const say = ({ input, error }, wrong) => {
    error.textContent = wrong;
    if (wrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  };

  /** Nothing is chosen: the input has its name again, for a file that comes with the page. */
  const forget = (field) => {
    field.request?.abort();
    field.sealed.remove();
    field.input.name = field.name;
    field.state.replaceChildren();
    sending.delete(field);
  };

  const newButton = (text, onPress) => {
    const button = newElement("button", text);
    button.type = "button";
    button.addEventListener("click", onPress);
    return button;
  };

  const clear = (field) => {
    forget(field);
    field.input.value = "";
    field.input.focus();
  };

  const showProgress = (field, file) => {
    const bar = newElement("progress", "");
    bar.max = 1;
    bar.setAttribute("aria-label", `Sending ${file.name}`);
    const share = newElement("span", "");
    field.state.replaceChildren(
      bar,
      share,
      newButton("Cancel", () => clear(field)),
    );
    return (done) => {
      bar.value = done;
      share.textContent = `${Math.round(done * 100)} %`;
    };
  };

  const attached = (field, { sealed, name }) => {
    field.sealed.value = sealed;
    field.input.after(field.sealed);
    field.input.removeAttribute("name");
    const remove = newButton("Remove", () => clear(field));
    field.state.replaceChildren(newElement("span", `Attached: ${name}`), remove);
  };

  const ended = (field) => {
    sending.delete(field);
    if (sending.size > 0 || !pressed) return;
    const button = pressed;
    pressed = null;
    button.removeAttribute("aria-disabled");
    const wrong = form.querySelector("input[type=file][aria-invalid]");
    if (wrong) wrong.focus();
    else form.requestSubmit(button);
  };

  const answered = (field) => {
    const { status, responseText } = field.request;
    field.request = null;
    const answer =
      status === 200 || status === 422 || status === 403 ? JSON.parse(responseText) : {};
    if (answer.sealed) attached(field, answer);
    else {
      forget(field);
      // Anything else, such as too many at once: the file comes with the page, which says why not.
      if (answer.error) {
        field.input.value = "";
        say(field, answer.error);
      }
    }
    ended(field);
  };

  const send = (field, file) => {
    const body = new FormData();
    body.set("_state", form.elements._state.value);
    body.set(field.name, file);
    const request = new XMLHttpRequest();
    field.request = request;
    sending.add(field);
    const show = showProgress(field, file);
    show(0);
    request.upload.addEventListener("progress", ({ loaded, total }) => show(loaded / total));
    request.addEventListener("load", () => answered(field));
    request.addEventListener("error", () => {
      field.request = null;
      forget(field);
      ended(field);
    });
    // The address may hold what lets this visitor in.
    const address = new URL(location.href);
    address.searchParams.set("upload", field.name);
    address.hash = "";
    request.open("POST", address);
    request.send(body);
  };

  const choose = (field) => {
    const [file] = field.input.files;
    forget(field);
    say(field, "");
    if (!file) return;
    const most = Number(field.input.dataset.mostBytes);
    if (file.size <= most) return send(field, file);
    field.input.value = "";
    say(field, `The file may have at most ${Math.round(most / 1e4) / 100} MB.`);
  };

  for (const input of form.querySelectorAll("input[type=file]")) {
    const field = fieldOf(input);
    input.addEventListener("change", () => choose(field));
  }

  form.addEventListener("submit", (event) => {
    if (sending.size === 0 || event.submitter?.value === "back") return;
    event.preventDefault();
    pressed = event.submitter;
    pressed.setAttribute("aria-disabled", "true");
  });
})();
