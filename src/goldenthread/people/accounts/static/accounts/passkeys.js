// Passkeys: the one part of signing in that needs the browser's help. Without it, codes work.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

async function made(options) {
  const given = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: listed(options.excludeCredentials),
    },
  });
  return answer(given, {
    attestationObject: text(given.response.attestationObject),
    transports: given.response.getTransports?.() ?? [],
  });
}

async function used(options) {
  const given = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: listed(options.allowCredentials),
    },
  });
  const { authenticatorData, signature, userHandle } = given.response;
  return answer(given, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
}

function answer(given, response) {
  return {
    id: given.id,
    rawId: text(given.rawId),
    type: given.type,
    authenticatorAttachment: given.authenticatorAttachment,
    clientExtensionResults: given.getClientExtensionResults(),
    response: { clientDataJSON: text(given.response.clientDataJSON), ...response },
  };
}

function on(name, ask) {
  for (const form of document.querySelectorAll(`form[data-${name}]`)) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const wrong = form.querySelector("[data-passkey-error]");
      wrong.hidden = true;
      try {
        form.elements.credential.value = JSON.stringify(await ask(form));
        form.submit();
      } catch {
        wrong.hidden = false;
      }
    });
  }
}

on("passkey-add", (form) => made(JSON.parse(form.dataset.passkeyAdd).publicKey));
on("passkey-use", (form) => used(JSON.parse(form.dataset.passkeyUse).publicKey));
on("passkey-login", async (form) => {
  const given = await fetch(form.dataset.passkeyLogin, { headers: { Accept: "application/json" } });
  return used((await given.json()).request_options.publicKey);
});
