// <toast-list>: short messages at the edge of the page, read aloud politely. Comes from
//  - the server:  HX-Trigger: {"pm:toast": {"text": "Task completed", "kind": "success", "href": "/tasks/7", "action": "Open"}}
//  - live events: <live-updates>
//  - islands:     toast({ text })
export type ToastKind = "success" | "info" | "warning" | "danger";
export interface Toast { text: string; kind?: ToastKind; href?: string; action?: string }

const icons: Record<ToastKind, string> = { success: "circle-check", info: "info-circle", warning: "alert-triangle", danger: "alert-circle" };
const shownFor = 6_000;

export function toast(message: Toast): void {
  document.querySelector<ToastList>("toast-list")?.add(message);
}

class ToastList extends HTMLElement {
  connectedCallback(): void {
    for (const child of this.querySelectorAll<HTMLElement>(".toast-note")) this.#arm(child);
    document.body.addEventListener("pm:toast", this.#onToast);
  }

  disconnectedCallback(): void {
    document.body.removeEventListener("pm:toast", this.#onToast);
  }

  add({ text, kind = "info", href, action }: Toast): void {
    const note = document.createElement("div");
    note.className = `toast-note toast-${kind}`;
    note.append(icon(icons[kind]), Object.assign(document.createElement("div"), { className: "toast-text", textContent: text }));
    if (href?.startsWith("/")) note.append(Object.assign(document.createElement("a"), { href, className: "toast-action", textContent: action ?? "Open" }));
    const close = Object.assign(document.createElement("button"), { type: "button", className: "toast-close" });
    close.setAttribute("aria-label", "Dismiss");
    close.append(icon("x"));
    note.append(close);
    this.append(note);
    this.#arm(note);
  }

  readonly #onToast = (event: Event): void => this.add((event as CustomEvent<Toast>).detail);

  /** Goes by itself, except errors and while someone points at it or has the focus in it. */
  #arm(note: HTMLElement): void {
    let timer = 0;
    const start = (): void => {
      if (!note.classList.contains("toast-danger")) timer = window.setTimeout(() => note.remove(), shownFor);
    };
    const stop = (): void => window.clearTimeout(timer);
    note.addEventListener("pointerenter", stop);
    note.addEventListener("focusin", stop);
    note.addEventListener("pointerleave", start);
    note.addEventListener("focusout", start);
    note.querySelector(".toast-close")?.addEventListener("click", () => note.remove());
    start();
  }
}

/** An icon of the sprite, drawn like the server's Icon component does. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.querySelector<HTMLMetaElement>('meta[name="icons"]')?.content ?? "/dist/icons.svg"}#${name}`);
  svg.append(use);
  return svg;
}

customElements.define("toast-list", ToastList);
