// The field with a condition stays as it is while what it finds is swapped: it says by itself whether the condition could be read.
document.addEventListener("htmx:afterSettle", () => {
  const input = document.querySelector<HTMLInputElement>("[data-condition-input]");
  if (input === null) return;
  if (document.querySelector('[data-condition="wrong"]') === null) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  } else {
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", "where-problem");
  }
});
