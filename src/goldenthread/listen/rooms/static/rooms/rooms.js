// A room works without this. It sends a note with Enter, and says how many minutes are left.

for (const box of document.querySelectorAll("[data-enter-sends]")) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    box.form.requestSubmit();
  });
}

// The time is quiet: no sound, nothing red, a line that changes once a minute.
for (const line of document.querySelectorAll("[data-minutes]")) {
  const key = `time:${line.dataset.of}`;
  const button = line.querySelector("button");
  const said = line.querySelector("[data-said]");
  let timer;
  const tell = () => {
    const begun = Number(sessionStorage.getItem(key));
    if (!begun) return;
    const left = Math.ceil(line.dataset.minutes - (Date.now() - begun) / 60000);
    said.textContent = left > 1 ? line.dataset.left.replace("{}", left) : left === 1 ? line.dataset.one : line.dataset.over;
    button.textContent = line.dataset.again;
    clearInterval(timer);
    timer = setInterval(tell, 5000);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    sessionStorage.setItem(key, Date.now());
    tell();
  });
  tell();
}
