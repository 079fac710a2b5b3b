// Lists of tasks by keyboard: j and k move, Enter opens (the row's link has the focus), c claims, x ticks, o goes to the
// outcomes of the task that is open. And a task that is open is drawn again when something happened to its project.
document.addEventListener("keydown", event => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing || isTyping(event.target)) return;
  if (document.querySelector("dialog[open], :popover-open")) return;
  if (acts[event.key]?.()) event.preventDefault();
});

const acts: Record<string, (() => boolean) | undefined> = {
  j: () => move(1),
  k: () => move(-1),
  c: () => press(row()?.querySelector("[data-claim]") ?? document.querySelector(".task-detail [data-claim]")),
  x: () => press(row()?.querySelector(".task-tick")),
  o: () => focus(document.querySelector(".task-detail .outcomes button")),
};

function move(by: number): boolean {
  const links = [...document.querySelectorAll<HTMLElement>("[data-row]")].filter(link => link.checkVisibility());
  if (links.length === 0) return false;
  const here = row()?.querySelector<HTMLElement>("[data-row]") ?? document.querySelector<HTMLElement>(".task-row.is-current [data-row]");
  const at = here ? links.indexOf(here) : -1;
  return focus(links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)]);
}

const row = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>(".task-row") ?? null;

function press(element: Element | null | undefined): boolean {
  if (!(element instanceof HTMLElement)) return false;
  element.click();
  return true;
}

function focus(element: HTMLElement | null | undefined): boolean {
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
  return element != null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), select, textarea"));
}

// A list that is drawn again keeps the focus by the link's id; where that task is gone, its neighbour gets it.
let left: { list: string; at: number } | null = null;

document.addEventListener("htmx:beforeSwap", event => {
  const here = row();
  const list = event.target as HTMLElement;
  left = here && list.contains(here) ? { list: list.id, at: [...list.querySelectorAll(".task-row")].indexOf(here) } : left;
});

document.addEventListener("htmx:afterSettle", () => {
  if (!left || (document.activeElement && document.activeElement !== document.body)) return;
  const links = [...document.querySelectorAll<HTMLElement>(`#${CSS.escape(left.list)} [data-row]`)];
  focus(links[Math.min(left.at, links.length - 1)]);
  left = null;
});

/** Marks the row whose task is open beside the list. */
function mark(): void {
  const open = document.querySelector<HTMLElement>("#panel-body .task-detail")?.dataset.task;
  for (const each of document.querySelectorAll<HTMLElement>(".task-row")) each.classList.toggle("is-current", each.dataset.task === open);
}

document.addEventListener("htmx:afterSettle", mark);
document.addEventListener("pm:panel-closed", mark);

/** Live updates name each project that changed: <body> hears "pm:project-7". */
const heard = new Set<string>();

function listen(): void {
  for (const { dataset: { project } } of document.querySelectorAll<HTMLElement>(".task-detail")) {
    if (!project || heard.has(project)) continue;
    heard.add(project);
    document.body.addEventListener(`pm:project-${project}`, () => {
      for (const task of document.querySelectorAll<HTMLElement>(`.task-detail[data-open=true][data-project="${CSS.escape(project)}"]`)) {
        if (!isTouched(task)) task.dispatchEvent(new CustomEvent("pm:redraw"));
      }
    });
  }
}

document.addEventListener("htmx:afterSettle", listen);
listen();

/** Somebody is at work in it: what they typed is worth more than being current. */
function isTouched(task: HTMLElement): boolean {
  return task.contains(document.activeElement) && document.activeElement!.matches("input, select, textarea")
    || task.querySelector("fieldset[data-outcome]:not([disabled])") !== null
    || [...task.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(".task-form :is(input:not([type=hidden], [type=checkbox]), textarea)")].some(field => field.value !== field.defaultValue)
    || [...task.querySelectorAll<HTMLSelectElement>(".task-form select")].some(select => [...select.options].some(option => option.selected !== option.defaultSelected && option.value !== ""));
}

export {};
