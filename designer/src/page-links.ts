// Small helpers of pages:
//  - inside [data-panel-links], links to a page (also those of an SVG, which htmx doesn't know) open its panel form at the side;
//  - a diagram shows the stage that its project is in, also after it was fetched anew;
//  - <button data-copy="#id"> copies the text of an element.
import { htmx } from "./htmx.ts";
import { toast } from "./toasts.ts";

document.addEventListener("click", event => {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest("[data-panel-links] svg a");
  const href = link?.getAttribute("href");
  if (!link || !href) return;
  event.preventDefault();
  void htmx.ajax("get", `${href}/panel`, { target: "#panel-body", swap: "innerHTML" });
});

document.addEventListener("click", event => {
  const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
  if (!button) return;
  const source = document.querySelector<HTMLElement>(button.dataset.copy ?? "");
  const text = source?.matches("ol")
    ? [...source.querySelectorAll("code")].map(line => line.textContent ?? "").join("")
    : source?.textContent ?? "";
  navigator.clipboard.writeText(text).then(
    () => toast({ text: "Copied.", kind: "success" }),
    () => toast({ text: "The browser doesn't allow copying here; select the text instead.", kind: "warning" }),
  );
});

/** Brings the current stage of each diagram into sight; where the reader scrolls afterwards is theirs. */
function showCurrentStage(within: ParentNode): void {
  for (const diagram of within.querySelectorAll<HTMLElement>(".diagram-scroll")) {
    const lane = diagram.querySelector<SVGGElement>(".lane.is-current");
    if (!lane) continue;
    const [outer, inner] = [diagram.getBoundingClientRect(), lane.getBoundingClientRect()];
    if (inner.right > outer.right) diagram.scrollLeft += Math.min(inner.left - outer.left - 24, inner.right - outer.right + 24);
  }
}

showCurrentStage(document);
document.addEventListener("htmx:afterSettle", event => showCurrentStage((event.target as Element).parentElement ?? document));
