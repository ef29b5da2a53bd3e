// Asks the device for a passkey, or to make one, and sends what it answers with the form
// that stands on the page for it.

const form = document.querySelector("form[data-passkey]");
const status = form.querySelector("[role=status]");
const again = form.querySelector("button");
const { passkey, making, unable, failed } = form.dataset;

const ask = async () => {
  again.hidden = true;
  status.textContent = "";
  const { publicKey } = JSON.parse(passkey);
  try {
    const credential = making === "true"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
    form.elements.answer.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch {
    // Whoever closes the device's own window has changed their mind, or the device has none.
    status.textContent = failed;
    again.hidden = false;
    again.focus();
  }
};

if (globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  again.addEventListener("click", ask);
  ask();
} else {
  status.textContent = unable;
}
