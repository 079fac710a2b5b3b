// Keys that work on every page. A page declares its own on elements: <a data-key="n">, <button data-key="shift+d">;
// the key clicks the element. "g" then a letter goes to a page of the navigation (data-go="t"); "?" lists what there is.
let going = 0;

document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const key = (event.shiftKey && event.key.length === 1 && /[a-z]/i.test(event.key) ? "shift+" : "") + event.key.toLowerCase();

  if (going) {
    window.clearTimeout(going);
    going = 0;
    return press(`[data-go="${CSS.escape(key)}"]`, event);
  }
  if (key === "g") {
    going = window.setTimeout(() => (going = 0), 1_500);
    return;
  }
  if (key === "?") {
    event.preventDefault();
    return showKeys();
  }
  if (key === "/") return press('[data-key="/"], input[type="search"]', event);
  press(`[data-key="${CSS.escape(key)}"]`, event);
});

function press(selector: string, event: KeyboardEvent): void {
  const target = [...document.querySelectorAll<HTMLElement>(selector)].find(each => each.checkVisibility() || each.hasAttribute("data-go"));
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, select, textarea")) target.focus();
  else target.click();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio], [type=button]), select, textarea, [role=textbox]"));
}

function showKeys(): void {
  const keys = new Map<string, string>([["?", "This list"], ["/", "Search"], ["Esc", "Close"]]);
  for (const each of document.querySelectorAll<HTMLElement>("[data-go]")) keys.set(`g ${each.dataset.go}`, `Go to ${label(each)}`);
  for (const each of document.querySelectorAll<HTMLElement>("[data-key]")) if (each.checkVisibility()) keys.set(each.dataset.key!.replace("shift+", "⇧ "), label(each));
  // Keys that a page answers by script of its own: <template data-key-help="j" data-key-label="Next task">.
  for (const each of document.querySelectorAll<HTMLElement>("[data-key-help]")) keys.set(each.dataset.keyHelp!, label(each));
  const dialog = document.createElement("dialog");
  dialog.className = "modal-card";
  dialog.setAttribute("aria-label", "Keyboard shortcuts");
  const list = Object.assign(document.createElement("dl"), { className: "key-list" });
  for (const [key, what] of keys) {
    const term = document.createElement("dt");
    for (const part of key.split(" ")) term.append(Object.assign(document.createElement("kbd"), { textContent: part }), " ");
    list.append(term, Object.assign(document.createElement("dd"), { textContent: what }));
  }
  dialog.append(Object.assign(document.createElement("h2"), { textContent: "Keyboard shortcuts" }), list);
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function label(element: HTMLElement): string {
  return element.dataset.keyLabel ?? element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
}
