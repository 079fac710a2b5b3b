// Menus are popovers (Escape and a click outside close them without script). Added here: they open below their button,
// arrow keys walk through them, choosing closes them. And the theme switch, which shows its effect at once.
document.addEventListener("toggle", event => {
  const menu = event.target as HTMLElement;
  if (!(menu instanceof HTMLElement) || !menu.matches(".menu[popover]")) return;
  const button = document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(menu.id)}"]`);
  const open = (event as ToggleEvent).newState === "open";
  button?.setAttribute("aria-expanded", String(open));
  if (!open || !button) return;
  place(menu, button);
  items(menu)[0]?.focus();
}, true);

function place(menu: HTMLElement, button: HTMLElement): void {
  const anchor = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.min(Math.max(8, anchor.right - width), window.innerWidth - width - 8);
  const below = anchor.bottom + 6;
  const top = below + height > window.innerHeight - 8 && anchor.top - 6 - height > 8 ? anchor.top - 6 - height : below;
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}

function items(menu: Element): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>("a[href], button:not(:disabled)")];
}

document.addEventListener("keydown", event => {
  const menu = (event.target as Element).closest?.(".menu[popover]");
  if (!menu || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  const all = items(menu);
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : (at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length;
  all[next]?.focus();
});

document.addEventListener("click", event => {
  const chosen = (event.target as Element).closest<HTMLElement>(".menu[popover] :is(a, button)");
  const theme = chosen?.dataset.setTheme;
  if (theme) {
    document.documentElement.dataset.theme = theme;
    for (const each of document.querySelectorAll("[data-set-theme]")) each.setAttribute("aria-pressed", String(each === chosen));
  }
  // Hiding at once would cancel the click's own action (a submit, an htmx request).
  if (chosen && !chosen.hasAttribute("data-keep-open")) window.setTimeout(() => chosen.closest<HTMLElement>("[popover]")?.hidePopover());
});
