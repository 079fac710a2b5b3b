// Applies the theme before the first paint. The server writes data-theme from the cookie: light, dark or auto;
// only "auto" needs the browser's answer.
const root = document.documentElement;
const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");

function apply(): void {
  const wish = root.dataset.theme ?? "auto";
  root.dataset.bsTheme = wish === "auto" ? (prefersDark.matches ? "dark" : "light") : wish;
}

apply();
prefersDark.addEventListener("change", apply);
new MutationObserver(apply).observe(root, { attributeFilter: ["data-theme"] });
