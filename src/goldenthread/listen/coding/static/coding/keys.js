// Digits choose a topic, 0 says none: for those who sort many. The page works without.

const form = document.querySelector("[data-coding]");
if (form) {
  document.querySelector("[data-keys]").hidden = false;
  const boxes = [...form.querySelectorAll('input[type="checkbox"]')];
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = "0123456789".indexOf(event.key);
    if (digit === 0) form.querySelector('[name="none"]').click();
    else if (digit > 0 && boxes[digit - 1]) boxes[digit - 1].click();
    else if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button:not([name])"));
    }
  });
}
