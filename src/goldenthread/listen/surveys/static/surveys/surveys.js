// Hides questions that an answer on the same page leaves out; without this file their hint says so.
const blocks = [...document.querySelectorAll("[data-only-if]")];

function chosen(name) {
  const shown = (field) => !field.closest("[data-only-if][hidden]");
  const fields = [...document.querySelectorAll(`[name="${name}"]:checked`)];
  return fields.filter(shown).map((field) => field.value);
}

function show() {
  for (const block of blocks) {
    const keys = block.dataset.keys.split(" ");
    block.hidden = !chosen(block.dataset.onlyIf).some((key) => keys.includes(key));
  }
}

if (blocks.length) {
  document.addEventListener("change", show);
  show();
}
