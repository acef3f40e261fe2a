// One statement after the other without loading the page anew; keys while the statement has focus.
// Without this module the same buttons send the same form.
const region = () => document.getElementById("answer");

function showKeys() {
  for (const each of document.querySelectorAll("[data-keys]")) each.hidden = false;
}

async function send(form, button) {
  const data = new FormData(form);
  data.append(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Part": "answer" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("answer");
  if (!answer.ok || !fresh || page.querySelector(".messages")) {
    location.assign(form.action);
    return;
  }
  region().replaceWith(fresh);
  showKeys();
  document.getElementById("says")?.focus();
}

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!event.target.matches("#answer .stances") || !button?.value) return;
  event.preventDefault();
  if (region().ariaBusy === "true") return;
  region().ariaBusy = "true";
  send(event.target, button).catch(() => location.assign(event.target.action));
});

const KEYS = { a: "1", d: "2", p: "3" };
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !region()?.contains(event.target)) return;
  const key = KEYS[event.key.toLowerCase()] ?? event.key;
  const button = region().querySelector(`.stance[data-key="${CSS.escape(key)}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

showKeys();
