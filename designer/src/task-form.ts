// The form of a task. An outcome that asks for more first opens its fields where it stands and needs a second click (or
// Enter in a field); one that makes fields of the form necessary marks them, so that the browser says what is missing.
// The checklist is the person's own memory and stays in this browser.
document.addEventListener("click", event => {
  const button = (event.target as Element).closest<HTMLButtonElement>("[data-outcome-button]");
  const form = button?.form;
  if (!button || !form) return;
  const opened = choose(form, button);
  if (!opened) return;
  event.preventDefault();
  const fields = [...opened.querySelectorAll<HTMLInputElement>("input:not([type=hidden]), select, textarea")];
  (fields.find(field => !field.value) ?? fields[0])?.focus();
});

/** Shows what the outcome asks for; gives the part that was opened just now. */
function choose(form: HTMLFormElement, button: HTMLButtonElement): HTMLFieldSetElement | null {
  let opened: HTMLFieldSetElement | null = null;
  for (const part of form.querySelectorAll<HTMLFieldSetElement>("fieldset[data-outcome]")) {
    const chosen = part.dataset.outcome === button.value;
    if (chosen && part.disabled) opened = part;
    part.disabled = part.hidden = !chosen;
  }
  for (const each of form.querySelectorAll<HTMLElement>("[data-outcome-button][data-asks]")) each.setAttribute("aria-pressed", String(each === button));
  const needs = new Set((button.dataset.needs ?? "").split(" "));
  for (const field of form.querySelectorAll<HTMLInputElement>(":scope > .form-grid :is(input, select, textarea)[name]")) {
    field.dataset.always ??= String(field.required);
    field.required = field.dataset.always === "true" || needs.has(field.name);
  }
  return opened;
}

// Enter in an opened part means the outcome that it belongs to, not the first button of the form.
document.addEventListener("keydown", event => {
  const field = event.target as HTMLElement;
  if (event.key !== "Enter" || !(field instanceof HTMLInputElement)) return;
  const form = field.closest<HTMLFormElement>(".task-form");
  if (!form) return;
  const outcome = field.closest<HTMLFieldSetElement>("fieldset[data-outcome]")?.dataset.outcome;
  const buttons = [...form.querySelectorAll<HTMLButtonElement>("[data-outcome-button]")];
  const meant = outcome ? buttons.find(button => button.value === outcome) : buttons.length === 1 ? buttons[0] : undefined;
  event.preventDefault();
  if (meant) form.requestSubmit(meant);
  else buttons[0]?.focus(); // several outcomes: choosing is the person's
});

const key = (list: HTMLElement): string => `pm-checklist-${list.dataset.checklist}`;

function recall(): void {
  for (const list of document.querySelectorAll<HTMLElement>("[data-checklist]")) {
    const ticked = new Set((localStorage.getItem(key(list)) ?? "").split(","));
    for (const box of list.querySelectorAll<HTMLInputElement>("[data-item]")) box.checked = ticked.has(box.dataset.item!);
  }
}

document.addEventListener("change", event => {
  const list = (event.target as Element).closest<HTMLElement>("[data-checklist]");
  if (!list) return;
  const ticked = [...list.querySelectorAll<HTMLInputElement>("[data-item]:checked")].map(box => box.dataset.item);
  if (ticked.length > 0) localStorage.setItem(key(list), ticked.join(","));
  else localStorage.removeItem(key(list));
});

document.addEventListener("htmx:afterSettle", event => {
  recall();
  (event.target as Element).closest?.(".task-detail")?.querySelector<HTMLElement>("[data-problem]")?.focus({ preventScroll: false });
});
recall();

export {};
