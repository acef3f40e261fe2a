// Fills in the code that stands behind the # of the address on a slip or card. What stands there is never
// sent to a server by itself; then it is taken out of the address and of what the browser remembers.
const code = decodeURIComponent(location.hash.slice(1)).slice(0, 40);
const field = document.querySelector('input[name="code"]');

if (code && field) {
  history.replaceState(null, "", location.pathname);
  field.value ||= code;
}
