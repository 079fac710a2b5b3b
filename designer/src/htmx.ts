// htmx, set up for a page without inline script, inline style or eval, with the antiforgery token on every request.
import htmx from "htmx.org/dist/htmx.esm.js";
import { toast } from "./toasts.ts";

export { htmx };

Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // pages are personal: nothing of them stays in the browser's storage
  refreshOnHistoryMiss: true,
  defaultSwapStyle: "outerHTML",
  globalViewTransitions: false,
  timeout: 30_000,
  scrollBehavior: "instant",
  // A refused form comes back as 422 with the form and its messages in it, so it's shown like any answer.
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

/** The token that proves a request comes from our own page; fetch calls of islands send it too. */
export function antiforgeryToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="antiforgery"]')?.content ?? "";
}

type Detail<T> = CustomEvent<T>;

document.addEventListener("htmx:configRequest", event => {
  const { headers, verb } = (event as Detail<{ headers: Record<string, string>; verb: string }>).detail;
  if (verb !== "get") headers["X-Antiforgery"] = antiforgeryToken();
});

document.addEventListener("htmx:responseError", event => {
  const { xhr } = (event as Detail<{ xhr: XMLHttpRequest }>).detail;
  toast({ text: explain(xhr), kind: "danger" });
});

document.addEventListener("htmx:sendError", () =>
  toast({ text: "The server can't be reached. Nothing was saved; try again in a moment.", kind: "danger" }));

document.addEventListener("htmx:timeout", () =>
  toast({ text: "The server took too long to answer. Reload the page to see what was saved.", kind: "danger" }));

/** The words of a problem answer (RFC 9457), or a plain sentence. */
function explain(xhr: XMLHttpRequest): string {
  if ((xhr.getResponseHeader("Content-Type") ?? "").includes("json")) {
    try {
      const problem = JSON.parse(xhr.responseText) as { title?: string; detail?: string; traceId?: string };
      const words = problem.detail ?? problem.title;
      if (words) return problem.traceId && xhr.status >= 500 ? `${words} (trace ${problem.traceId})` : words;
    } catch {
      // not a problem document: the sentences below say what is known
    }
  }
  switch (xhr.status) {
    case 403: return "You aren't allowed to do this.";
    case 404: return "This no longer exists.";
    case 409: return "Someone else changed this in the meantime. Reload to see the current state.";
    case 429: return "Too many requests at once. Wait a moment and try again.";
    default: return `The server answered with an error (${xhr.status}).`;
  }
}
