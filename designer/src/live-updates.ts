// <live-updates src="/events">: one connection a page to the server's events. Each event names a topic and may carry a toast:
//   event: change
//   data: {"topic":"tasks","id":"7","toast":{"text":"…","kind":"info","href":"/tasks/7"}}
// It becomes a DOM event on <body>, so that a list says what it cares about and refreshes itself:
//   <div hx-get="/tasks/list" hx-trigger="pm:tasks from:body">
// Events that arrive together are handed on once per topic, and never more often than a page should fetch. After a lost connection every topic that the page asks for
// fires once, because what happened in between is unknown. A page in the background gives its connection back after a
// while: browsers allow only a few to one host, and with many tabs open none would be left for the page in front.
import { toast, type Toast } from "./toasts.ts";

interface Change { topic: string; id?: string; toast?: Toast }

const gatherFor = 150;
/** While much happens, pages refresh in this rhythm: still within two seconds. */
const notOftenerThan = 1_500;
const longestWait = 30_000;
const hiddenFor = 60_000;

class LiveUpdates extends HTMLElement {
  #source: EventSource | null = null;
  #pending = new Map<string, Change>();
  #flushing = 0;
  #flushed = -notOftenerThan;
  #retry = 0;
  #attempts = 0;
  #lost = false;
  #hiding = 0;

  connectedCallback(): void {
    this.#open();
    document.addEventListener("visibilitychange", this.#onVisibility);
    window.addEventListener("pagehide", this.#close);
    window.addEventListener("pageshow", this.#onShow);
    window.addEventListener("online", this.#onShow);
  }

  disconnectedCallback(): void {
    this.#close();
    document.removeEventListener("visibilitychange", this.#onVisibility);
    window.removeEventListener("pagehide", this.#close);
    window.removeEventListener("pageshow", this.#onShow);
    window.removeEventListener("online", this.#onShow);
  }

  readonly #onShow = (): void => {
    if (!this.#source) this.#open();
  };

  readonly #onVisibility = (): void => {
    window.clearTimeout(this.#hiding);
    if (!document.hidden) return this.#onShow();
    this.#hiding = window.setTimeout(() => {
      this.#close();
      this.#lost = true;
    }, hiddenFor);
  };

  readonly #close = (): void => {
    window.clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = null;
  };

  #open(): void {
    this.#close();
    const source = new EventSource(this.getAttribute("src") ?? "/events");
    this.#source = source;
    source.addEventListener("open", () => {
      this.#attempts = 0;
      this.#show(true);
      if (this.#lost) for (const topic of this.#topics()) this.#fire(topic, {});
      this.#lost = false;
    });
    source.addEventListener("change", event => this.#gather(JSON.parse((event as MessageEvent<string>).data) as Change));
    // The browser retries a broken connection by itself, but gives up for good after an answer such as 503.
    source.addEventListener("error", () => {
      this.#lost = true;
      this.#show(false);
      if (source.readyState !== EventSource.CLOSED) return;
      this.#source = null;
      const wait = Math.min(longestWait, 1_000 * 2 ** this.#attempts++) * (0.75 + Math.random() / 2);
      this.#retry = window.setTimeout(() => this.#open(), wait);
    });
  }

  #gather(change: Change): void {
    if (change.toast) toast(change.toast);
    this.#pending.set(change.topic, change);
    if (this.#flushing) return;
    this.#flushing = window.setTimeout(() => {
      this.#flushing = 0;
      this.#flushed = performance.now();
      const changes = [...this.#pending.values()];
      this.#pending.clear();
      for (const each of changes) this.#fire(`pm:${each.topic}`, each);
      if (changes.length > 0) this.#fire("pm:change", {});
    }, Math.max(gatherFor, this.#flushed + notOftenerThan - performance.now()));
  }

  /** The events that elements of the page wait for. */
  #topics(): Set<string> {
    const triggers = [...document.querySelectorAll("[hx-trigger*='pm:']")].map(each => each.getAttribute("hx-trigger") ?? "");
    return new Set(triggers.flatMap(trigger => trigger.match(/pm:[\w-]+/g) ?? []));
  }

  #fire(name: string, detail: object): void {
    document.body.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Says so when the page may be out of date; short drops pass unmentioned. */
  #show(connected: boolean): void {
    document.documentElement.toggleAttribute("data-offline", !connected && this.#attempts > 1);
  }
}

customElements.define("live-updates", LiveUpdates);
