// <side-panel id="panel">: details beside a list. Opens when htmx swaps something into its body, closes with Escape,
// its close button (data-close-panel) or HX-Trigger: pm:close-panel, and gives the focus back to where it came from.
//   <a href="/tasks/7" hx-get="/tasks/7/panel" hx-target="#panel-body" hx-swap="innerHTML">Call the customer</a>
// It isn't modal: the list behind stays usable. On small screens it covers the page.
class SidePanel extends HTMLElement {
  #cameFrom: Element | null = null;

  connectedCallback(): void {
    this.addEventListener("htmx:afterSwap", this.#onSwap);
    this.addEventListener("click", this.#onClick);
    document.addEventListener("keydown", this.#onKey);
    document.addEventListener("pm:close-panel", this.close);
    this.hidden = this.#isEmpty();
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#onKey);
    document.removeEventListener("pm:close-panel", this.close);
  }

  readonly close = (): void => {
    if (this.hidden) return;
    this.hidden = true;
    this.querySelector("#panel-body")?.replaceChildren();
    if (this.#cameFrom instanceof HTMLElement && this.#cameFrom.isConnected) this.#cameFrom.focus();
    this.dispatchEvent(new CustomEvent("pm:panel-closed", { bubbles: true }));
  };

  readonly #onSwap = (): void => {
    if (this.#isEmpty()) return this.close();
    if (this.hidden) {
      this.#cameFrom = document.activeElement;
      this.hidden = false;
      const heading = this.querySelector<HTMLElement>("h1, h2");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus({ preventScroll: true });
    }
  };

  readonly #onClick = (event: Event): void => {
    if ((event.target as Element).closest("[data-close-panel]")) this.close();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], :popover-open")) this.close();
  };

  #isEmpty(): boolean {
    return (this.querySelector("#panel-body")?.innerHTML.trim() ?? "") === "";
  }
}

customElements.define("side-panel", SidePanel);
