// Small behaviours. Every page works without them; none sends anything anywhere.

const all = (what, root = document) => [...root.querySelectorAll(what)];

// Leave this page: the link, or Shift three times within five seconds.
const leave = document.querySelector("[data-leave]");
if (leave) {
  let presses = [];
  const said = document.createElement("div");
  said.className = "unseen";
  said.setAttribute("role", "status");
  document.body.append(said);

  const go = () => {
    document.documentElement.hidden = true; // blank at once, before anything loads
    document.title = "";
    location.replace(leave.href); // "back" does not lead here again
  };
  leave.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });
  let alone = false;
  addEventListener("keydown", (event) => (alone = event.key === "Shift"));
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    const now = performance.now();
    presses = [...presses.filter((at) => now - at < 5000), now];
    const left = 3 - presses.length;
    said.textContent = left > 0 && left < 3 ? leave.dataset.leave.replace("{}", left) : "";
    if (left <= 0) go();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.documentElement.hidden = false;
  });
}

// The summary of errors takes the focus, and its links lead into the field.
const summary = document.querySelector("[data-errors]");
if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const id = event.target.closest("a")?.hash.slice(1);
    const field = id && document.getElementById(id);
    if (!field) return;
    event.preventDefault();
    (field.closest(".field") ?? field).scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
  });
}

// How many letters are left.
for (const box of all("[data-count]")) {
  const limit = Number(box.dataset.count);
  const shown = document.getElementById(`${box.id}_count`);
  if (!shown) continue;
  const plain = shown.textContent;
  const said = (left) => shown.dataset[left < 0 ? "over" : "left"].replace("{}", Math.abs(left));
  const tell = () => {
    const left = limit - box.value.length;
    shown.classList.toggle("count-over", left < 0);
    shown.textContent = left > limit / 4 ? plain : said(left);
  };
  box.addEventListener("input", tell);
  shown.setAttribute("aria-live", "polite");
  if (box.value) tell();
}

// Copy what stands in the named element.
for (const button of all("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.querySelector(button.dataset.copy);
    const words = source.value ?? source.textContent;
    try {
      await navigator.clipboard.writeText(words.trim());
      button.textContent = button.dataset.copied ?? "Copied";
    } catch {
      getSelection().selectAllChildren(source);
      button.textContent = button.dataset.selected ?? "Marked. Now copy it.";
    }
  });
}

// A form is sent once, however often the button is pressed.
addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.dataset.many !== undefined) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(() => {
    delete form.dataset.sent;
    event.submitter?.removeAttribute("aria-disabled");
  }, 8000);
});
addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Escape, or a click elsewhere, closes the menu.
const menu = document.querySelector("[data-menu]");
if (menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

// One box ticks all, Shift ticks a stretch, and a sentence says how many.
for (const every of all("[data-select-all]")) {
  const rows = document.querySelector(every.dataset.selectAll) ?? document;
  const boxes = () => all("input[type=checkbox]", rows).filter((box) => box !== every);
  const said = document.querySelector("[data-selected]");
  let last = null;
  const tell = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    every.checked = ticked > 0 && ticked === boxes().length;
    every.indeterminate = ticked > 0 && !every.checked;
    if (said) said.textContent = (said.dataset.selected || "{} ticked").replace("{}", ticked);
  };
  every.addEventListener("change", () => {
    boxes().forEach((box) => (box.checked = every.checked));
    tell();
  });
  rows.addEventListener("click", (event) => {
    const here = boxes().indexOf(event.target);
    if (here < 0) return;
    if (event.shiftKey && last !== null) {
      const [from, to] = [last, here].sort((a, b) => a - b);
      boxes().slice(from, to + 1).forEach((box) => (box.checked = event.target.checked));
    }
    last = here;
    tell();
  });
  rows.addEventListener("change", tell);
  tell();
}

// Keys for long lists: j and k move, x ticks. They work only while the focus is in the list.
for (const list of all("[data-rows]")) {
  const rows = () => all("[data-row]", list);
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("textarea, select, input:not([type=checkbox])")) return;
    const here = rows().indexOf(event.target.closest("[data-row]"));
    const step = { j: 1, k: -1 }[event.key];
    if (step) {
      const next = rows()[Math.max(0, here + step)];
      const target = next?.querySelector("input[type=checkbox], a, button") ?? next;
      target?.focus();
      event.preventDefault();
    } else if (event.key === "x" && here >= 0) {
      rows()[here].querySelector("input[type=checkbox]")?.click();
      event.preventDefault();
    }
  });
}

// htmx notes the address of each page in the browser; nothing of a visit is to stay there.
addEventListener("load", () => sessionStorage.clear());
