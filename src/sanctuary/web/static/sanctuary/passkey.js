// Asks the device for a passkey and puts its answer into the form. Without this script the password way is there.
const form = document.querySelector("form[data-passkey]");

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

function asked(options) {
  const read = { ...options, challenge: bytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) read.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) read.allowCredentials = known(options.allowCredentials);
  return { publicKey: read };
}

function answered(credential) {
  const { response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const sent = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(sent),
    clientExtensionResults: {},
  });
}

async function ask() {
  const trouble = form.querySelector("[data-trouble]");
  trouble.hidden = true;
  try {
    const options = asked(JSON.parse(form.dataset.options));
    const make = form.dataset.passkey === "make";
    const credential = await (make ? navigator.credentials.create(options) : navigator.credentials.get(options));
    form.elements.credential.value = answered(credential);
    form.submit();
  } catch {
    trouble.hidden = false;
  }
}

if (form) {
  form.querySelector("[data-needs-script]").hidden = false;
  form.addEventListener("submit", (event) => {
    if (form.elements.credential.value === "") {
      event.preventDefault();
      ask();
    }
  });
}
