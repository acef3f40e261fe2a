// What a reader marks in the words fills the next empty box; without this they copy it by hand.

const words = document.querySelector("[data-maskable]");
if (words) {
  let filled = null;
  const boxes = () => [...document.querySelectorAll('input[name^="passage_"]')];

  const take = () => {
    const marked = getSelection();
    const inside = marked.rangeCount && words.contains(marked.getRangeAt(0).commonAncestorContainer);
    const passage = inside ? marked.toString().trim() : "";
    if (!passage) return;
    const labelled = (box) => document.querySelector(`[name="${box.name.replace("passage", "label")}"]`)?.value;
    const box = filled && !labelled(filled) ? filled : boxes().find((one) => !one.value);
    if (!box) return;
    box.value = passage.replace(/\s+/g, " ");
    filled = box;
  };
  document.addEventListener("pointerup", take);
  document.addEventListener("keyup", (event) => event.shiftKey && take());
}
