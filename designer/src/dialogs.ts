// Modal dialogs. The layout holds one empty <dialog id="dialog">; whatever htmx swaps into it opens it:
//   <button hx-get="/projects/7/close" hx-target="#dialog" hx-swap="innerHTML">Close project…</button>
// The server closes it with HX-Trigger: pm:close-dialog. A button inside with data-close closes it too.
// hx-confirm asks in the same dialog style instead of the browser's box.
const modal = (): HTMLDialogElement | null => document.querySelector<HTMLDialogElement>("#dialog");

document.addEventListener("htmx:afterSwap", event => {
  const dialog = modal();
  if (event.target !== dialog || !dialog) return;
  if (dialog.innerHTML.trim() === "") dialog.close();
  else if (!dialog.open) dialog.showModal();
  dialog.querySelector<HTMLElement>("[autofocus], .is-invalid")?.focus();
});

document.addEventListener("pm:close-dialog", () => modal()?.close());

document.addEventListener("click", event => {
  const target = event.target as Element;
  const dialog = target.closest<HTMLDialogElement>("dialog");
  if (!dialog) return;
  if (target.closest("[data-close]")) dialog.close();
  else if (target === dialog && dialog.id === "dialog" && !isTouched(dialog)) dialog.close(); // a click on the backdrop
});

document.addEventListener("close", event => {
  const dialog = event.target as HTMLDialogElement;
  if (dialog.id === "dialog") dialog.replaceChildren();
}, true);

/** Whether somebody typed something that a stray click outside would lose. */
function isTouched(dialog: HTMLDialogElement): boolean {
  return [...dialog.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input:not([type=hidden]), textarea")].some(field =>
    field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue);
}

interface ConfirmDetail { question?: string; elt: HTMLElement; issueRequest(skipConfirmation: boolean): void }

document.addEventListener("htmx:confirm", event => {
  const { question, elt, issueRequest } = (event as CustomEvent<ConfirmDetail>).detail;
  if (!question) return;
  event.preventDefault();
  void ask(question, elt.dataset.confirmAction ?? "Yes", elt.hasAttribute("data-danger")).then(yes => {
    if (yes) issueRequest(true);
  });
});

/** Asks a yes/no question; the action's button carries its own verb. */
export function ask(question: string, action: string, danger = false): Promise<boolean> {
  const dialog = document.createElement("dialog");
  dialog.className = "modal-card modal-ask";
  dialog.setAttribute("aria-label", question);
  const text = Object.assign(document.createElement("p"), { textContent: question });
  const buttons = Object.assign(document.createElement("form"), { method: "dialog", className: "modal-actions" });
  const cancel = Object.assign(document.createElement("button"), { className: "btn", value: "no", textContent: "Cancel" });
  const yes = Object.assign(document.createElement("button"), { className: danger ? "btn btn-danger" : "btn btn-primary", value: "yes", textContent: action });
  buttons.append(cancel, yes);
  dialog.append(text, buttons);
  document.body.append(dialog);
  dialog.showModal();
  (danger ? cancel : yes).focus();
  return new Promise(answer => dialog.addEventListener("close", () => {
    answer(dialog.returnValue === "yes");
    dialog.remove();
  }));
}
