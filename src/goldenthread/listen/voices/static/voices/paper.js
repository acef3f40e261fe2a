// The page works without this. Ctrl and Enter send the form from within the box.
for (const box of document.querySelectorAll("[data-sends]")) {
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) box.form.requestSubmit();
  });
}
