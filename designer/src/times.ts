// <time data-relative datetime="…">: "in 3 hours", kept current. The server writes the same words, so a page without
// script is right when it loads; the exact moment in the reader's zone is the element's title.
const units: [Intl.RelativeTimeFormatUnit, number][] = [["year", 31_557_600], ["month", 2_629_800], ["week", 604_800], ["day", 86_400], ["hour", 3_600], ["minute", 60]];

function words(moment: Date, now: number): string {
  const seconds = Math.round((moment.getTime() - now) / 1000);
  if (Math.abs(seconds) < 60) return "just now";
  const format = new Intl.RelativeTimeFormat("en", { numeric: "always" });
  for (const [unit, size] of units)
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  return "just now";
}

// The reader's clock may be wrong; the server's time at rendering is the reference.
const serverTime = Date.parse(document.querySelector<HTMLMetaElement>('meta[name="now"]')?.content ?? "");
const offset = Number.isNaN(serverTime) ? 0 : serverTime - Date.now();

function refresh(): void {
  for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-relative]")) {
    const text = words(new Date(element.dateTime), Date.now() + offset);
    if (element.textContent !== text) element.textContent = text;
  }
}

window.setInterval(refresh, 30_000);
document.addEventListener("visibilitychange", refresh);
