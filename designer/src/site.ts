// What every page loads: htmx, the small elements that pages use, and the keyboard.
import "./fonts.css";
import "@tabler/core/dist/css/tabler.min.css";
import "./site.css";
import "./htmx.ts";
import "./toasts.ts";
import "./dialogs.ts";
import "./side-panel.ts";
import "./live-updates.ts";
import "./times.ts";
import "./menus.ts";
import "./keyboard.ts";
import "./page-links.ts";
import "./task-form.ts";
import "./task-list.ts";
import "./conditions.ts";
